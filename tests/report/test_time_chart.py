from __future__ import annotations

import json

from simulator.report.render import svg
from simulator.report.time_chart import located_chart, over_time_chart
from simulator.report.time_wording import of_memory
from tests.report import over_time
from tests.report.test_trail_chart import drawn_trail, values


def drawn_curve(retention=None, day=5):
    both = over_time.both()
    before = None if retention is None else of_memory(both, None)
    return located_chart(
        of_memory(both, retention),
        before,
        day=day,
        title="Seen near home",
        subtitle="Synthetic town.",
        width=400,
    )


def test_the_curve_begins_at_nothing_and_marks_the_day_with_its_interval():
    rows = values(drawn_curve(), "value")
    assert rows[0] == {"day": 0, "value": 0.0, "low": 0.0, "high": 0.0, "interval": "0"}
    (said,) = {row["words"] for row in rows if "words" in row}
    assert said == "day 5: 40 (38 to 42)"


def test_a_shorter_memory_stands_beside_the_scenarios_own():
    assert "as it is" in json.dumps(drawn_curve(3, 10))
    assert "as it is" not in json.dumps(drawn_curve())
    assert "day 10: 25 (23 to 27)" in json.dumps(drawn_curve(3, 10))


def test_the_whole_picture_says_that_it_is_synthetic():
    whole = over_time_chart(
        drawn_trail(), drawn_curve(3), title="Half were seen near home", footer="Synthetic: 500."
    )
    drawn = svg(whole)
    for said in ("Synthetic", "Half were seen", "near home", "on this day", "day of watching"):
        assert said in drawn


def test_nothing_is_drawn_of_too_few_people():
    spec = located_chart(
        over_time.located(n=15), day=3, title="Seen near home", subtitle="Synthetic.", width=300
    )
    assert values(spec, "value") == []
    svg(spec)
