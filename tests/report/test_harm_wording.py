import math

import pandas as pd
import pytest

from simulator.report.harm_figures import beside
from simulator.report.harm_wording import (
    difference_sentence,
    group_sentences,
    harm_sentence,
    list_sentence,
    not_above_control,
    rule_sentence,
)
from simulator.tables import Rate

LABELS = {"a": "Ash", "b": "Birch"}
NOTHING = (math.nan, math.nan, math.nan)


def rows(metric, group, own, rest, apart, *, interval="newcombe", n=1000, events=30):
    sides = {"group": own, "rest": rest, "difference": apart, "ratio": (2.0, *NOTHING[1:])}
    return pd.DataFrame(
        [
            {
                "group": group, "metric": metric, "side": side, "value": value, "low": low,
                "high": high, "n": n, "events": events,
                "interval": interval if side == "difference" else "wilson",
            }
            for side, (value, low, high) in sides.items()
        ]
    )  # fmt: skip


def held(apart, own=(0.04, 0.03, 0.05), rest=(0.02, 0.015, 0.03), **how):
    everyone = rows("wrongful_share", "all", (0.025, 0.02, 0.03), NOTHING, NOTHING)
    everyone = everyone.loc[everyone["side"] == "group"]
    return pd.concat([everyone, rows("wrongful_share", "a", own, rest, apart, **how)])


def test_a_difference_that_may_be_chance_is_never_claimed():
    said = harm_sentence(held((0.02, -0.001, 0.03)), "a", "Ash")
    assert said == (
        "1 in 40 residents has somebody else's fact in their file; in the group Ash 1 in 25 "
        "(the difference may be chance)."
    )
    every = group_sentences(held((0.02, -0.001, 0.03)), LABELS)
    assert every[1:] == [
        "The difference between the one group compared and everyone else may be chance."
    ]


@pytest.mark.parametrize("apart", [(0.02, 0.0, 0.03), (-0.02, -0.03, 0.0)])
def test_an_interval_that_touches_zero_holds_it(apart):
    assert "may be chance" in harm_sentence(held(apart), "a", "Ash")


@pytest.mark.parametrize("apart", [(0.02, 0.001, 0.03), (-0.02, -0.03, -0.001)])
def test_a_difference_is_shown_beside_everyone_else(apart):
    assert harm_sentence(held(apart), "a", "Ash").endswith(
        "in the group Ash 1 in 25 (everyone else: 1 in 50)."
    )
    assert "may be chance" not in " ".join(group_sentences(held(apart), LABELS))


@pytest.mark.parametrize(("towns", "claimed"), [(19, False), (20, True)])
def test_a_few_towns_are_not_enough_to_compare(towns, claimed):
    figures = held((0.02, 0.01, 0.03), interval="paired_t", n=towns)
    assert ("may be chance" in harm_sentence(figures, "a", "Ash")) != claimed
    assert ("20 towns or more" in " ".join(group_sentences(figures, LABELS))) != claimed


def test_too_few_people_are_said_to_be_too_few():
    figures = held(NOTHING, own=NOTHING)
    assert harm_sentence(figures, "a", "Ash").endswith("too few people live here to say.")
    assert difference_sentence(beside(figures, "wrongful_share")["a"]) == (
        "Nothing is said about fewer than 20 people."
    )
    assert "fewer than 20" in group_sentences(figures, LABELS)[1]


def one_list(on, wrong, another, left_out, true):
    counts = {
        "listed_share": (on, 5000),
        "wrongly_listed_share": (wrong, 5000),
        "listed_for_another_share": (another, 5000),
        "unlisted_of_true_share": (left_out, true),
    }
    return pd.DataFrame(
        [
            {
                "group": "all", "metric": metric, "side": "group", "value": events / n, "low": 0.0,
                "high": 1.0, "n": n, "events": events, "interval": "wilson",
            }
            for metric, (events, n) in counts.items()
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((306, 2, 2, 799, 1104), "holds 306 residents, 2 of them wrongly (all because of somebody"),
        (
            (112, 48, 7, 650, 717),
            "48 of them wrongly (7 because of somebody else's fact), and leave",
        ),
        ((1, 0, 0, 20, 21), "holds one resident, nobody wrongly, and leaves out 20 of 21 of whom"),
        ((0, 0, 0, 20, 20), "holds nobody."),
    ],
)
def test_a_watch_list_in_words(counts, said):
    assert said in list_sentence(one_list(*counts), "Clinic visits")


def test_the_rule_in_words():
    flagged = one_list(250, 3, 3, 0, 1).replace(
        {"listed_share": "flagged_share", "listed_for_another_share": "flagged_for_another_share"}
    )
    assert rule_sentence(flagged) == (
        "The scenario's rule flags 250 residents, 3 of them because of somebody else's fact."
    )


def test_what_is_not_above_its_control_is_called_out():
    assert "not above the control" in not_above_control("x", Rate(-0.06, -0.07, -0.05, 9, "wilson"))
    assert "not above the control" in not_above_control("x", Rate(0.0, 0.0, 0.0, 9, "wilson"))
    assert not_above_control("x", Rate(math.nan, math.nan, math.nan, 0, "none")) == ""
