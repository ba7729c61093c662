"""What leaving is worth while friends and family stay, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.report.wording import between, in_hundred

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import pandas as pd

TIE_LABELS: Mapping[str, str] = {
    "household": "Household",
    "kin": "Relatives",
    "coworker": "Colleagues",
    "neighbour": "Neighbours",
    "friend": "Friends",
    "untied": "Others, with a tie's record",
}
"""Tie -> how the people tied so are called."""

WHO_LEFT_LABELS: Mapping[str, str] = {
    "nobody": "Nobody",
    "person": "This person",
    "everyone": "With all ties",
}
"""Who has left the lists -> how it is shown."""

STEPS: Mapping[float, str] = {
    0.0: "they leave alone",
    0.25: "and a quarter of household and ties",
    0.5: "and half of household and ties",
    0.75: "and three quarters of household and ties",
    1.0: "and all of household and ties",
}
"""Share of household and ties that leaves with a person -> who has left, in words."""

GLOSSARY: Mapping[str, str] = {
    "Known through others": "A fact of a person that is right, and that is given by the file of "
    "somebody else who lists them: the number or the account they are listed by, and the home "
    "address or the employer of the holder, where the person has the same.",
    "Leave": "To be taken out of every list that lets people leave, as of today. What others' "
    "records say stays: a friend's list of friends, a bill in another's name. A broker's file that "
    "was compiled before is not compiled anew.",
    "Of 100 facts": "By weight: all true facts about a resident together, each with its weight "
    "from the scenario, make 100; the name itself weighs nothing. Mean over those who left.",
    "Household and ties": "Everyone of the same household, relatives, some colleagues and "
    "neighbours, and friends, in the town or around it.",
    "Others, with a tie's record": "People who are not tied to the person, but whose file holds a "
    "record of somebody who is: a line that a friend uses and they pay for, or a wrong join.",
    "Spill-over": "What is known through others after a person left alone, less the same when "
    "household and ties have left too.",
    "Nowhere else": "The part of it that the person's own file no longer holds, or never did.",
    "Who leaves": "A random share of the residents, all on one day; each one's own spill-over is "
    "measured. Some of their ties are leavers themselves; how many, the table says.",
    "Interval": "The 95 % interval: how far the luck of the draw of these leavers reaches.",
}


NO_TIES = (
    "No list within reach names anyone's friends or calls: in this town nothing is known through "
    "others."
)
"""Said of a town in which nothing can spill over."""


def findings(measures: pd.DataFrame, lists: Mapping[str, bool]) -> list[str]:
    """Say what was found, sentence by sentence.

    Parameters
    ----------
    measures : DataFrame
        Columns metric, ties_left_share, value, low, high, n.
    lists : mapping
        Label of every list that names people's ties -> whether it can be left.
    """
    if not lists:
        return [NO_TIES]
    kept = [label for label, may_be_left in lists.items() if not may_be_left]
    said = [
        finding(measures),
        intervals_sentence(measures),
        together_sentence(measures),
        left_over_sentence(measures, kept),
        guide_sentence(measures),
    ]
    return [sentence for sentence in said if sentence]


def finding(measures: pd.DataFrame) -> str:
    """Say what is still known of those who left, alone and with household and ties.

    Parameters
    ----------
    measures : DataFrame
        Columns metric, ties_left_share, value.
    """
    alone, together = (_known(measures, left)["value"] for left in (0.0, 1.0))
    if math.isnan(alone):
        return "Too few residents left to say what is known of them through others."
    verb = "is" if _facts(alone) in ("1", "none", "fewer than 1") else "are"
    return (
        "Of 100 facts about residents who left every list that lets them, "
        f"{_facts(alone)} {verb} still known through their friends and family; "
        f"if household and friends leave too, {_facts(together)}."
    )


def headline(measures: pd.DataFrame, lists: Mapping[str, bool]) -> str:
    """Say in a few words what is still known of those who left alone; `lists` as in `findings`."""
    if not lists:
        return "Here nobody is known through others"
    alone = _known(measures, 0.0)["value"]
    if math.isnan(alone):
        return "Too few residents left to say what others give away"
    verb = "is" if _facts(alone) in ("1", "none", "fewer than 1") else "are"
    return f"{_facts(alone).capitalize()} of 100 facts {verb} still known through others"


def intervals_sentence(measures: pd.DataFrame) -> str:
    """Say how sure the finding is, and over whom."""
    alone, together = (_known(measures, left) for left in (0.0, 1.0))
    if math.isnan(alone["value"]):
        return f"Nothing is said of fewer than 20 people; {alone['n']} left."
    ends = [
        between(each["low"], each["high"])
        for each in (alone, together)
        if each["low"] < each["high"]
    ]
    said = f"By weight, over {alone['n']:,} residents who left together"
    if not ends:
        return f"{said}."
    return f"{said}; 95 % {'interval' if len(ends) == 1 else 'intervals'}: {', then '.join(ends)}."


def together_sentence(measures: pd.DataFrame) -> str:
    """Say how many must leave together before it helps; empty where there is nothing to say."""
    alone, half, most = (_known(measures, left)["value"] for left in (0.0, 0.5, 0.75))
    if math.isnan(alone) or alone == 0:
        return ""
    return (
        f"If half of household and ties leave too, {_facts(half)} are still known through the "
        f"rest; if three quarters leave, {_facts(most)}."
    )


def left_over_sentence(measures: pd.DataFrame, kept: list[str]) -> str:
    """Say where that comes from which stays known when all have left; empty where nothing does.

    Parameters
    ----------
    measures : DataFrame
    kept : list of str
        Labels of the lists that name people's ties and that nobody can leave.
    """
    together = _known(measures, 1.0)["value"]
    if math.isnan(together) or together == 0 or not kept:
        return ""
    return f"What is left then comes from lists that nobody can leave: {', '.join(kept)}."


def guide_sentence(measures: pd.DataFrame) -> str:
    """Say how good a guide others' files are; empty where too few state anything."""
    rows = measures.loc[measures["metric"] == "right_of_stated_share"]
    right = rows.to_dict("records")[0]["value"]
    if math.isnan(right):
        return ""
    return (
        "Who reads the others' files cannot tell which value fits: of the home addresses and "
        f"employers in them, {in_hundred(right)} are also those of the one who left."
    )


