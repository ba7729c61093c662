"""The checks pass over what is malformed, and speak of places that exist."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.locations import SCENARIOS
from simulator.scenario.checks import cross_findings
from simulator.scenario.document import read_document
from simulator.scenario.tree import KEY

MODERN = read_document((SCENARIOS / "modern.yaml").read_text(encoding="utf-8")).values


def places(values, path=()):
    """Yield the path of every mapping entry and list item."""
    steps = values.items() if isinstance(values, dict) else enumerate(values)
    for step, inner in steps:
        yield (*path, step)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, step))


PLACES = list(places(MODERN))
JUNK = st.sampled_from([None, 3, -1, True, "", "odd", [], [3], ["odd"], {}, {"odd": 3}])


def replaced(values, path, junk):
    values = deepcopy(values)
    inner = values
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = junk
    return values


def findings(path, value):
    return list(cross_findings(replaced(MODERN, path, value)))


def test_a_good_scenario_has_no_findings():
    assert list(cross_findings(MODERN)) == []


@given(st.sampled_from(PLACES), JUNK)
@settings(max_examples=150, deadline=None)
def test_malformed_values_are_passed_over(path, junk):
    broken = replaced(MODERN, path, junk)
    for place, message in cross_findings(broken):
        assert "\n" not in message
        inner = broken
        for step in [step for step in place if step != KEY]:
            if isinstance(inner, dict) and step not in inner:
                break  # a setting that is missing is spoken of where it should stand
            inner = inner[step]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("sources", "voter", "areas_spread"), 1, "'areas_spread' is for events and sightings"),
        (("sources", "police", "duplicates_share"), 0.1, "'duplicates_share' is for lists of"),
        (("sources", "broker", "compiled", "from_sources", 0), "broker", "joined from itself"),
        (("sources", "broker", "compiled", "from_sources", 0), "social", "named twice"),
        (("sources", "police", "events", "by_group"), {"asians": 2}, "Did you mean 'asian'?"),
        (("haunts", "gym", "visits_per_week"), 1, "write 'others_visits_per_week'"),
        (("haunts", "chapel", "fact"), None, "'value' needs 'fact' beside it"),
    ],
)
def test_settings_that_do_not_fit_together(path, value, message):
    (found,) = findings(path, value)
    assert message in found[1]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("sources", "plate_readers", "sightings", "first_hour"), 22),
        (("haunts", "gym", "last_hour"), 2),
        (("sources", "police", "retention_days"), 30),
        (("sources", "drones", "sightings", "at"), []),
        (("adversary", "review"), {"least_sources_count": 2}),
    ],
)
def test_settings_that_do_fit(path, value):
    assert findings(path, value) == []
