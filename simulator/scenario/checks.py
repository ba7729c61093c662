"""What no single setting can tell: whether the parts of a scenario fit together.

The checks read plain values and pass over whatever is missing or malformed (the schema reports
that), so one reading of a file finds every mistake in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from simulator.scenario.adversary_checks import adversary_findings
from simulator.scenario.place_checks import haunt_findings
from simulator.scenario.source_checks import source_findings
from simulator.scenario.tree import KEY, TOLERANCE, Finding, numbers, part, shortfall
from simulator.tables import DETAIL_FIELDS, FACT_FORMS, RECORD_DATE, TIE_FIELDS, VOCABULARY

Values: TypeAlias = Mapping[str, Any]

_TAKEN = frozenset(VOCABULARY) | frozenset(FACT_FORMS) | frozenset(TIE_FIELDS) | frozenset(
    DETAIL_FIELDS
) | {
    RECORD_DATE, "record_id", "entity_id", "household_id", "address_id", "resident", "group",
    "household_role", "age", "nickname",
}  # fmt: skip
"""Names of columns and facts that a sensitive fact would be confused with."""


def cross_findings(values: Values) -> Iterator[Finding]:
    """Yield (path, message) for every mistake in how the parts fit together.

    Parameters
    ----------
    values : mapping
        The scenario as plain values, valid or not.
    """
    yield from _groups(values)
    yield from _facts(values)
    yield from _sensitive_facts(values)
    groups = list(part(values, "population", "groups"))
    sensitive = [name for name in part(values, "sensitive_facts") if name not in _TAKEN]
    for name in part(values, "sources"):
        yield from source_findings(values, name, groups, sensitive)
    yield from haunt_findings(values, sensitive)
    yield from adversary_findings(values, sensitive)


def _groups(values: Values) -> Iterator[Finding]:
    path = ("population", "groups")
    groups = part(values, *path)
    shares = numbers(part(values, *path, name).get("share") for name in groups)
    if shares and abs(sum(shares) - 1) > TOLERANCE:
        yield path, f"the shares of the groups must sum to 1; {shortfall(shares)}"


def _facts(values: Values) -> Iterator[Finding]:
    facts = part(values, "facts")
    weights = numbers(part(values, "facts", name).get("weight") for name in facts)
    if weights and sum(weights) == 0:
        yield ("facts",), "every weight is 0; give at least one fact a weight above 0"


def _sensitive_facts(values: Values) -> Iterator[Finding]:
    for name in part(values, "sensitive_facts"):
        path = ("sensitive_facts", name)
        if name in _TAKEN:
            yield (*path, KEY), f"'{name}' already means something else; choose another name"
        shares = numbers(part(values, *path, "values").values())
        if shares and sum(shares) > 1 + TOLERANCE:
            yield (*path, "values"), f"the shares may sum to 1 at most; {shortfall(shares)}"
