"""The truth: whom each record is about, and the fields that are about somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.sources.housemates import NOBODY
from simulator.tables import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.randomness import Integers

WHOLE_RECORD = "*"
_FIELDS = (WHOLE_RECORD, *VOCABULARY)


@dataclass(frozen=True)
class Named:
    """Whom the records of one source name, in the order of its frame.

    Attributes
    ----------
    record_id, entity_id : arrays of int64, one per record
        The record, and its subject.
    copied_from : dict of field to array of int64, one per record
        The entity whose value stands in the field instead; `NOBODY` where it is the subject's own
        or missing.
    """

    record_id: Integers
    entity_id: Integers
    copied_from: Mapping[str, Integers]


def truth_table(sources: tuple[str, ...], named: Mapping[str, Named]) -> pd.DataFrame:
    """Return ``Collected.truth``.

    First one row per record, with field ``"*"``, in the order of the frames. Then one row per
    copied cell, by source, field and record. Its role is ``"subject"``, not ``"mention"``: the
    record gives the value out as its subject's, and a reader will believe it. Its ``entity_id`` is
    the housemate's, so that in the subject's dossier it is known for somebody else's.

    Parameters
    ----------
    sources : tuple of str
        Every source of the scenario, in its order.
    named : mapping of source to Named
        Those that exist.

    Examples
    --------
    Record 9 is about entity 1, and holds the telephone number of entity 2:

    >>> copied = {"phone": np.array([2, NOBODY])}
    >>> truth_table(("a",), {"a": Named(np.array([9, 10]), np.array([1, 2]), copied)})
       record_id source  field  entity_id     role
    0          9      a      *          1  subject
    1         10      a      *          2  subject
    2          9      a  phone          2  subject
    """
    parts = [np.zeros((4, 0), dtype=np.int64)]
    for source, one in named.items():
        parts.append(_rows(one.record_id, sources.index(source), WHOLE_RECORD, one.entity_id))
    for source, one in named.items():
        for field, entity_id in one.copied_from.items():
            copied = entity_id != NOBODY
            code = sources.index(source)
            parts.append(_rows(one.record_id[copied], code, field, entity_id[copied]))
    record_id, source_code, field_code, entity_id = np.concatenate(parts, axis=1)
    subject = np.zeros(len(record_id), dtype=np.int64)
    return pd.DataFrame(
        {
            "record_id": record_id,
            "source": _category(source_code, sources),
            "field": _category(field_code, _FIELDS),
            "entity_id": entity_id,
            "role": _category(subject, ("subject", "mention")),
        }
    )


def _rows(record_id: Integers, source: int, field: str, entity_id: Integers) -> Integers:
    same = np.ones(len(record_id), dtype=np.int64)
    return np.stack([record_id, same * source, same * _FIELDS.index(field), entity_id])


def _category(codes: Integers, categories: tuple[str, ...]) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(codes, categories=pd.Index(categories))


def refuse_collisions(truth: pd.DataFrame) -> None:
    """Raise if one record_id stands for two records, within a source or across two.

    Parameters
    ----------
    truth : DataFrame
        With columns ``record_id``, ``source`` and ``field``.

    Raises
    ------
    ValueError
        Names both sources.

    Examples
    --------
    >>> import pandas as pd
    >>> source = ["a", "a", "b"]
    >>> refuse_collisions(pd.DataFrame({"record_id": [1, 2, 2], "source": source, "field": "*"}))
    Traceback (most recent call last):
    ...
    ValueError: record_id 2 is in both 'a' and 'b': take another seed
    """
    whole = truth.loc[truth["field"] == WHOLE_RECORD]
    repeated = whole.loc[whole["record_id"].duplicated(keep=False), ["record_id", "source"]]
    if not repeated.empty:
        record_id = repeated["record_id"].iloc[0]
        one, other = repeated.loc[repeated["record_id"] == record_id, "source"].iloc[:2]
        raise ValueError(
            f"record_id {record_id} is in both {one!r} and {other!r}: take another seed"
        )
