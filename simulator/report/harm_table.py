"""Who is harmed, as text for a terminal of 100 columns."""

from __future__ import annotations

import math
from textwrap import fill
from typing import TYPE_CHECKING

from simulator.report.definitions import DEFINITIONS
from simulator.report.harm import cell, wrongly_joined
from simulator.report.harm_figures import beside, everyones
from simulator.report.harm_wording import (
    confidence_sentence,
    group_sentences,
    not_above_control,
    signed,
    thousandths,
)
from simulator.report.steps import EVERYONE
from simulator.report.table import WIDTH
from simulator.report.text_rows import text_row
from simulator.report.wording import CAVEAT, counted
from simulator.tables import Rate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from simulator.experiments.harm import Harm

GROUP_WIDTHS = (27, 21, 21, 24, 7)
LIST_WIDTHS = (27, 18, 18, 18, 19)
_CONFIDENCE_WIDTHS = (27, 12, 14, 14, 24)
_CONTROL_WIDTHS = (27, 10, 19, 19, 25)
_GAP_WIDTHS = (28, 14, 14, 14, 14, 14)

_BY_RULE = "The scenario's rule"

HELD_LEGEND = (
    "In 1,000. Times: the group's figure over everyone else's, given from five events on either "
    "side. Fewer than 20 people: withheld."
)
LIST_LEGEND = (
    "In 1,000 residents; left out: in 1,000 of those it is true of. On the list is whoever's file "
    "states the fact, right or not."
)
CONFIDENCE_LEGEND = (
    "In 100: what the accepted links are said to be, what they are, and the difference."
)
CONTROL_LEGEND = (
    "In 100. Linking: records that a file holds without its owner's name on them and that are the "
    "owner's, beside the same records dealt out at random among residents of one ZIP code, sex and "
    "age band. A list: true facts that it has a column for and that stand right in the file, "
    "beside the same without the resident's own records in it. Beyond: (found - control) / "
    "(1 - control)."
)
GAP_LEGEND = (
    "The group's figure less everyone else's, in 1,000, and what takes it away on average: every "
    "list seeing every group alike, every field wrong as often in every group, the truth in the "
    "place of linking. What is left over is owed to none of them, such as ages, households, and "
    "the mistakes of lists compiled from others. The parts add up to the gap. Withheld where it "
    "happened to fewer than five residents."
)
INTERVALS = (
    "Brackets and ranges are 95 % intervals: Wilson's for shares of people, accepted links and the "
    "control of linking, Newcombe's for differences of shares, households drawn anew for the rest."
)
INTERVALS_OVER_TOWNS = (
    "Brackets: where 95 % of the towns lie. Of differences and of the parts of a gap: Student's "
    "95 % interval of their mean over towns."
)


def harm_text(harm: Harm, metrics: Sequence[str]) -> str:
    """Write everything about harm, for a terminal.

    Parameters
    ----------
    harm : Harm
    metrics : sequence of str
        What is compared by group.
    """
    scenario = harm.scenario
    labels = {name: group.label for name, group in scenario.population.groups.items()}
    lists = {name: source.label for name, source in scenario.sources.items()}
    facts = {name: fact.label for name, fact in scenario.sensitive_facts.items()}
    towns = (
        f"seed {harm.seeds[0]}"
        if len(harm.seeds) == 1
        else f"means over {counted(len(harm.seeds), 'town', 'towns')}, seeds {harm.seeds[0]} to "
        f"{harm.seeds[-1]}"
    )
    held = harm.groups.held
    parts = [
        fill(
            f"{scenario.title} · {scenario.population.residents_count:,} residents, all invented · "
            f"{towns} · scenario {harm.scenario_hash}",
            WIDTH,
        ),
        "",
        *(fill(sentence, WIDTH) for sentence in group_sentences(held, labels)),
        fill(wrongly_joined(everyones(held)), WIDTH),
        "",
        "Held: what is wrong in the files",
        groups_table(held, metrics, labels),
        fill(HELD_LEGEND, WIDTH),
        "",
        "Acted on: a watch list of everyone on file with one sensitive fact",
        lists_table(harm.groups.acted_on, facts | {"triage": _BY_RULE}),
        fill(LIST_LEGEND, WIDTH),
        "",
        "Overconfidence: are accepted links as right as they are said to be?",
        confidence_table(harm.overconfidence, labels),
        fill(CONFIDENCE_LEGEND, WIDTH),
        "",
        "Control: what is learnt beyond what could have been known or guessed anyway",
        control_table(harm.control, lists),
        fill(CONTROL_LEGEND, WIDTH),
    ]
    if harm.gap is not None:
        parts += ["", "Gap: where a group's difference comes from", gap_table(harm.gap, labels)]
        parts.append(fill(GAP_LEGEND, WIDTH))
    intervals = INTERVALS if len(harm.seeds) == 1 else INTERVALS_OVER_TOWNS
    return "\n".join([*parts, "", fill(intervals, WIDTH), CAVEAT])


