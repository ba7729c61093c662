"""The files of a comparison: the same comparison writes the same bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulator.report import render
from simulator.report.compare_briefing import comparison_html
from simulator.report.compare_figures import only_design
from simulator.report.compare_wording import findings, how_sure
from simulator.report.effects_chart import effects_chart
from simulator.report.exports import csv_text
from simulator.report.folders import replaced_folder
from simulator.report.growth_comparison_chart import growth_comparison_chart
from simulator.report.wording import CAVEAT

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from simulator.tables import Comparison


def comparison_header(
    comparison: Comparison, *, command: str, scenario_hash: str
) -> dict[str, Any]:
    """Return what a reader needs to judge and to repeat a comparison, ready for JSON."""
    return {
        "title": comparison.base.title,
        "synthetic": True,
        "caveat": CAVEAT,
        "policies": comparison.labels,
        "abouts": comparison.abouts,
        "overlaid": comparison.overlaid,
        "residents": comparison.base.population.residents_count,
        "seeds": list(comparison.seeds),
        "scenario_hash": scenario_hash,
        "version": comparison.version,
        "command": command,
        "findings": findings(comparison),
        "certainty": how_sure(comparison),
    }


def comparison_json(comparison: Comparison, *, command: str, scenario_hash: str) -> str:
    """Return the header and every table, as JSON; figures that are not defined are null."""
    header = comparison_header(comparison, command=command, scenario_hash=scenario_hash)
    tables = {
        "ranking": _rows(comparison.ranking),
        "removed": _rows(comparison.removed),
        "effects": _rows(comparison.effects),
        "growth": _rows(comparison.growth),
        "growth_change": _rows(comparison.growth_change),
    }
    return json.dumps(header | tables, ensure_ascii=False, indent=1)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=15))
    return rows


def write_comparison(
    comparison: Comparison, folder: Path, *, command: str, scenario_hash: str, force: bool
) -> None:
    """Write a comparison's files into `folder`, all of them or none.

    briefing.html, comparison.json, effects.csv, ranking.csv, growth.csv, changes.svg, changes.png,
    of a single policy growth.svg and growth.png, and manifest.json.

    Raises
    ------
    simulator.report.folders.FolderRefused
        If the folder holds anything that is not ours.
    """
    pictures = {"changes": effects_chart(comparison)}
    if only_design(comparison):
        pictures["growth"] = growth_comparison_chart(comparison)
    drawn = {name: render.svg(spec) for name, spec in pictures.items()}
    with replaced_folder(folder, version=comparison.version, force=force) as fresh:
        texts = {
            "briefing.html": comparison_html(
                comparison, command=command, scenario_hash=scenario_hash
            ),
            "comparison.json": comparison_json(
                comparison, command=command, scenario_hash=scenario_hash
            )
            + "\n",
            "effects.csv": csv_text(comparison.effects),
            "ranking.csv": csv_text(comparison.ranking),
            "growth.csv": csv_text(comparison.growth),
            **{f"{name}.svg": svg + "\n" for name, svg in drawn.items()},
        }
        for name, text in texts.items():
            (fresh / name).write_text(text, encoding="utf-8", newline="\n")
        for name, svg in drawn.items():
            (fresh / f"{name}.png").write_bytes(render.png_of(svg))
