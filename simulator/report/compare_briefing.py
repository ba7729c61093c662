"""The briefing of a comparison: one or two printed pages, for someone who was not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.compare_charts import (
    effects_chart,
    effects_in_words,
    growth_comparison_chart,
    growth_in_words,
)
from simulator.report.compare_figures import MEANINGS
from simulator.report.compare_table import EFFECT, RANKING, effect_rows, group_rows, ranking_rows
from simulator.report.compare_wording import findings, heading, how_sure
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
    only = next(iter(comparison.policies)) if len(comparison.policies) == 1 else None
    growth = None
    if only is not None:
        growth = picture(growth_comparison_chart(comparison), growth_in_words(comparison))
    return filled(
        "compare.html.j2",
        comparison=comparison,
        labels=list(comparison.labels.values()),
        heading=heading(comparison),
        findings=findings(comparison),
        how_sure=how_sure(comparison),
        caveat=CAVEAT,
        effects=picture(effects_chart(comparison), effects_in_words(comparison)),
        growth=growth,
        headings=list(RANKING if only is None else EFFECT)[1:],
        first_heading="Policy" if only is None else "In 100",
        rows=ranking_rows(comparison) if only is None else effect_rows(comparison, only),
        groups=[] if only is None else group_rows(comparison, only),
        meanings=MEANINGS,
        abouts=[policy.about.strip() for policy in comparison.policies.values()],
        command=command,
        scenario_hash=scenario_hash,
    )