def groups_table(held: pd.DataFrame, metrics: Sequence[str], labels: Mapping[str, str]) -> str:
    """Write each figure of everyone, and of each group beside everyone else."""
    lines = [text_row(["", "the group", "everyone else", "difference", "times"], GROUP_WIDTHS)]
    for metric in metrics:
        figures = beside(held, metric)
        lines.append(text_row(
            [DEFINITIONS[metric].heading, figure_cell(figures[EVERYONE].own)], GROUP_WIDTHS
        ))  # fmt: skip
        for group, label in labels.items():
            figure = figures.get(group)
            if figure is not None:
                ratio = "–" if math.isnan(figure.ratio) else f"{figure.ratio:.1f}"
                cells = (figure_cell(figure.own), figure_cell(figure.rest))
                apart = signed_cell(figure.difference)
                lines.append(text_row([f"  {label}", *cells, apart, ratio], GROUP_WIDTHS))
    return "\n".join(lines)


def lists_table(acted_on: Mapping[str, pd.DataFrame], labels: Mapping[str, str]) -> str:
    """Write whom each watch list and the scenario's rule pick out, over everyone."""
    headings = ["", "on it", "wrongly", "for somebody else's fact", "left out"]
    lines = [text_row(headings, LIST_WIDTHS)]
    for by, figures in acted_on.items():
        found = everyones(figures)
        cells = [
            figure_cell(found[metric]) if metric in found else "–"
            for metric in (
                "flagged_share" if "flagged_share" in found else "listed_share",
                "wrongly_listed_share",
                "flagged_for_another_share"
                if "flagged_share" in found
                else "listed_for_another_share",
                "unlisted_of_true_share",
            )
        ]
        lines.append(text_row([labels[by], *cells], LIST_WIDTHS))
    return "\n".join(lines)


