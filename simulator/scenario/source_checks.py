"""Whether a source fits the rest of its scenario: its fields, coverage, styles and noise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simulator.scenario.problems import suggestion
from simulator.scenario.tree import KEY, TOLERANCE, Finding, Path, numbers, part, shortfall
from simulator.tables import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_OLDEST = 120
_BAND = re.compile(r"(\d{1,3})(?:-(\d{1,3})|(\+))?")
_CHARACTERS = frozenset(field for field, kind in VOCABULARY.items() if kind != "category")
_WORDS = frozenset(field for field, kind in VOCABULARY.items() if kind in ("name", "text"))
_NAMES = frozenset({"first_name", "middle_name", "last_name", "full_name"})
_DAYS = frozenset({"birth_date", "birth_month_day"})
_SAID_ALOUD = frozenset({"street_address", "city", "employer", "birth_place"})
_OF_A_PERSON = frozenset(
    {"first_name", "middle_name", "sex", "birth_year", "phone", "email"}
    | {"employer", "occupation", "national_id"}
)

NOISE_FIELDS: Mapping[str, Collection[str]] = {
    "typing": _CHARACTERS,
    "transposed": _CHARACTERS,
    "ocr": _CHARACTERS,
    "wrong_digit": _CHARACTERS - _WORDS | {"street_address", "plate"},
    "truncated": _WORDS,
    "phonetic": _NAMES | _SAID_ALOUD,
    "transliteration": _NAMES,
    "nickname": frozenset({"first_name", "full_name"}),
    "surname_dropped": frozenset({"last_name", "full_name"}),
    "names_swapped": frozenset({"first_name", "last_name", "full_name"}),
    "month_day_swap": _DAYS,
    "default_birth_date": _DAYS,
    "copied_from_household": _OF_A_PERSON | _DAYS,
}
"""The fields a type of noise can happen to; a type not named here can happen to any field."""


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
    yield from _noise_groups(part(source, "noise"), (*path, "noise"), groups)
    by_group = part(source, "coverage", "by_group")
    yield from _group_names(by_group, (*path, "coverage", "by_group"), groups)
    for field_name in part(source, "fields"):
        field = part(source, "fields", field_name)
        field_path = (*path, "fields", field_name)
        if field_name not in VOCABULARY and field_name not in sensitive:
            yield (*field_path, KEY), _unknown_field(field_name, sensitive)
            continue
        yield from _role(field, field_name in sensitive, field_path)
        yield from _styles(field, field_name, field_path)
        yield from _noise_groups(part(field, "noise"), (*field_path, "noise"), groups)
        yield from _noise_types(part(field, "noise"), field_name, (*field_path, "noise"))


def _unknown_field(name: str, sensitive: Collection[str]) -> str:
    known = [*VOCABULARY, *sensitive]
    if close := suggestion(name, known):
        return f"unknown field '{name}'. Did you mean '{close}'?"
    return (
        f"unknown field '{name}'. A field is one of: {', '.join(VOCABULARY)}, "
        "or a name declared under sensitive_facts"
    )


def _role(field: Mapping[str, Any], is_sensitive: bool, path: Path) -> Iterator[Finding]:
    role, name = field.get("role"), path[-1]
    if is_sensitive and role in ("identifying", "quasi-identifier"):
        yield (
            (*path, "role"),
            f"'{name}' is declared under sensitive_facts; write 'role: sensitive'",
        )
    if not is_sensitive and role == "sensitive":
        yield (
            (*path, "role"),
            f"'{name}' is not declared under sensitive_facts; write 'role: identifying' or "
            "'role: quasi-identifier'",
        )


def _styles(field: Mapping[str, Any], name: str, path: Path) -> Iterator[Finding]:
    styles = field.get("styles")
    if name != "display_name":
        if styles:
            yield (
                (*path, "styles", KEY),
                f"'styles' is for display_name only; delete it from '{name}'",
            )
        return
    if styles in (None, {}):
        yield (
            (*path, KEY),
            "display_name needs 'styles', for example "
            "{legal: 0.4, nickname_and_surname: 0.25, nickname: 0.2, invented: 0.15}",
        )
        return
    shares = numbers(part(field, "styles").values())
    if shares and abs(sum(shares) - 1) > TOLERANCE:
        yield (*path, "styles"), f"the shares of the styles must sum to 1; {shortfall(shares)}"


def _noise_groups(
    noise: Mapping[str, Any], path: Path, groups: Collection[str]
) -> Iterator[Finding]:
    for noise_type in noise:
        by_group = part(noise, noise_type, "by_group")
        yield from _group_names(by_group, (*path, noise_type, "by_group"), groups)


def _noise_types(noise: Mapping[str, Any], field_name: str, path: Path) -> Iterator[Finding]:
    for noise_type in noise:
        possible = NOISE_FIELDS.get(noise_type)
        if possible is not None and field_name not in possible:
            mend = f"it can happen to: {', '.join(f for f in VOCABULARY if f in possible)}"
            yield (*path, noise_type, KEY), f"'{noise_type}' cannot happen to {field_name}; {mend}"


def _group_names(
    by_group: Mapping[str, Any], path: Path, groups: Collection[str]
) -> Iterator[Finding]:
    for name in by_group:
        if name not in groups:
            close = suggestion(name, groups)
            mend = f"Did you mean '{close}'?" if close else f"The groups are: {', '.join(groups)}"
            yield (*path, name, KEY), f"there is no group '{name}'. {mend}"


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
