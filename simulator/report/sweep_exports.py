"""The files of a sweep: the same sweep writes the same bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulator.report import render
from simulator.report.exports import SCENARIO_FILE, csv_text
from simulator.report.folders import replaced_folder
from simulator.report.sweep_chart import sweep_chart
from simulator.report.sweep_wording import findings, how_sure
from simulator.report.wording import CAVEAT

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.experiments.sweep import Sweep


def sweep_json(found: Sweep, *, command: str, scenario_hash: str) -> str:
    """Return what was run, its limits, the findings and every figure, as JSON; NaN is null.

    `command` repeats the sweep; `scenario_hash` is the base's.
    """
    rows: list[dict[str, Any]] = json.loads(
        found.figures.to_json(orient="records", double_precision=15)
    )
    header = {
        "title": found.base.title,
        "synthetic": True,
        "caveat": CAVEAT,
        "settings": {swept.path: list(swept.values) for swept in found.settings},
        "residents": found.base.population.residents_count,
        "seeds": list(found.seeds),
        "scenario_hash": scenario_hash,
        "version": found.version,
        "command": command,
        "findings": findings(found),
        "certainty": how_sure(found),
        "figures": rows,
    }
    return json.dumps(header, ensure_ascii=False, indent=1)


def write_sweep(
    found: Sweep, folder: Path, *, command: str, scenario_hash: str, force: bool
) -> None:
    """Write a sweep's files into `folder`, all of them or none.

    sweep.csv, sweep.json, sweep.svg, sweep.png, scenario.json (the base) and manifest.json.

    Raises
    ------
    simulator.report.folders.FolderRefused
        If the folder holds anything that is not ours.
    """
    picture = render.svg(sweep_chart(found))
    texts = {
        "sweep.csv": csv_text(found.figures),
        "sweep.json": sweep_json(found, command=command, scenario_hash=scenario_hash) + "\n",
        "sweep.svg": picture + "\n",
        SCENARIO_FILE: found.base.model_dump_json(indent=1) + "\n",
    }
    with replaced_folder(folder, version=found.version, force=force) as fresh:
        for name, text in texts.items():
            (fresh / name).write_text(text, encoding="utf-8", newline="\n")
        (fresh / "sweep.png").write_bytes(render.png_of(picture))
