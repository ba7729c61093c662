"""Faces among the records: their templates, and how alike two of them are.

Templates are rounded to multiples of 1/2048. Products of such numbers are multiples of 2**-22, and
sums of them stay below 4, so single precision holds them without any rounding: a likeness does not
depend on how the work was cut into blocks or in which order records stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from simulator.face_templates import face_digests, face_names, similarity_threshold, templates_of
from simulator.tables import FACE_SIZE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt
    import pandas as pd

    from simulator.face_templates import Templates
    from simulator.linkage.encoding import Rows

FALSE_MATCH_SHARE = 1e-4
"""What search is set to unless told otherwise: how often it takes two strangers for one."""

ALIKE_FACTOR = 30
"""Two faces are "alike" from a likeness on that strangers reach this many times as often."""

SAME, ALIKE = "same face", "faces alike"
"""What is counted over all pairs: those that reach the one likeness, and the other."""

_STEPS = 2048


@dataclass(frozen=True, eq=False)
class Faces:
    """The templates that the records hold.

    Attributes
    ----------
    templates : float32 array, faces × `FACE_SIZE`
        Of unit length but for rounding to multiples of 1/2048.
    place : int64 array, one per record
        Row of `templates`; -1 for a record without a face.
    false_match_share : float
        What search is set to.
    """

    templates: Templates
    place: Rows
    false_match_share: float

    @property
    def shares(self) -> Mapping[str, float]:
        """Return how often two random templates reach each likeness."""
        share = self.false_match_share
        return {SAME: share, ALIKE: min(ALIKE_FACTOR * share, 0.5)}

    @property
    def likeness(self) -> Mapping[str, np.float32]:
        """Return the least cosine of each likeness."""
        return {name: np.float32(similarity_threshold(x)) for name, x in self.shares.items()}


def gather_faces(records: Mapping[str, pd.DataFrame], false_match_share: float) -> Faces | None:
    """Return the faces of all sources, their records one below another; None without any."""
    if not any("face" in frame.columns for frame in records.values()):
        return None
    templates, present = [np.zeros((0, FACE_SIZE), dtype=np.float32)], []
    for frame in records.values():
        if "face" in frame.columns:
            found, has_face = templates_of(frame["face"])
            templates.append(found)
            present.append(has_face)
        else:
            present.append(np.zeros(len(frame), dtype=np.bool_))
    has_one = np.concatenate(present)
    if not has_one.any():
        return None
    rounded = np.rint(np.concatenate(templates) * _STEPS) / np.float32(_STEPS)
    place = np.where(has_one, np.cumsum(has_one) - 1, -1)
    return Faces(rounded.astype(np.float32), place, false_match_share)


def names_of_faces(faces: Faces) -> pa.LargeStringArray:
    """Return a short name per record, the same for equal templates; null without one."""
    names = face_names(face_digests(faces.templates))
    return names.take(pa.array(faces.place, mask=faces.place < 0))


def likenesses(faces: Faces, left: Rows, right: Rows) -> npt.NDArray[np.float32]:
    """Return the cosine of the faces of each two records; NaN where either has none."""
    one, other = faces.place[left], faces.place[right]
    found = np.full(len(left), np.nan, dtype=np.float32)
    both = np.flatnonzero((one >= 0) & (other >= 0))
    for piece in np.array_split(both, max(1, len(both) // 100_000)):
        products = faces.templates[one[piece]] * faces.templates[other[piece]]
        found[piece] = products.sum(axis=1, dtype=np.float32)
    return found
