"""What a scenario file may say: every setting with its meaning, unit and range.

The JSON schema that editors use is generated from these classes, so a description here is the text
that a person sees when they hover over a setting.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Label = Annotated[str, Field(min_length=1, max_length=60)]
AgeBand = Annotated[str, Field(pattern=r"^\d{1,3}(-\d{1,3}|\+)?$")]

BULK_GATES = ("public", "purchase", "agreement", "own")
INDIVIDUAL_GATES = ("subpoena", "warrant", "observation")
BulkGate = Literal["public", "purchase", "agreement", "own"]
Gate = Literal["public", "purchase", "agreement", "own", "subpoena", "warrant", "observation"]
CensusGroup = Literal["white", "black", "asian_pacific", "native", "two_or_more", "hispanic"]
FactName = Literal[
    "legal_name",
    "sex",
    "birth_date",
    "home_address",
    "phone",
    "email",
    "handle",
    "employer",
    "occupation",
]
FieldRole = Literal["identifying", "quasi-identifier", "sensitive"]
NoiseType = Literal[
    "nickname",
    "surname_dropped",
    "names_swapped",
    "copied_from_household",
    "transliteration",
    "phonetic",
    "default_birth_date",
    "month_day_swap",
    "wrong_digit",
    "transposed",
    "typing",
    "ocr",
    "truncated",
    "blank",
]
DisplayStyle = Literal["legal", "nickname_and_surname", "nickname", "invented"]


class Setting(BaseModel):
    """Base of every part of a scenario: frozen, and unknown settings are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Group(Setting):
    """One group of the population, for example by race or ethnicity."""

    label: Label = Field(description="The group's name as shown in tables and charts.")
    share: Share = Field(description="Share of households in this group (0 to 1; groups sum to 1).")
    census_group: CensusGroup = Field(
        description="Which Census tables its names and household sizes are drawn from."
    )
    double_surname_share: Share = Field(
        default=0.0, description="Share of its people who use two surnames (0 to 1)."
    )
    family_name_first_share: Share = Field(
        default=0.0,
        description="Share of its people whose full name is written family name first (0 to 1).",
    )


class PopulationSettings(Setting):
    """Who lives in the town and around it."""

    town_name: Label = Field(description="An invented name for the town.")
    residents_count: int = Field(
        ge=50, le=5_000_000, description="People who live in the town; every figure is about them."
    )
    outsiders_per_resident: float = Field(
        ge=0,
        le=50,
        description="People of the surroundings per resident. They are in the sources too and can "
        "be mistaken for residents, but no figure counts them.",
    )
    groups: dict[Name, Group] = Field(min_length=1, description="The groups of the population.")
    homeowners_share: Share = Field(
        default=0.662, description="Share of households that own their home (0 to 1)."
    )
    owners_moved_share: Share = Field(
        default=0.036, description="Share of owner households that move in a year (0 to 1)."
    )
    renters_moved_share: Share = Field(
        default=0.178, description="Share of renter households that move in a year (0 to 1)."
    )
    phone_changed_share: Share = Field(
        default=0.08, description="Share of people who change their number in a year (0 to 1)."
    )
    job_changed_share: Share = Field(
        default=0.15, description="Share of workers who change employer in a year (0 to 1)."
    )
    employed_share: Share = Field(
        default=0.62, description="Share of people aged 18 to 69 who are employed (0 to 1)."
    )
    handle_from_email_share: Share = Field(
        default=0.5,
        description="Share of people whose account handle is the name in their e-mail address "
        "(0 to 1).",
    )
    history_years: int = Field(
        default=10, ge=0, le=30, description="How many years of past addresses and names exist."
    )


class Fact(Setting):
    """An ordinary fact about a person."""

    label: Label = Field(description="The fact's name as shown.")
    weight: float = Field(
        ge=0, le=100, description="How much knowing it counts (any unit; 0 means not counted)."
    )


class SensitiveFact(Setting):
    """A fact that can do harm when it is known, or when it is wrongly believed."""

    label: Label = Field(description="The fact's name as shown.")
    weight: float = Field(ge=0, le=100, description="How much knowing it counts (any unit).")
    values: dict[Annotated[str, Field(min_length=1, max_length=60)], Share] = Field(
        min_length=1,
        description="Each possible value and the share of people it is true of (0 to 1). Whoever "
        "is left over has no such fact.",
    )
    minimum_age_years: int = Field(
        default=18, ge=0, le=120, description="Youngest age at which the fact can be true."
    )


class Noise(Setting):
    """One kind of error: which cells it hits, and how badly."""

    cells_share: Share = Field(description="Share of cells that get this error (0 to 1).")
    characters_share: Share = Field(
        default=0.1,
        description="In a chosen cell, the share of characters changed, at least one (0 to 1). "
        "Read by typing, transposed, wrong_digit, ocr and phonetic only.",
    )
    by_group: dict[Name, Annotated[float, Field(ge=0, le=100)]] = Field(
        default_factory=dict,
        description="Multiplies cells_share for a group; 2 means twice as many errors.",
    )


