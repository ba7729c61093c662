"""Whether the fields of a source fit: their names, roles, styles, pictures and errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.scenario.problems import suggestion
from simulator.scenario.schema import SourceField
from simulator.scenario.tree import KEY, TOLERANCE, Finding, Path, numbers, part, shortfall
from simulator.tables import DETAIL_FIELDS, TIE_FIELDS, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_CHARACTERS = frozenset(
    field for field, kind in VOCABULARY.items() if kind not in ("category", "face")
)
_WORDS = frozenset(field for field, kind in VOCABULARY.items() if kind in ("name", "text"))
_NAMES = frozenset({"first_name", "middle_name", "last_name", "full_name"})
_DAYS = frozenset({"birth_date", "birth_month_day"})
_SAID_ALOUD = frozenset({"street_address", "city", "employer", "birth_place"})
_OF_A_PERSON = frozenset(
    {"first_name", "middle_name", "sex", "birth_year", "phone", "email"}
    | {"employer", "occupation", "national_id"}
)

_QUALITY = SourceField.model_fields["quality"].default
"""What stands in a file that writes every setting out."""

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


def field_findings(
    field: Mapping[str, Any], name: str, path: Path, sensitive: Collection[str]
) -> Iterator[Finding]:
    """Yield (path, message) for every mistake in one field of a source.

    Parameters
    ----------
    field : mapping
        Its settings as plain values, valid or not.
    name : str
        The field.
    path : tuple
        Where its settings stand.
    sensitive : collection of str
        The sensitive facts that the scenario declares.
    """
    if name not in (*VOCABULARY, *TIE_FIELDS, *DETAIL_FIELDS, *sensitive):
        yield (*path, KEY), _unknown_field(name, sensitive)
        return
    yield from _role(field, name in sensitive, path)
    yield from _styles(field, name, path)
    if name != "face" and field.get("quality", _QUALITY) != _QUALITY:
        yield (*path, "quality", KEY), f"'quality' is for face only; delete it from '{name}'"
    yield from _noise_types(part(field, "noise"), name, (*path, "noise"))


def _unknown_field(name: str, sensitive: Collection[str]) -> str:
    known = [*VOCABULARY, *TIE_FIELDS, *DETAIL_FIELDS, *sensitive]
    if close := suggestion(name, known):
        return f"unknown field '{name}'. Did you mean '{close}'?"
    ordinary = known[: len(known) - len(sensitive)]
    return (
        f"unknown field '{name}'. A field is one of: {', '.join(ordinary)}, "
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


def _noise_types(noise: Mapping[str, Any], field_name: str, path: Path) -> Iterator[Finding]:
    for noise_type in noise:
        possible = NOISE_FIELDS.get(noise_type)
        if possible is not None and field_name not in possible:
            mend = f"it can happen to: {', '.join(f for f in VOCABULARY if f in possible)}"
            yield (*path, noise_type, KEY), f"'{noise_type}' cannot happen to {field_name}; {mend}"
