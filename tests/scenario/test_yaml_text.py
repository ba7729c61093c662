from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.document import read_document
from simulator.scenario.yaml_text import yaml_lines

scalars = st.one_of(
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    st.none(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(["yes", "null", "~", "0.5", "a: b", "a #b", "- a", "x " * 80, "2026-01-01"]),
    st.sampled_from(["word " * 40 + "end", "two  spaces " * 10 + "end", "#1 " * 50 + "end"]),
)
names = st.one_of(st.text("ab1 .:#'\"-+*", min_size=1, max_size=6), st.just("naïve"))
trees = st.dictionaries(
    names,
    st.recursive(
        scalars,
        lambda inner: st.one_of(
            st.lists(scalars, max_size=3), st.dictionaries(names, inner, max_size=3)
        ),
        max_leaves=10,
    ),
    min_size=1,
    max_size=4,
)


@given(trees)
def test_what_is_written_is_read_again(tree):
    document = read_document("\n".join(yaml_lines(tree, {})))
    assert not document.problems
    assert document.values == tree


def test_comments_stand_behind_values_and_for_what_is_gone():
    values = {"a": {"b": {"c": 1, "d": 2}, "e": {"f": 3}}}
    comments = {("a", "b", "c"): "why", ("a", "g"): "gone", ("a", "e"): "new"}
    assert list(yaml_lines(values, comments)) == [
        "a:",
        "  b:",
        "    c: 1  # why",
        "    d: 2",
        "  e: {f: 3}  # new",
        "  # g: gone",
    ]


def test_long_text_is_folded():
    lines = list(yaml_lines({"about": "word " * 40 + "end"}, {("about",): "here"}))
    assert lines[0] == "about: >-  # here"
    assert all(len(line) <= 96 for line in lines)
