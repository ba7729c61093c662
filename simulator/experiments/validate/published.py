"""The published figures of ``data/published.yaml``, checked as they are read."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from ruamel.yaml import YAML

from simulator.locations import DATA

FILE = "published.yaml"


class Row(BaseModel):
    """A published figure, where it comes from, and what of ours stands beside it.

    The file itself says what each part means.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    section: str
    result: str
    check: Literal["emerges", "input", "consistency"]
    measure: str
    of: dict[str, Any] = {}
    value: float | None = None
    figure: str = ""
    unit: Literal["share", "points", "power", "pairs", "ratio"] = "share"
    source: str
    mark: Literal["seen", "recalled", "press", "calculated", "estimate"]
    accept: tuple[float, float] | None = None
    within: float | None = Field(default=None, ge=0)
    tested: bool = True
    least_people: int = 0
    why: str = ""

    @model_validator(mode="after")
    def _tested_rows_have_a_range(self) -> Row:
        if self.accept is not None and self.within is not None:
            raise ValueError(f"{self.key}: give accept or within, not both")
        if self.tested and self.accept is None and self.within is None:
            raise ValueError(f"{self.key}: a tested row needs accept or within")
        return self


def published_rows() -> tuple[Row, ...]:
    """Return the rows of the table of published figures, in its order.

    Raises
    ------
    pydantic.ValidationError
        If a row lacks a part, has one that is not known, or is tested without a range.
    """
    sections = YAML(typ="safe").load((DATA / FILE).read_text(encoding="utf-8"))
    return tuple(
        Row.model_validate({"section": section["section"], **row})
        for section in sections
        for row in section["rows"]
    )
