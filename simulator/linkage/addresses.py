"""Street addresses in parts: number, street, flat, in whatever order a list writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.linkage.encoding import Column, beside, either, merged, recode
from simulator.linkage.names import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping

_FLAT = r"(?:apt|apartment|flat|unit|suite|ste|#)\.?"
_PARTS = (
    rf"^(?:{_FLAT}\s*(?P<before>[a-z0-9\-]+)[,\s]+)?"
    r"(?:(?P<number>[0-9]+[a-z]?)[,\s]+)?"
    r"(?P<street>.*?)"
    rf"(?:[,\s]+{_FLAT}\s*(?P<after>[a-z0-9\-]+))?$"
)
_SHORT = {
    "avenue": "ave", "boulevard": "blvd", "circle": "cir", "court": "ct", "crescent": "cres",
    "drive": "dr", "highway": "hwy", "lane": "ln", "parkway": "pkwy", "place": "pl", "road": "rd",
    "square": "sq", "street": "st", "terrace": "ter",
}  # fmt: skip
_LONG_KIND = r"\b(" + "|".join(_SHORT) + r")$"


def address_columns(raw: Mapping[str, Column]) -> dict[str, Column]:
    """Return the columns street, number, address (all parts), zip_code, city and state."""
    columns: dict[str, Column] = {}
    if "street_address" in raw:
        columns.update(_split(raw["street_address"], raw.get("house_number")))
    if "zip_code" in raw:
        code = pc.replace_substring_regex(pc.utf8_lower(raw["zip_code"].values), "[^a-z0-9]", "")
        nine = pc.match_substring_regex(code, "^[0-9]{9}$")
        columns["zip_code"] = recode(
            raw["zip_code"].codes, pc.if_else(nine, pc.utf8_slice_codeunits(code, 0, 5), code)
        )
    for name in ("city", "state"):
        if name in raw:
            columns[name] = recode(raw[name].codes, plain_name(raw[name].values))
    return {name: column for name, column in columns.items() if column.size}


def _split(street_address: Column, house_number: Column | None) -> dict[str, Column]:
    parts = pc.extract_regex(pc.utf8_lower(street_address.values), _PARTS)
    number = recode(street_address.codes, pc.struct_field(parts, "number"))
    if house_number is not None:
        own = recode(
            house_number.codes,
            pc.replace_substring_regex(pc.utf8_lower(house_number.values), r"^0+|[^a-z0-9]", ""),
        )
        number = merged(either(own, number))
    street = _plain_street(recode(street_address.codes, pc.struct_field(parts, "street")))
    after, before = pc.struct_field(parts, "after"), pc.struct_field(parts, "before")
    door = recode(street_address.codes, pc.if_else(pc.equal(after, ""), before, after))
    return {"street": street, "number": number, "address": _whole(number, street, door)}


def _plain_street(street: Column) -> Column:
    """Return streets as plain text with their kind ("Street", "Avenue" …) shortened."""
    street = recode(street.codes, plain_name(street.values))
    values = street.values
    for word, short in _SHORT.items():
        values = pc.replace_substring_regex(values, rf"\b{word}$", short)
    return recode(street.codes, values)


def _whole(number: Column, street: Column, door: Column) -> Column:
    """Return number, street and flat as one column, missing where number or street is."""
    own = np.where(door.codes >= 0, door.codes, np.int32(door.size))
    house = pa.array([""], type=door.values.type)
    return beside([number, street, Column(own, pa.concat_arrays([door.values, house]))])
