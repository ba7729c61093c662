"""Face templates: from which likeness on two are taken for one, and what they are called.

A template is a list of `FACE_SIZE` numbers of unit length; two are compared by their cosine. Here
every template is drawn at random: there is no picture behind it and no person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from simulator.randomness import combine
from simulator.tables import FACE, FACE_SIZE, text

if TYPE_CHECKING:
    import pandas as pd

    from simulator.randomness import Words

Templates: TypeAlias = npt.NDArray[np.float32]

_HEX_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_DIGITS_SHOWN = 12


def similarity_threshold(false_match_share: float) -> float:
    """Return the cosine that two independent random directions reach with this probability.

    The cosine w of two independent uniform directions in d dimensions has (w + 1) / 2 distributed
    as Beta((d - 1) / 2, (d - 1) / 2); here d = `FACE_SIZE`.

    Parameters
    ----------
    false_match_share : float
        Above 0, below 1.

    Examples
    --------
    >>> round(similarity_threshold(1e-4), 4)
    0.4455
    >>> round(similarity_threshold(0.5), 4)
    0.0
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - a run without faces does without

    half = (FACE_SIZE - 1) / 2
    return float(1.0 - 2.0 * betaincinv(half, half, false_match_share))


def templates_of(column: pd.Series[Any]) -> tuple[Templates, npt.NDArray[np.bool_]]:
    """Return the templates that a column of faces holds, and which of its rows hold one.

    Parameters
    ----------
    column : Series of dtype `FACE`

    Returns
    -------
    templates : float32 array, one row per template, `FACE_SIZE` columns
    present : bool array, one per row of the column
    """
    array = pa.array(column.astype(FACE))
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    present = array.is_valid().to_numpy(zero_copy_only=False)
    numbers = array.drop_null().flatten().to_numpy(zero_copy_only=False)
    return numbers.reshape(-1, FACE_SIZE), present


def face_column(templates: Templates, present: npt.NDArray[np.bool_]) -> pa.FixedSizeListArray:
    """Return the reverse of `templates_of`: an Arrow array with a template where one is present."""
    numbers = np.zeros((len(present), FACE_SIZE), dtype=np.float32)
    numbers[present] = templates
    return pa.FixedSizeListArray.from_arrays(
        pa.array(numbers.ravel()), FACE_SIZE, mask=pa.array(~present)
    )


def face_digests(templates: Templates) -> Words:
    """Return a number per template that depends on every bit of it."""
    exact = np.ascontiguousarray(templates, dtype=np.float32)
    words = exact.view(np.int64)  # two numbers a word
    return combine(*words.T) if len(words) else np.zeros(0, dtype=np.uint64)


def face_names(digests: Words) -> pa.LargeStringArray:
    """Return a short name for each digest; equal faces have equal names.

    >>> face_names(np.array([255, 2**64 - 1], dtype=np.uint64)).to_pylist()
    ['face 000000000000', 'face ffffffffffff']
    """
    shifts = np.arange(60, 60 - 4 * _DIGITS_SHOWN, -4, dtype=np.uint64)
    digits = _HEX_DIGITS[((digests[:, None] >> shifts) & np.uint64(15)).astype(np.int64)]
    name = np.frombuffer(b"face ", dtype=np.uint8)
    letters = np.concatenate([np.broadcast_to(name, (len(digests), len(name))), digits], axis=1)
    offsets = np.arange(len(digests) + 1, dtype=np.int64) * letters.shape[1]
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(letters))]
    return pa.Array.from_buffers(pa.large_string(), len(digests), buffers)


def described_faces(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of records with any face told in a few words, for people to read.

    >>> import pandas as pd
    >>> one = face_column(np.eye(1, FACE_SIZE, dtype=np.float32), np.array([True, False]))
    >>> seen = pd.DataFrame({"face": pd.array(one, dtype=FACE), "plate": ["A", "B"]})
    >>> described_faces(seen)["face"].to_list()
    ['face c1a383cfd532 (64 synthetic numbers)', <NA>]
    >>> described_faces(seen[["plate"]])["plate"].to_list()
    ['A', 'B']
    """
    if "face" not in frame.columns:
        return frame
    templates, present = templates_of(frame["face"])
    words = np.full(len(frame), None, dtype=object)
    names = face_names(face_digests(templates)).to_numpy(zero_copy_only=False)
    words[present] = names + f" ({FACE_SIZE} synthetic numbers)"
    return frame.assign(face=text(words))
