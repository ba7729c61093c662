"""The files of an attribution: the same attribution writes the same bytes."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from simulator.report import render
from simulator.report.attribution_chart import attribution_picture
from simulator.report.attribution_wording import (
    certainty_sentence,
    closing_sentence,
    owed_sentence,
    removal_sentence,
    together_sentence,
)
from simulator.report.exports import csv_text
from simulator.report.folders import replaced_folder
from simulator.report.wording import CAVEAT

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from simulator.experiments.attribution_tables import Attribution

TABLES = ("attribution", "interactions", "removals", "closing_order", "orders")


def attribution_json(found: Attribution) -> str:
    """Return what was run and every table, as JSON; figures that are not defined are null."""
    said = (owed_sentence, removal_sentence, closing_sentence, together_sentence)
    header = {
        "title": found.scenario.title,
        "synthetic": True,
        "caveat": CAVEAT,
        "residents": found.scenario.population.residents_count,
        "seed": found.seed,
        "scenario_hash": found.scenario_hash,
        "version": found.version,
        "permutations": found.permutations_count,
        "subsets": found.subsets_count,
        "standard_error": found.standard_error,
        "findings": [sentence(found) for sentence in said if sentence(found)],
        "certainty": certainty_sentence(found),
        "lists": [asdict(player) for player in found.players],
        "facts_known": asdict(found.whole),
    }
    tables = {name: _rows(getattr(found, name)) for name in TABLES}
    return json.dumps(header | tables, ensure_ascii=False, indent=1)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=15))
    return rows


def write_attribution(
    found: Attribution, holdings: pd.DataFrame, folder: Path, *, force: bool
) -> None:
    """Write an attribution's files into `folder`, all of them or none.

    attribution.json, a CSV file per table of it, holdings.csv, by_person.csv where the shares are
    exact, who_knows_what.svg, who_knows_what.png and manifest.json.

    Parameters
    ----------
    found : Attribution
    holdings : DataFrame
        From `simulator.experiments.holdings.who_holds_what`.
    folder : Path
    force : bool
        Replace the folder whatever it holds.

    Raises
    ------
    simulator.report.folders.FolderRefused
        If the folder holds anything that is not ours.
    """
    picture = render.svg(attribution_picture(found, holdings))
    texts = {f"{name}.csv": csv_text(getattr(found, name)) for name in TABLES}
    texts["attribution.json"] = attribution_json(found) + "\n"
    texts["holdings.csv"] = csv_text(holdings)
    texts["who_knows_what.svg"] = picture + "\n"
    if not found.permutations_count:
        texts["by_person.csv"] = csv_text(found.by_person, index=True)
    with replaced_folder(folder, version=found.version, force=force) as fresh:
        for name, text in texts.items():
            (fresh / name).write_text(text, encoding="utf-8", newline="\n")
        (fresh / "who_knows_what.png").write_bytes(render.png_of(picture))
