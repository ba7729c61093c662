"""The truth: whom each record is about, and the fields that are about somebody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.sources.housemates import NOBODY
from simulator.tables import DETAIL_FIELDS, TIE_FIELDS, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.randomness import Integers

WHOLE_RECORD = "*"
ROLES = ("subject", "mention")
SUBJECT, MENTION = range(len(ROLES))
_FIELDS = (WHOLE_RECORD, *VOCABULARY, *TIE_FIELDS, *DETAIL_FIELDS)


@dataclass(frozen=True)
class Mentions:
    """The people whom one field of a source lists, one item for each in each record.

    Attributes
    ----------
    record_id, entity_id : arrays of int64
        The record, and whom it lists.
    """

    record_id: Integers
    entity_id: Integers


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
    mentions : dict of field to Mentions
        For the fields that list other people.
    """

    record_id: Integers
    entity_id: Integers
    copied_from: Mapping[str, Integers]
    mentions: Mapping[str, Mentions] = field(default_factory=dict)


def truth_table(
    sources: tuple[str, ...], named: Mapping[str, Named], sensitive: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return ``Collected.truth``.

    First one row per record, with field ``"*"``, in the order of the frames. Then one row per
    copied cell, by source, field and record. Its role is ``"subject"``, not ``"mention"``: the
    record gives the value out as its subject's, and a reader will believe it. Its ``entity_id`` is
    the housemate's, so that in the subject's dossier it is known for somebody else's. Last, with
    role ``"mention"``, one row per person listed in a field such as ``friends``.

    Parameters
    ----------
    sources : tuple of str
        Every source of the scenario, in its order.
    named : mapping of source to Named
        Those that exist.
    sensitive : tuple of str
        The scenario's sensitive facts.

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
    fields = (*_FIELDS, *sensitive)
    parts = [_rows(np.zeros(0, np.int64), 0, 0, np.zeros(0, np.int64), SUBJECT)]
    for source, one in named.items():
        code = sources.index(source)
        parts.append(_rows(one.record_id, code, fields.index(WHOLE_RECORD), one.entity_id, SUBJECT))
    for source, one in named.items():
        code = sources.index(source)
        for name, entity_id in one.copied_from.items():
            at = entity_id != NOBODY
            about = one.record_id[at], code, fields.index(name), entity_id[at]
            parts.append(_rows(*about, SUBJECT))
    for source, one in named.items():
        code = sources.index(source)
        for name, listed in one.mentions.items():
            about = listed.record_id, code, fields.index(name), listed.entity_id
            parts.append(_rows(*about, MENTION))
    record_id, source_code, field_code, entity_id, role = np.concatenate(parts, axis=1)
    return pd.DataFrame(
        {
            "record_id": record_id,
            "source": _category(source_code, sources),
            "field": _category(field_code, fields),
            "entity_id": entity_id,
            "role": _category(role, ROLES),
        }
    )


def _rows(
    record_id: Integers, source: int, field_code: int, entity_id: Integers, role: int
) -> Integers:
    same = np.ones(len(record_id), dtype=np.int64)
    return np.stack([record_id, same * source, same * field_code, entity_id, same * role])


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
