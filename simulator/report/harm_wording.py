"""Who is harmed, in words: a figure of everyone, of one group beside it, and what chance explains.

A difference is claimed only where its 95 % interval leaves 0 out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulator.report.harm import FEWEST_TOWNS
from simulator.report.harm_figures import Beside, beside
from simulator.report.steps import EVERYONE
from simulator.report.wording import counted, in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from simulator.tables import Rate

WRONGFUL = "wrongful_share"

GLOSSARY: Mapping[str, str] = {
    "Somebody else's fact": "Residents whose file states something untrue of them that is another "
    "person's, joined wrongly or mixed up in a list already, of all residents.",
    "Records missed": "The part of a resident's records left out of their file; mean over "
    "residents with at least two records. Events in a life are not counted.",
    "Held, acted on": "A wrong fact in a file is held. It is acted on once somebody is picked out "
    "because of it: by a watch list, or by a rule that ranks people, where the scenario has one.",
    "Watch list": "Every resident whose file states the chosen sensitive fact, right or not. "
    "Wrongly on it: the file states a value that is not true of them. Left out: it is true of "
    "them, and no file says so.",
    "Everyone else": "All residents who are not in the group. Groups are compared with them, not "
    "with a total that contains the group itself.",
    "Interval": "Thin lines: 95 % intervals, Wilson's for shares of people, for means over "
    "households drawn anew. The difference has an interval of its own (Newcombe's): only where it "
    "leaves 0 out is a difference claimed. It takes residents to be independent, which those of "
    "one household are not quite; and of several groups one may stand out by luck.",
    "Withheld": "Nothing is said about fewer than 20 people, and no ratio is given under five "
    "events on either side.",
}


def one_in(share: float) -> str:
    """Say a share as one in so many, where that is fine enough.

    >>> one_in(0.0106), one_in(0.15), one_in(0.0), one_in(1.0)
    ('1 in 94', '15 in 100', 'none', '100 in 100')
    >>> one_in(0.00002), one_in(float("nan"))
    ('1 in 50,000', 'not defined')
    """
    if share == 0:
        return "none"
    return f"1 in {round(1 / share):,}" if share <= 0.1 else in_hundred(share)


def harm_sentence(held: pd.DataFrame, group: str, label: str) -> str:
    """Say how many have somebody else's fact in their file, and how it is in one group.

    Parameters
    ----------
    held : DataFrame
        As of `simulator.report.harm_figures.beside`.
    group, label : str
        The group, and its name as shown.
    """
    figures = beside(held, WRONGFUL)
    return f"{_everyone(figures[EVERYONE].own)}; {group_clause(figures[group], label)}."


def group_sentences(held: pd.DataFrame, labels: Mapping[str, str]) -> list[str]:
    """Say how many have somebody else's fact in their file, and where groups differ in it.

    Parameters
    ----------
    held : DataFrame
    labels : mapping
        Group -> its name as shown.
    """
    figures = beside(held, WRONGFUL)
    said = [f"{_everyone(figures[EVERYONE].own)}."]
    groups = {group: figures[group] for group in labels if group in figures}
    apart = [group for group, figure in groups.items() if figure.is_apart]
    for group in apart:
        clause = group_clause(groups[group], labels[group])
        said.append(f"{clause[:1].upper()}{clause[1:]}. {difference_sentence(groups[group])}")
    known = [figure for figure in groups.values() if not figure.is_withheld]
    compared = sum(figure.is_comparable for figure in known)
    if not known:
        said.append("No group can be compared with everyone else: fewer than 20 people on a side.")
    elif not compared:
        said.append(f"The groups are not compared: that needs {FEWEST_TOWNS} towns or more.")
    elif not apart:
        among = f"any of the {compared} groups" if compared > 1 else "the one group"
        said.append(f"The difference between {among} compared and everyone else may be chance.")
    elif compared > 1:
        said.append(
            f"That is {len(apart)} of {compared} groups compared; with so many, one may stand out "
            "by luck."
        )
    return said


def _everyone(rate: Rate) -> str:
    """Say a share of all residents.

    >>> from simulator.tables import Rate
    >>> _everyone(Rate(0.0106, 0.008, 0.014, 5000, "wilson"))
    "1 in 94 residents has somebody else's fact in their file"
    >>> _everyone(Rate(0.0, 0.0, 0.001, 5000, "wilson"))
    "No resident has somebody else's fact in their file"
    """
    if math.isnan(rate.value):
        return "Too few residents to say how many have somebody else's fact in their file"
    if rate.value == 0:
        return "No resident has somebody else's fact in their file"
    verb = "has" if rate.value <= 0.1 else "have"
    return f"{one_in(rate.value)} residents {verb} somebody else's fact in their file"


def group_clause(figure: Beside, label: str) -> str:
    """Say one group's figure, and whether chance explains how it differs from everyone else's.

    Examples
    --------
    >>> from simulator.tables import Rate
    >>> own, rest = Rate(1 / 11, 0.06, 0.12, 200, "wilson"), Rate(1 / 15, 0.05, 0.09, 800, "wilson")
    >>> near = Rate(0.02, -0.01, 0.06, 1000, "newcombe")
    >>> group_clause(Beside(own, rest, near, 1.36, 18), "Hispanic")
    'in the group Hispanic 1 in 11 (the difference may be chance)'
    >>> far = Rate(0.02, 0.01, 0.06, 1000, "newcombe")
    >>> group_clause(Beside(own, rest, far, 1.36, 18), "Hispanic")
    'in the group Hispanic 1 in 11 (everyone else: 1 in 15)'
    """
    if figure.is_withheld:
        return f"in the group {label} too few people live here to say"
    beside_it = (
        f"everyone else: {one_in(figure.rest.value)}"
        if figure.is_apart
        else "the difference may be chance"
    )
    return f"in the group {label} {one_in(figure.own.value)} ({beside_it})"


def difference_sentence(figure: Beside) -> str:
    """Say the difference to everyone else with its interval.

    >>> from simulator.tables import Rate
    >>> own, rest = Rate(0.021, 0.014, 0.03, 969, "wilson"), Rate(0.008, 0.005, 0.011, 4, "wilson")
    >>> difference_sentence(Beside(own, rest, Rate(0.013, 0.0056, 0.023, 973, "newcombe"), 2.7, 20))
    'The difference to everyone else is +13 in 1,000, with the 95 % interval +5.6 to +23.'
    """
    apart = figure.difference
    if figure.is_withheld:
        return "Nothing is said about fewer than 20 people."
    said = f"The difference to everyone else is {signed(apart.value)} in 1,000"
    if math.isnan(apart.low):
        return f"{said}."
    return f"{said}, with the 95 % interval {signed(apart.low)} to {signed(apart.high)}."


def signed(share: float) -> str:
    """Write a difference in 1,000 with its sign.

    >>> signed(0.0130), signed(-0.0041), signed(0.0)
    ('+13', '-4.1', '0.0')
    """
    said = thousandths(share)
    return said if said[:1] == "-" or not said.strip("0.") else f"+{said}"


def thousandths(share: float) -> str:
    """Write a share in 1,000, with a decimal where it is small.

    >>> thousandths(0.0042), thousandths(0.00001), thousandths(0.0213), thousandths(-0.0042)
    ('4.2', '0.0', '21', '-4.2')
    """
    said = f"{1000 * share:.1f}" if abs(share) < 0.00995 else f"{1000 * share:.0f}"
    return said.replace("-0.0", "0.0") if float(said) == 0 else said


def list_sentence(listed: pd.DataFrame, label: str) -> str:
    """Say whom a watch list holds, whom wrongly, and whom it leaves out.

    Parameters
    ----------
    listed : DataFrame
        As of `simulator.report.harm_figures.beside`.
    label : str
        The sensitive fact as shown.
    """
    everyone = {
        metric: beside(listed, metric)[EVERYONE]
        for metric in (
            "listed_share",
            "wrongly_listed_share",
            "listed_for_another_share",
            "unlisted_of_true_share",
        )
    }
    on, wrong, another, left_out = everyone.values()
    if on.own.interval == "replicates":
        return (
            f"A watch list of everyone on file with “{label}” holds {one_in(on.own.value)} "
            f"residents and {one_in(wrong.own.value)} wrongly; {in_hundred(left_out.own.value)} of "
            "those it is true of are left out."
        )
    if not on.events:
        return f"A watch list of everyone on file with “{label}” holds nobody."
    wrongly = f"{wrong.events:,} of them wrongly" if wrong.events else "nobody wrongly"
    if another.events:
        whose = "all" if another.events == wrong.events else f"{another.events:,}"
        wrongly += f" ({whose} because of somebody else's fact)"
    said = (
        f"A watch list of everyone on file with “{label}” holds "
        f"{counted(on.events, 'resident', 'residents')}, {wrongly}"
    )
    if math.isnan(left_out.own.value):
        return f"{said}."
    return f"{said}, and leaves out {left_out.events:,} of {left_out.own.n:,} of whom it is true."


def rule_sentence(flagged: pd.DataFrame) -> str:
    """Say whom the scenario's rule flags because of somebody else's fact.

    Parameters
    ----------
    flagged : DataFrame
        As of `simulator.report.harm_figures.beside`.
    """
    all_flagged, another = (
        beside(flagged, metric)[EVERYONE]
        for metric in ("flagged_share", "flagged_for_another_share")
    )
    if all_flagged.own.interval == "replicates":
        return (
            f"The scenario's rule flags {one_in(all_flagged.own.value)} residents, and "
            f"{one_in(another.own.value)} because of somebody else's fact."
        )
    because = f"{another.events:,} of them" if another.events else "none of them"
    return (
        f"The scenario's rule flags {counted(all_flagged.events, 'resident', 'residents')}, "
        f"{because} because of somebody else's fact."
    )


def confidence_sentence(overconfidence: Rate) -> str:
    """Say whether accepted links are as right as they are said to be.

    >>> from simulator.tables import Rate
    >>> confidence_sentence(Rate(0.004, 0.002, 0.006, 9000, "household_bootstrap"))
    ... # doctest: +NORMALIZE_WHITESPACE
    'The links accepted are right less often than stated, by 4.0 in 1,000 (95 % interval 2.0 to
    6.0).'
    >>> confidence_sentence(Rate(0.001, -0.002, 0.004, 9000, "household_bootstrap"))
    'The links accepted are about as often right as stated: the gap may be chance.'
    """
    if math.isnan(overconfidence.value):
        return "Too few links are accepted to say whether they are as right as stated."
    few = overconfidence.interval == "replicates" and overconfidence.n < FEWEST_TOWNS
    if few or overconfidence.low <= 0 <= overconfidence.high:
        return "The links accepted are about as often right as stated: the gap may be chance."
    how = "less" if overconfidence.value > 0 else "more"
    low, high = sorted(abs(end) for end in (overconfidence.low, overconfidence.high))
    return (
        f"The links accepted are right {how} often than stated, by "
        f"{thousandths(abs(overconfidence.value))} in 1,000 (95 % interval {thousandths(low)} to "
        f"{thousandths(high)})."
    )


def not_above_control(name: str, beyond: Rate) -> str:
    """Call out what does no better than its control; nothing where it does, or cannot be said.

    >>> from simulator.tables import Rate
    >>> not_above_control("Drones", Rate(0.02, -0.01, 0.05, 90, "household_bootstrap"))
    'Drones: not above the control; what is right there would have been known or guessed anyway.'
    >>> not_above_control("Drones", Rate(0.2, 0.1, 0.3, 90, "household_bootstrap"))
    ''
    """
    if math.isnan(beyond.value) or beyond.low > 0:
        return ""
    return (
        f"{name}: not above the control; what is right there would have been known or guessed "
        "anyway."
    )