def around_sentence(name: str, who_left: str, tells: int, tied: int, facts: list[str]) -> str:
    """Say what the people around one person give away.

    Parameters
    ----------
    name : str
    who_left : {"nobody", "person", "everyone"}
    tells, tied : int
        People whose files give something right of the person, and people shown.
    facts : list of str
        What they give, by its labels.

    Examples
    --------
    >>> around_sentence("Ann Lee", "person", 2, 14, ["Phone number", "Employer"])
    'Ann Lee has left. 2 of these 14 people still give away: phone number, employer'
    >>> around_sentence("Ann Lee", "everyone", 0, 14, [])
    'Ann Lee has left, and so have all their ties. None of these 14 people gives anything away'
    """
    opening = {
        "nobody": f"{name} has not left",
        "person": f"{name} has left",
        "everyone": f"{name} has left, and so have all their ties",
    }[who_left]
    of_all = f"of these {tied} people"
    if not tells:
        return f"{opening}. None {of_all} gives anything away"
    still = "" if who_left == "nobody" else "still "
    verb = "gives" if tells == 1 else "give"
    listed = ", ".join(fact[:1].lower() + fact[1:] for fact in facts)
    return f"{opening}. {tells} {of_all} {still}{verb} away: {listed}"


def network_in_words(name: str, people: pd.DataFrame) -> str:
    """Describe the network to those who cannot see it.

    Parameters
    ----------
    name : str
    people : DataFrame
        Columns name, tie, tells.
    """
    said = [
        file_in_words(row["name"], row["tie"], row["tells"]) for row in people.to_dict("records")
    ]
    return f"Synthetic network around {name}; what each file gives away. {'. '.join(said)}."


def file_in_words(name: str, tie: str, tells: Sequence[str]) -> str:
    """Say what somebody's file gives away of the one in the middle.

    >>> file_in_words("Ann Lee", "friend", ("Home address", "Employer"))
    'Ann Lee, friends: home address, employer'
    """
    return f"{name}, {TIE_LABELS[tie].lower()}: {', '.join(tells).lower() or 'nothing'}"


def told_in_words(person: Mapping[Hashable, Any], name: str) -> str:
    """Say how somebody is tied to the one in the middle and what their file gives away.

    Parameters
    ----------
    person : mapping
        ``name``, ``tie``, ``ties``, ``tells``, ``lists``.
    name : str
        Who stands in the middle.
    """
    ties = ", ".join(TIE_LABELS[tie] for tie in person["ties"]) or TIE_LABELS[person["tie"]]
    told = ", ".join(person["tells"]).lower() or "nothing"
    said = f"**The file of {person['name']}** ({ties.lower()}) gives away of {name}: **{told}**."
    return f"{said} It lists {name} among its contacts." if person["lists"] else said


def _known(measures: pd.DataFrame, left: float) -> dict[Any, Any]:
    """Return the row of what is known once a share of household and ties has left too."""
    rows = measures.loc[
        (measures["metric"] == "through_others_share") & (measures["ties_left_share"] == left)
    ]
    row: dict[Any, Any] = rows.to_dict("records")[0]
    return row


def _facts(share: float) -> str:
    """Say how many of 100 facts.

    >>> _facts(0.0), _facts(0.003), _facts(0.094)
    ('none', 'fewer than 1', '9')
    """
    if share == 0:
        return "none"
    return "fewer than 1" if share < 0.005 else f"{100 * share:.0f}"
