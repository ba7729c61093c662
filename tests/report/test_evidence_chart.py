import pandas as pd
import pytest

from simulator.report.evidence_chart import evidence_chart
from simulator.report.render import svg

TABLE = pd.DataFrame(
    {
        "comparison": ["surname", "surname"],
        "level": ["different", "exact"],
        "match_share": [0.05, 0.95],
        "chance_share": [0.8, 0.1],
        "bits": [-4.0, 3.25],
    }
)


@pytest.fixture
def chart():
    return evidence_chart(TABLE, title="What speaks", subtitle="Synthetic town", width=640)


def test_a_bar_stands_for_each_level_by_its_bits(chart):
    bars = chart["data"]["values"]
    assert [bar["bits"] for bar in bars] == [-4.0, 3.25]
    assert bars[0]["words"] == "−4.0 · 5 in 100, against 80 in 100"
    assert bars[1]["words"].startswith("+3.2 · 95 in 100, against ")  # 3.25 to an even digit
    assert bars[0]["fill"] != bars[1]["fill"]  # against, for
    assert (bars[0]["words_at"], bars[1]["words_at"]) == (0.0, 3.25)


def test_it_says_inside_that_all_is_synthetic(chart):
    assert "Synthetic town" in svg(chart)


def test_of_records_that_compare_nothing_there_is_an_empty_picture():
    assert svg(evidence_chart(TABLE.head(0), title="", subtitle="Synthetic town")).startswith(
        "<svg"
    )