class SourceField(Setting):
    """One column of a source."""

    role: FieldRole = Field(description="What the column is to whoever joins records.")
    missing_share: Share = Field(
        default=0.0, description="Share of records that lack this field (0 to 1)."
    )
    noise: dict[NoiseType, Noise] = Field(
        default_factory=dict,
        description="Errors of this field; each replaces the source's error of the same kind.",
    )
    styles: dict[DisplayStyle, Share] = Field(
        default_factory=dict,
        description="For display_name only: share of accounts per style of name (sum to 1).",
    )


class Coverage(Setting):
    """Whom a source sees."""

    share: Share | None = Field(
        default=None, description="Share of eligible people (or accounts) it sees (0 to 1)."
    )
    by_age: dict[AgeBand, Share] = Field(
        default_factory=dict,
        description="Share seen per age band, for example '18-29' or '65+'; ages not named are "
        "not seen. Give this or share, not both.",
    )
    by_group: dict[Name, Annotated[float, Field(ge=0, le=10)]] = Field(
        default_factory=dict,
        description="Multiplies the share for a group; the result is capped at 1.",
    )
    minimum_age_years: int = Field(
        default=18, ge=0, le=120, description="Youngest age it sees, when share is given."
    )


class Source(Setting):
    """One list about people."""

    label: Label = Field(description="The source's name as shown.")
    about: str = Field(default="", description="One sentence on what it holds, shown to readers.")
    gate: Gate = Field(description="How it may be obtained.")
    exists: bool = Field(
        default=True, description="Whether the source is kept at all. false: nobody has it."
    )
    record_of: Literal["person", "household_account"] = Field(
        description="What one record stands for. A household account is in one adult's name."
    )
    coverage: Coverage = Field(description="Whom the source sees.")
    staleness_years: float = Field(
        default=0.0,
        ge=0,
        le=30,
        description="Mean age of a record in years; older facts may have changed since.",
    )
    duplicates_share: Share = Field(
        default=0.0, description="Share of those seen who have a second record (0 to 1)."
    )
    noise: dict[NoiseType, Noise] = Field(
        default_factory=dict,
        description="Errors of every field of this source that the error can happen to.",
    )
    noise_correlation: Share = Field(
        default=0.0,
        description="How far errors gather in careless records, one record in ten (0 to 1). 0: all "
        "records are alike; 1: only careless ones have errors. How many errors there are in all "
        "stays the same.",
    )
    fields: dict[Name, SourceField] = Field(min_length=1, description="The columns it holds.")


class Adversary(Setting):
    """Who joins the records."""

    label: Label = Field(description="Who it is, as shown.")
    powers: tuple[BulkGate, ...] = Field(
        min_length=1, description="The gates it can pass; sources behind other gates stay closed."
    )


class LinkageSettings(Setting):
    """How records are joined."""

    engine: Literal["vectorised", "recordlinkage"] = Field(
        default="vectorised",
        description="Who brings the pairs and compares them. vectorised: our own, fast. "
        "recordlinkage: the Python Record Linkage Toolkit, slower, to check the other.",
    )
    threshold: Annotated[float, Field(ge=0.01, le=1)] = Field(
        default=0.9, description="Least match probability at which two records are joined."
    )
    method: Literal["constrained", "connected"] = Field(
        default="constrained",
        description="constrained: at most one record per source in a cluster, best links first. "
        "connected: everything that is linked, however indirectly (over-links).",
    )


class Scenario(Setting):
    """A town, its sources, its facts and whoever joins them. Everyone in it is synthetic."""

    schema_version: Literal[1] = Field(description="Version of this file format; always 1.")
    title: Annotated[str, Field(min_length=1, max_length=80)] = Field(description="Its name.")
    about: str = Field(description="What the scenario shows, in a sentence or two.")
    seed: int = Field(ge=0, le=2**53, description="Any whole number; the same seed, the same town.")
    as_of: dt.date = Field(
        ge=dt.date(1990, 1, 1),
        le=dt.date(2050, 12, 31),
        description="The day on which everything is looked at (1990-01-01 to 2050-12-31).",
    )
    population: PopulationSettings = Field(description="Who lives in the town and around it.")
    facts: dict[FactName, Fact] = Field(
        min_length=1, description="What there is to know about a person, with its weight."
    )
    sensitive_facts: dict[Name, SensitiveFact] = Field(
        default_factory=dict, description="What can do harm when known, with its weight."
    )
    noise_enabled: bool = Field(
        default=True, description="false turns every error of every source off."
    )
    sources: dict[Name, Source] = Field(
        min_length=1, max_length=30, description="The lists, in the order in which they are joined."
    )
    adversary: Adversary = Field(description="Who joins the records, and what it can obtain.")
    linkage: LinkageSettings = Field(
        default_factory=LinkageSettings, description="How records are joined."
    )

    def reachable(self) -> tuple[str, ...]:
        """Return the names of the sources that exist and whose gate the adversary can pass."""
        return tuple(
            name
            for name, source in self.sources.items()
            if source.exists and source.gate in self.adversary.powers
        )