def confidence_table(overconfidence: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Write stated probability, precision and their difference, for everyone and each group."""
    over = _counted_over(overconfidence, "links")
    lines = [text_row(["", over, "stated", "right", "too sure by"], _CONFIDENCE_WIDTHS)]
    everyone = None
    for group, label in ({EVERYONE: "Everyone"} | dict(labels)).items():
        rates = rates_of(overconfidence.loc[(overconfidence["group"] == group).to_numpy()])
        if not rates:
            continue
        stated, right, apart = rates.values()
        everyone = everyone or apart
        cells = [_hundredths(stated.value), _hundredths(right.value), signed_cell(apart, 100)]
        lines.append(text_row([label, f"{stated.n:,}", *cells], _CONFIDENCE_WIDTHS))
    if everyone is not None:
        lines.append(confidence_sentence(everyone))
    return "\n".join(lines)


def control_table(control: pd.DataFrame, lists: Mapping[str, str]) -> str:
    """Write found, control and what is beyond it, and call out what is not above its control."""
    over = _counted_over(control, "tries")
    lines = [text_row(["", over, "found", "control", "beyond"], _CONTROL_WIDTHS)]
    said = []
    for source, rows in control.groupby("source", sort=False):
        name = lists[str(source)] if source else "Linking"
        found, guessed, beyond = rates_of(rows).values()
        cells = [figure_cell(found, 100), figure_cell(guessed, 100), signed_cell(beyond, 100)]
        lines.append(text_row([name, f"{found.n:,}", *cells], _CONTROL_WIDTHS))
        said.append(not_above_control(name, beyond))
    return "\n".join([*lines, *filter(None, said)])


def gap_table(gap: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Write each group's gap and its parts."""
    headings = ["", "gap", "coverage", "field errors", "linking", "left over"]
    lines = [text_row(headings, _GAP_WIDTHS)]
    for metric, rows in gap.groupby("metric", sort=False):
        lines.append(DEFINITIONS[str(metric)].heading)
        for group, label in labels.items():
            parts = rates_of(rows.loc[(rows["group"] == group).to_numpy()], key="part")
            if parts:
                cells = [signed_cell(rate).partition(" ") for rate in parts.values()]
                values, ranges = ([cell[at].strip("()") for cell in cells] for at in (0, 2))
                lines.append(text_row([f"  {label}", *values], _GAP_WIDTHS))
                if any(ranges):
                    lines.append(text_row(["", *ranges], _GAP_WIDTHS))
    return "\n".join(lines)


def _counted_over(figures: pd.DataFrame, one_town: str) -> str:
    """Say what n counts."""
    return "towns" if (figures["interval"] == "replicates").any() else one_town


def rates_of(rows: pd.DataFrame, key: str = "metric") -> dict[str, Rate]:
    """Return `key` -> figure, in the order of the rows."""
    names = (key, "value", "low", "high", "n", "interval")
    return {
        str(name): Rate(float(value), float(low), float(high), int(n), interval)
        for name, value, low, high, n, interval in zip(
            *(rows[column] for column in names), strict=True
        )
    }


def figure_cell(rate: Rate, base: int = 1000) -> str:
    """Write a figure with its interval, in 1,000 or in 100.

    >>> figure_cell(Rate(0.0033, 0.0011, 0.0097, 908, "wilson"))
    '3.3 (1.1–9.7)'
    >>> figure_cell(Rate(0.725, 0.718, 0.733, 908, "wilson"), 100)
    '72.5 (71.8–73.3)'
    """
    if math.isnan(rate.value):
        return "withheld" if rate.n else "–"
    if rate.interval == "replicates" and rate.n < 2:
        return thousandths(rate.value) if base == 1000 else _hundredths(rate.value)
    if base == 1000:
        return cell({"rate": rate}, "rate")[0]
    return f"{_hundredths(rate.value)} ({_hundredths(rate.low)}–{_hundredths(rate.high)})"


def signed_cell(rate: Rate, base: int = 1000) -> str:
    """Write a difference with its sign and its interval, in 1,000 or in 100.

    >>> signed_cell(Rate(0.0143, -0.0041, 0.0211, 5000, "newcombe"))
    '+14 (-4.1 to +21)'
    >>> signed_cell(Rate(0.004, 0.0031, 0.0049, 5000, "newcombe"), 100)
    '+0.4 (+0.3 to +0.5)'
    """
    if math.isnan(rate.value):
        return "withheld" if rate.n else "–"
    say = signed if base == 1000 else _signed_hundredths
    value, low, high = (say(end) for end in (rate.value, rate.low, rate.high))
    if math.isnan(rate.low) or (rate.interval == "replicates" and rate.n < 2):
        return value
    return f"{value} ({low} to {high})"


def _signed_hundredths(share: float) -> str:
    said = _hundredths(share)
    return said if said[:1] in "-–" or not said.strip("0.") else f"+{said}"


def _hundredths(share: float) -> str:
    """Write a share in 100 with one decimal.

    >>> _hundredths(0.5), _hundredths(-0.0001), _hundredths(float("nan"))
    ('50.0', '0.0', '–')
    """
    if math.isnan(share):
        return "–"
    said = f"{100 * share:.1f}"
    return "0.0" if said == "-0.0" else said
