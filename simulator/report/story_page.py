"""The Story as one file, to show when nothing else runs: every picture is drawn beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator.report.charts import story_chart
from simulator.report.page import filled, picture
from simulator.report.steps import growth_steps, source_labels
from simulator.report.story_wording import (
    GLOSSARY,
    PICTURE,
    afterwards,
    big_sentence,
    interval_sentence,
    picture_in_words,
    question,
    verdict,
)
from simulator.report.wording import CAVEAT

if TYPE_CHECKING:
    from markupsafe import Markup

    from simulator.tables import Result

FIRST_GUESS = 50


class Scene(NamedTuple):
    """What is shown with so many lists joined: a headline, an explanation and the picture."""

    headline: str
    explanation: str
    picture: Markup


def story_html(result: Result, *, command: str) -> str:
    """Return the Story as one HTML file that asks for nothing else.

    Parameters
    ----------
    result : Result
        At least one list joined.
    command : str
        What to type to get the same page again.
    """
    scenes = story_scenes(result)
    last = growth_steps(result.exposure, source_labels(result))[-1]
    return filled(
        "story.html.j2",
        result=result,
        scenario=result.scenario,
        command=command,
        caveat=CAVEAT,
        glossary=GLOSSARY,
        scenes=scenes,
        first_guess=FIRST_GUESS,
        afterwards=_plain(afterwards(last)),
        verdicts=[_plain(verdict(guess, last)) for guess in range(101)],
    )


def story_scenes(result: Result) -> tuple[Scene, ...]:
    """Return the scenes of the Story: the question first, then one per list joined."""
    _, *steps = growth_steps(result.exposure, source_labels(result))
    rows = [step.row for step in steps]
    residents = result.scenario.population.residents_count

    def scene(lists: int, headline: str, explanation: str) -> Scene:
        chart = story_chart(
            steps[:lists],
            rows=rows,
            wording=PICTURE,
            title=result.scenario.title,
            footer=f"Synthetic: {residents:,} invented residents. Black lines: 95 % intervals.",
        )
        described = picture_in_words(steps[:lists])
        drawn = picture(chart | {"padding": 4, "spacing": 20}, described)
        return Scene(headline, _plain(explanation), drawn)

    asked, explained = question(len(steps))
    return (
        scene(0, asked, explained),
        *(
            scene(number, big_sentence(step), interval_sentence(step))
            for number, step in enumerate(steps, start=1)
        ),
    )


def _plain(sentence: str) -> str:
    """Return a sentence without the signs that make words bold elsewhere."""
    return sentence.replace("**", "")
