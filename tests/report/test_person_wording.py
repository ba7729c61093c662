from __future__ import annotations

from simulator.report.person_wording import fact_in_words

PHONE = {
    "label": "Phone",
    "form": "phone",
    "stated": "555-1",
    "stated_by": "Data broker",
    "true_value": "555-2",
    "credit": 0.0,
    "weight": 2.0,
}


def test_a_right_fact_says_who_states_it_and_what_it_weighs():
    said = fact_in_words({**PHONE, "status": "right", "stated": "555-2", "credit": 1.0})
    assert said == (
        "**✓ Phone: right.** The file says “555-2”, from: Data broker. "
        "Of its weight of 2 in what there is to know, 1.0 is known."
    )


def test_a_wrong_fact_says_what_is_true():
    assert fact_in_words({**PHONE, "status": "somebody_else"}).endswith("Data broker. True: 555-2.")
    assert fact_in_words({**PHONE, "status": "garbled", "true_value": ""}).endswith(
        "There is no such fact about them."
    )


def test_an_unknown_fact_states_nothing():
    said = fact_in_words({**PHONE, "status": "unknown", "stated": "", "stated_by": ""})
    assert said == "**– Phone: not known.** No list joined so far states it. True: 555-2."
