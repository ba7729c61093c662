"""Rounds of triage: whom a rule flags, whom it flags wrongly, and what its attention does next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure import resample_households
from simulator.exposure.triage import (
    flag_top,
    measure_feedback,
    measure_flagged,
    points_of_areas,
    points_of_people,
    true_outcomes,
)
from simulator.pipeline import collect_records, run_on
from simulator.sources import obtain
from simulator.sources.attention import Attention

if TYPE_CHECKING:
    from simulator.pipeline import Progress
    from simulator.scenario import Scenario
    from simulator.scenario.schema import Triage
    from simulator.tables import Population, Result

MOST_ATTENTION = 20.0
"""However often somebody is flagged, they are met at most this many times as often as at first."""


class NoTriage(ValueError):
    """The scenario declares no rule."""


@dataclass(frozen=True)
class Rounds:
    """What the rule did, round by round.

    Attributes
    ----------
    scenario : Scenario
    rule : Triage
        The scenario's.
    measures : DataFrame
        ``round`` (from 1), ``group``, ``metric``, ``value``, ``low``, ``high``, ``n``,
        ``interval``: those of `simulator.exposure.triage.measure_flagged` and
        `simulator.exposure.triage.measure_feedback`.
    flagged : DataFrame
        Indexed by entity_id, a bool column per round: every resident, flagged or not.
    """

    scenario: Scenario
    rule: Triage
    measures: pd.DataFrame
    flagged: pd.DataFrame


def triage_rounds(
    scenario: Scenario, rounds_count: int | None = None, progress: Progress | None = None
) -> Rounds:
    """Run the scenario's rule again and again; each round meets the flagged ones more often.

    A round is one run of the same town. Its flagged list is an input of the next: flagged people
    (or everyone who lives in a flagged square) are met ``attention_factor`` times as often as in
    this round by the sources of events that the rule counts, and at most `MOST_ATTENTION` times as
    often as at first; whoever is no longer flagged is met as at first. Nobody behaves differently
    in any round.

    Parameters
    ----------
    scenario : Scenario
        With ``triage``.
    rounds_count : int, optional
        In place of the scenario's.
    progress : function (what, share done), optional

    Raises
    ------
    NoTriage
        If the scenario declares no rule.
    """
    rule = scenario.triage
    if rule is None:
        raise NoTriage("the scenario declares no rule: add 'triage'")
    count = rounds_count or rule.rounds_count
    factor: pd.Series[float] = pd.Series(dtype="float64")
    population: Population | None = None
    measures, lists = [], {}
    for number in range(1, count + 1):
        if progress is not None:
            progress(f"Round {number} of {count}", (number - 1) / count)
        result = _round(scenario, _attention(rule, scenario, factor), population)
        population = result.population
        people = _residents(result)
        top = _flag(rule, result, people)
        factor = _raised(factor, top, rule.attention_factor)
        flagged = top if rule.ranks == "people" else people["home_area"].map(top).astype(bool)
        ought = true_outcomes(people, rule.outcome_share, scenario.seed)
        measured = pd.concat(
            [
                measure_flagged(people, flagged, ought),
                measure_feedback(
                    people,
                    flagged,
                    _records_count(rule, result),
                    resample_households(people["household_id"], scenario.seed),
                ),
            ],
            ignore_index=True,
        )
        measured.insert(0, "round", number)
        measures.append(measured)
        lists[number] = flagged
    return Rounds(scenario, rule, pd.concat(measures, ignore_index=True), pd.DataFrame(lists))


def _round(scenario: Scenario, attention: Attention, population: Population | None) -> Result:
    """Run the scenario with every source joined; the people are drawn in the first round only."""
    population, collected = collect_records(scenario, attention=attention, population=population)
    obtained = obtain(scenario, population, collected)
    return run_on(scenario, population, collected, obtained, every_step=False)


def _residents(result: Result) -> pd.DataFrame:
    """Return residents with the square of the map they live in."""
    population = result.population
    people = population.people.loc[population.people["resident"]]
    square = population.addresses["home_area"].reindex(people["address_id"])
    return people.assign(home_area=square.astype(object).to_numpy())


def _flag(rule: Triage, result: Result, people: pd.DataFrame) -> pd.Series[bool]:
    """Return which people, or which squares of the map, are flagged."""
    if rule.ranks == "areas":
        squares = pd.Index(np.unique(people["home_area"].astype(str)))
        points = points_of_areas(rule.weights, result.obtained.collected.records, squares)
    else:
        points = points_of_people(rule.weights, result.dossiers).reindex(people.index).fillna(0.0)
    return flag_top(points, rule.flagged_share, result.scenario.seed)


def _raised(
    factor: pd.Series[float], flagged: pd.Series[bool], attention_factor: float
) -> pd.Series[float]:
    """Return how often the flagged are met in the next round, beside how often at first."""
    again = flagged.index[flagged]
    raised = factor.reindex(again).fillna(1.0) * attention_factor
    return raised.clip(upper=MOST_ATTENTION)


def _attention(rule: Triage, scenario: Scenario, factor: pd.Series[float]) -> Attention:
    nobody: pd.Series[float] = pd.Series(dtype="float64")
    counted = tuple(name for name in rule.weights if name in scenario.sources)
    if not counted:  # the rule counts facts alone: no source looks harder at anyone
        return Attention(nobody, nobody)
    if rule.ranks == "areas":
        return Attention(factor, nobody, counted)
    return Attention(nobody, factor, counted)


def _records_count(rule: Triage, result: Result) -> pd.Series[int]:
    """Return entity_id -> how many records about them are in the sources that the rule counts."""
    truth = result.obtained.collected.truth
    counted = (truth["field"] == "*") & truth["source"].isin(list(rule.weights))
    return truth.loc[counted, "entity_id"].value_counts()
