from __future__ import annotations

from simulator.scenario.document import read_document

TEXT = "schema_version: 1\nsources: {voter: {coverage_share: 0.5}}\nseed: 1\nseed: 2\n"


def test_what_is_read_is_the_callers_own():
    one, other = read_document(TEXT), read_document(TEXT)
    assert one == other
    del one.values["sources"]["voter"]["coverage_share"]
    one.marks.clear()
    one.problems.clear()
    assert other.values["sources"] == {"voter": {"coverage_share": 0.5}}
    assert other.problems == [((4, 1), "'seed' is written twice (first in line 3); keep one")]
    assert other == read_document(TEXT)


def test_what_a_text_should_be_decides_what_is_said():
    scenario, overlay = (read_document("", kind).problems for kind in ("scenario", "overlay"))
    assert scenario != overlay
