"""Many records of one kind told as one: a person may have sixty, and nobody reads sixty."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.experiments.person import written_fields
from simulator.tables import TOKENS

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    import pandas as pd

    from simulator.tables import Result

MOST_APART = 3
"""So many records of one list and one kind are still told one by one."""

_VALUES_TOLD = 3
_FLAGS = ["whose", "states_name", "in_dossier", "is_new"]
_SINGULAR = {"event": ("event", "events"), "job": ("job", "jobs")}


@dataclass(frozen=True)
class RecordGroup:
    """Records of one list that are alike: whose they are, and whether the file holds them.

    Attributes
    ----------
    source : str
    record : mapping
        ``whose``, ``states_name``, ``in_dossier`` and ``is_new`` of each of them.
    count : int
    counted : tuple of str
        What they are, one and many: ("sighting", "sightings").
    fields : mapping
        Column -> what they say: of several, the most frequent values first, with how often.
    """

    source: str
    record: Mapping[Hashable, Any]
    count: int
    counted: tuple[str, str]
    fields: Mapping[str, str]


def record_groups(result: Result, records: pd.DataFrame) -> Iterator[RecordGroup]:
    """Yield records as they are to be told: a few one by one, many of one kind as one.

    Parameters
    ----------
    result : Result
    records : DataFrame
        Of `simulator.experiments.person.PersonStep`, or some of its rows.
    """
    for _, alike in records.groupby(["source", *_FLAGS], sort=False):
        (record,) = alike[_FLAGS].head(1).to_dict("records")
        source = str(alike["source"].iloc[0])
        written = [written_fields(result, source, number) for number in alike["record_id"]]
        counted = _counted(result, source)
        if len(written) <= MOST_APART:
            for fields in written:
                yield RecordGroup(source, record, 1, counted, fields)
        else:
            yield RecordGroup(source, record, len(written), counted, gathered_fields(written))


def gathered_fields(written: list[dict[str, str]]) -> dict[str, str]:
    """Say what many records say, column by column, the most frequent values first.

    Examples
    --------
    >>> gathered_fields([{"seen_area": "D2"}, {"seen_area": "C4"}, {"seen_area": "D2"}])
    {'seen_area': 'D2 (2), C4 (1)'}
    >>> gathered_fields([{"plate": text} for text in "ABCDE"])
    {'plate': '5 different, such as A, B, C'}
    """
    columns = dict.fromkeys(name for fields in written for name in fields)
    return {name: _gathered([f[name] for f in written if name in f]) for name in columns}


def _gathered(values: list[str]) -> str:
    found = Counter(values).most_common()
    if len(found) == 1:
        return found[0][0]
    told = found[:_VALUES_TOLD]
    if len(found) > _VALUES_TOLD and told[0][1] == 1:
        return f"{len(found)} different, such as {', '.join(value for value, _ in told)}"
    said = ", ".join(f"{value} ({count})" for value, count in told)
    left = len(found) - len(told)
    return f"{said} and {left} other{'s' if left > 1 else ''}" if left else said


def _counted(result: Result, source: str) -> tuple[str, str]:
    """Say what a record of a list is; one that gathers all sightings of a token is a record."""
    settings = result.scenario.sources[source]
    tracks = set(settings.fields) & (set(TOKENS) - {"face"})
    if settings.record_of == "sighting" and not tracks:
        return "sighting", "sightings"
    return _SINGULAR.get(settings.record_of, ("record", "records"))
