"""The briefing of a comparison: one or two printed pages, for someone who was not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.compare_designs import designs_in_words, heading
from simulator.report.compare_figures import meanings, only_design
from simulator.report.compare_table import (
    RANKING,
    effect_headings,
    effect_rows,
    group_rows,
    ranking_rows,
)
from simulator.report.compare_wording import findings, how_sure
from simulator.report.effects_chart import effects_chart, effects_in_words
from simulator.report.growth_comparison_chart import growth_comparison_chart, growth_in_words
from simulator.report.page import filled, picture
from simulator.report.wording import CAVEAT

if TYPE_CHECKING:
    from simulator.tables import Comparison


def comparison_html(comparison: Comparison, *, command: str, scenario_hash: str) -> str:
    """Return the briefing as one HTML file that asks for nothing else.

    Parameters
    ----------
    comparison : Comparison
    command : str
        What to type to get the same page again.
    scenario_hash : str
        Of the base.
    """
    only = only_design(comparison)
    growth = None
    full = effect_headings(comparison)
    if only is not None:
        growth = picture(growth_comparison_chart(comparison), growth_in_words(comparison))
    return filled(
        "compare.html.j2",
        comparison=comparison,
        title=_title(comparison),
        heading=heading(comparison),
        findings=findings(comparison),
        how_sure=how_sure(comparison),
        caveat=CAVEAT,
        effects=picture(effects_chart(comparison), effects_in_words(comparison)),
        growth=growth,
        is_alone=only is not None,
        designs=designs_in_words(comparison),
        headings=(RANKING if only is None else full)[1:],
        group_headings=[*full[1:4], "worse off"],
        first_heading="Policy" if only is None else "In 100",
        rows=ranking_rows(comparison) if only is None else effect_rows(comparison, only),
        groups=[] if only is None else group_rows(comparison, only),
        meanings=meanings(comparison),
        command=command,
        scenario_hash=scenario_hash,
    )


def _title(comparison: Comparison) -> str:
    """Name the page: for the town and its policies, or for both scenarios."""
    only, base = only_design(comparison), comparison.base.title
    if only is None:
        return f"{base}: policies compared"
    beside = ": " if comparison.overlaid else " and "
    return f"{base}{beside}{comparison.labels[only]}"
