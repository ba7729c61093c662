"""The files of a run: the same run writes the same bytes."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from simulator.report import render
from simulator.report.certainty_wording import assumed_sentence
from simulator.report.effort_wording import effort_sentences
from simulator.report.folders import replaced_folder
from simulator.report.growth_chart import growth_chart
from simulator.report.steps import Step, growth_steps, obtains_whole_lists, source_labels
from simulator.report.table import finding
from simulator.report.wording import CAVEAT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from simulator.report.style import Spec
    from simulator.tables import Result

SCENARIO_FILE = "scenario.json"

_HEADLINES = (
    "named_share",
    "reidentified_share",
    "reidentified_of_nameless_share",
    "exposure_share",
    "unjoined_share",
    "wrongful_share",
    "linkage_precision",
    "linkage_recall",
)


def csv_text(frame: pd.DataFrame, *, index: bool = False) -> str:
    """Return a table as CSV text with a header; missing cells are empty, one line feed a line."""
    return frame.to_csv(index=index, lineterminator="\n")


def growth_picture(result: Result, steps: Sequence[Step] | None = None) -> Spec:
    """Return the growth chart of a result, with its wording."""
    steps = growth_steps(result.exposure, source_labels(result)) if steps is None else steps
    residents = result.scenario.population.residents_count
    return growth_chart(
        steps,
        title=f"{result.scenario.title}: what joining lists gives away",
        subtitle=f"Synthetic: {residents:,} invented residents, seed {result.seed}. "
        "Bars through the points: 95 % intervals.",
        axis_title="residents in 100, or facts in 100",
    )


def result_header(result: Result, command: str | None = None) -> dict[str, Any]:
    """Return what a reader needs to judge and to repeat a run, ready for JSON.

    Parameters
    ----------
    result : Result
    command : str, optional
        The command that repeats it; by default the one that reads the exported scenario.
    """
    steps = growth_steps(result.exposure, source_labels(result))
    records = result.collected.records
    return {
        "title": result.scenario.title,
        "synthetic": True,
        "caveat": CAVEAT,
        "seed": result.seed,
        "scenario_hash": result.scenario_hash,
        "version": result.version,
        "command": command or f"mosaic run {SCENARIO_FILE}",
        "counts": {
            "residents": result.scenario.population.residents_count,
            "records": {name: len(frame) for name, frame in records.items()},
            "candidate_pairs": len(result.links),
            "clusters": int(result.membership.nunique()),
        },
        "finding": list(finding(steps, whole_lists=obtains_whole_lists(result.scenario))),
        "effort": list(effort_sentences(result)),
        "assumed": assumed_sentence(result),
        "headline": {
            metric: rate_fields(steps[-1], metric)
            for metric in _HEADLINES
            if metric in steps[-1].rates
        },
    }


def rate_fields(step: Step, metric: str) -> dict[str, Any]:
    """Return one figure of a step, ready for JSON: NaN becomes null."""
    rate = step.rates[metric]
    return {
        "value": _number(rate.value),
        "low": _number(rate.low),
        "high": _number(rate.high),
        "n": rate.n,
        "interval": rate.interval,
    }


def exposure_rows(result: Result) -> list[dict[str, Any]]:
    """Return the exposure table as rows, ready for JSON: NaN becomes null."""
    rows: list[dict[str, Any]] = json.loads(
        result.exposure.to_json(orient="records", double_precision=15)
    )
    return rows


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def write_result(
    result: Result,
    folder: Path,
    *,
    force: bool = False,
    command: str | None = None,
    pages: Mapping[str, str] | None = None,
) -> None:
    """Write a run's files into `folder`, all of them or none.

    exposure.csv, people.csv, effort.csv, links.parquet, result.json, scenario.json, growth.svg,
    growth.png and manifest.json; audit.csv where there was an audit.

    Parameters
    ----------
    result : Result
    folder : Path
        Replaced if an earlier run wrote it; created if need be.
    force : bool
        Replace it whatever it holds.
    command : str, optional
        The command that repeats the run inside the folder, where the plain one would not.
    pages : mapping, optional
        File name -> text of what is to stand beside them.

    Raises
    ------
    simulator.report.folders.FolderRefused
        If the folder holds anything that is not ours.
    """
    picture = render.svg(growth_picture(result))
    with replaced_folder(folder, version=result.version, force=force) as fresh:
        texts = {
            "exposure.csv": csv_text(result.exposure),
            "people.csv": csv_text(result.people, index=True),
            "effort.csv": csv_text(result.effort),
            "result.json": json.dumps(result_header(result, command), ensure_ascii=False, indent=1)
            + "\n",
            SCENARIO_FILE: result.scenario.model_dump_json(indent=1) + "\n",
            "growth.svg": picture + "\n",
            **(pages or {}),
        }
        if result.audit is not None:
            texts["audit.csv"] = csv_text(result.audit, index=True)
        for name, text in texts.items():
            (fresh / name).write_text(text, encoding="utf-8", newline="\n")
        (fresh / "growth.png").write_bytes(render.png_of(picture))
        result.links.to_parquet(fresh / "links.parquet", index=False)
