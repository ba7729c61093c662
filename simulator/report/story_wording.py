"""What the Story says: sentences a fifteen-year-old can follow, and the exact meaning of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.wording import between, counted, in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.report.steps import Step

GLOSSARY: Mapping[str, str] = {
    "Re-identified": "A resident is re-identified when the file that the joining makes of them "
    "holds a record that does not carry their legal name, together with a record from another "
    "list that does. One list alone can re-identify nobody.",
    "Named": "The resident has a file that carries their legal name at all.",
    "Known by name": "All true facts about a resident together, each with its weight from the "
    "scenario, make 100. Shown is the part that stands, correctly and up to date, in the file "
    "under the resident's own name; the mean over all residents.",
    "Not joined": "The same lists, each read on its own: a fact counts only where one single "
    "record holds both the fact and the legal name.",
    "Somebody else's fact": "The file states something untrue of its owner that is another "
    "person's: a record was joined wrongly, or a list had mixed two people up already.",
    "Interval": "The short black line at the end of a bar: the 95 % interval. That far the figure "
    "may move by the luck of the draw alone.",
    "List": "A data source, for example a register or a company's customer file.",
}

PICTURE: Mapping[str, str] = {
    "left_title": "Residents re-identified",
    "left_axis": "of 100 residents",
    "right_title": "Facts known by name",
    "right_axis": "of 100 facts about a resident",
    "named": "named",
    "reidentified": "in 100",
    "joined": "joined",
    "unjoined": "not joined",
    "synthetic": "Synthetic town",
}


def question(lists: int) -> tuple[str, str]:
    """Say what the page asks: the question, and what one needs to know to guess."""
    return (
        f"How many of 100 residents do {counted(lists, 'list', 'lists')} give away?",
        "This town and everyone in it is invented. Each list about it looks harmless, and one "
        "list alone joins nothing. A resident is given away, or **re-identified**, when a record "
        "that does not carry their name is joined to one that does. **Guess first**, then add the "
        "lists.",
    )


def big_sentence(step: Step) -> str:
    """Say the finding of a step in one line.

    Parameters
    ----------
    step : Step
        With at least one list joined.
    """
    if step.number == 1:
        return f"{in_hundred(step.rates['named_share'].value)} residents are named on this list"
    return f"{in_hundred(step.rates['reidentified_share'].value)} residents re-identified"


def interval_sentence(step: Step) -> str:
    """Say how sure the finding is, and what it means."""
    rate = step.rates["named_share" if step.number == 1 else "reidentified_share"]
    luck = f"The luck of the draw makes it {between(rate.low, rate.high)} (95 % interval)."
    if step.number == 1:
        return f"{luck} One list alone joins nothing: nobody is re-identified yet."
    return f"{luck} A record without their name was joined to one that carries it."


def guess_against_truth(guess: int, last: Step) -> str:
    """Set the guess beside the figure after the last list, and say what it means."""
    return f"{verdict(guess, last)} {afterwards(last)}"


def verdict(guess: int, last: Step) -> str:
    """Set the guess beside the figure after the last list.

    Parameters
    ----------
    guess : int
        Residents in 100.
    last : Step
        With every list joined.
    """
    truth = round(100 * last.rates["reidentified_share"].value)
    gap = truth - guess
    said = (
        "spot on" if gap == 0 else f"{abs(gap)} {'more' if gap > 0 else 'fewer'} than you guessed"
    )
    return f"You guessed **{guess}**; it is **{truth}** in 100: {said}."


def afterwards(last: Step) -> str:
    """Say what the joining did, once every list is joined."""
    wrongful = in_hundred(last.rates["wrongful_share"].value)
    return (
        f"No list held everything; the joining did. And {wrongful} residents now have **somebody "
        "else's fact** in their file."
    )


def picture_in_words(joined: Sequence[Step]) -> str:
    """Describe the picture to those who cannot see it; only what is drawn so far."""
    if not joined:
        return "Two empty bar charts, one row per list. Bars appear as lists are joined."
    said = [
        f"{step.row}: {big_sentence(step)}; of 100 facts about a resident "
        f"{round(100 * step.rates['exposure_share'].value)} known by name with the lists joined, "
        f"{round(100 * step.rates['unjoined_share'].value)} not joined."
        for step in joined
    ]
    return "Synthetic town. " + " ".join(said)
