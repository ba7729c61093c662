"""What the parts of the schema share: the base of every setting, and how values are written."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]
Factor = Annotated[float, Field(ge=0, le=100)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Label = Annotated[str, Field(min_length=1, max_length=60)]
AgeBand = Annotated[str, Field(pattern=r"^\d{1,3}(-\d{1,3}|\+)?$")]

BULK_GATES = ("public", "purchase", "agreement", "own")
INDIVIDUAL_GATES = ("subpoena", "warrant", "observation")
Gate = Literal["public", "purchase", "agreement", "own", "subpoena", "warrant", "observation"]
GATES_BY_DEMAND: tuple[Gate, ...] = (
    "public",
    "purchase",
    "agreement",
    "own",
    "observation",
    "subpoena",
    "warrant",
)
"""From the gate that asks least of whoever passes it to the one that asks most.

Observation and subpoena are on a par; observation, which needs nobody's leave, goes first.
"""


class Setting(BaseModel):
    """Base of every part of a scenario: frozen, and unknown settings are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
