"""Whether a source fits the rest of its scenario: whom it sees, its groups, its fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simulator.scenario.field_checks import field_findings
from simulator.scenario.kind_checks import kind_findings
from simulator.scenario.name_checks import no_such
from simulator.scenario.tree import KEY, Finding, Path, part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_OLDEST = 120
_BAND = re.compile(r"(\d{1,3})(?:-(\d{1,3})|(\+))?")


def source_findings(
    values: Mapping[str, Any], name: str, groups: Collection[str], sensitive: Collection[str]
) -> Iterator[Finding]:
    """Yield (path, message) for every mistake in how one source fits the rest.

    Parameters
    ----------
    values : mapping
        The whole scenario as plain values, valid or not.
    name : str
        The source.
    groups, sensitive : collection of str
        The names that the scenario declares.
    """
    path = ("sources", name)
    source = part(values, *path)
    yield from _coverage(part(source, "coverage"), (*path, "coverage"))
    yield from kind_findings(values, name, sensitive)
    for owner in ("coverage", "events"):
        by_group = part(source, owner, "by_group")
        yield from _group_names(by_group, (*path, owner, "by_group"), groups)
    yield from _noise_groups(part(source, "noise"), (*path, "noise"), groups)
    for field_name in part(source, "fields"):
        field, field_path = part(source, "fields", field_name), (*path, "fields", field_name)
        yield from field_findings(field, field_name, field_path, sensitive)
        yield from _noise_groups(part(field, "noise"), (*field_path, "noise"), groups)
        if source.get("gate") == "public" and field.get("warrant_reserved") is True:
            yield (
                (*field_path, "warrant_reserved", KEY),
                "no warrant is needed for what is open to anyone; delete 'warrant_reserved', or "
                "give the source another gate",
            )


def _noise_groups(
    noise: Mapping[str, Any], path: Path, groups: Collection[str]
) -> Iterator[Finding]:
    for noise_type in noise:
        by_group = part(noise, noise_type, "by_group")
        yield from _group_names(by_group, (*path, noise_type, "by_group"), groups)


def _group_names(
    by_group: Mapping[str, Any], path: Path, groups: Collection[str]
) -> Iterator[Finding]:
    for name in by_group:
        if name not in groups:
            yield (*path, name, KEY), no_such("group", name, groups)


def _coverage(coverage: Mapping[str, Any], path: Path) -> Iterator[Finding]:
    has_share = coverage.get("share") is not None
    bands = coverage.get("by_age")
    if has_share and bands:
        yield (*path, "by_age", KEY), "give 'share' or 'by_age', not both; delete one of them"
    elif coverage and not has_share and bands in (None, {}):
        yield path, "say whom the source sees: add 'share', or 'by_age' with a share per age band"
    yield from _bands(part(coverage, "by_age"), (*path, "by_age"))


def _bands(bands: Mapping[str, Any], path: Path) -> Iterator[Finding]:
    """Check that age bands run upwards, stay in range and do not overlap."""
    ages: list[tuple[int, int, str]] = []
    for band in bands:
        if not (parsed := _BAND.fullmatch(band)):
            continue
        low = int(parsed[1])
        high = _OLDEST if parsed[3] else int(parsed[2] or low)
        if low > _OLDEST or high > _OLDEST:
            yield (*path, band, KEY), f"ages in '{band}' must be between 0 and {_OLDEST}"
        elif low > high:
            yield (*path, band, KEY), f"'{band}' runs backwards; write '{high}-{low}'"
        elif overlapped := next((b for a, z, b in ages if low <= z and a <= high), None):
            yield (*path, band, KEY), f"'{band}' overlaps '{overlapped}'; an age may be in one band"
        else:
            ages.append((low, high, band))
