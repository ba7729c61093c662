"""Characters that no error touches, so that no number or address can become a real person's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.sources.cells import Codes, Truths

PROTECTED_PLACES: Mapping[str, tuple[int, ...]] = {
    "phone": (0, 1, 2),  # area code 555
    "national_id": (0, 4),  # 9, and a middle part below 50
    "zip_code": (0, 1, 2),  # 00000 to 00499
    "licence_number": (0, 1),  # XX
    "plate": (0,),  # X
}
"""Places of the characters, counted from 0, that keep an identifier in a range nobody has."""

_AT_SIGN = ord("@")


def protected(field: str, codes: Codes) -> Truths:
    """Return which characters of a column must stay as they are.

    Of an e-mail address that is its domain, with the sign before it: any other might exist.

    Parameters
    ----------
    field : str
        The column.
    codes : array of uint32, shape (n, width)
        The values as `simulator.sources.cells.unpack` returns them.

    Returns
    -------
    array of bool, shape (n, width)

    Examples
    --------
    >>> protected("email", np.array([[ord(one) for one in "al@b.c"]])).tolist()
    [[False, False, True, True, True, True]]
    >>> protected("zip_code", np.array([[ord(one) for one in "00142"]])).sum().tolist()
    3
    """
    if field == "email":
        return np.asarray(np.logical_or.accumulate(codes == _AT_SIGN, axis=1), dtype=np.bool_)
    kept = np.isin(np.arange(codes.shape[1]), PROTECTED_PLACES.get(field, ()))
    return np.asarray(np.broadcast_to(kept, codes.shape), dtype=np.bool_)
