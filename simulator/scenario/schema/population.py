"""Settings of the population: who lives in the town and around it, and what is true of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simulator.scenario.schema.base import Label, Name, Setting, Share

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
    "plate",
]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


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
    face_false_match_factor: Annotated[float, Field(ge=1, le=100)] = Field(
        default=1.0,
        description="How many times as often face search takes two of its people for one, beside "
        "the rate that the software is set to (1 to 100).",
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
    neighbourhood_sorting_share: Share = Field(
        default=0.0,
        description="Share of households that live among their own group (0: all streets are "
        "mixed alike; 1: each group has streets of its own).",
    )
    residents_per_area_count: int = Field(
        default=250,
        ge=20,
        le=100_000,
        description="Residents per square of the town's map; a square is what a sensor tells.",
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


class Haunt(Setting):
    """A place of the town where being seen says something about a person."""

    label: Label = Field(description="The place's name as shown.")
    fact: Name | None = Field(
        default=None,
        description="The sensitive fact that being seen here states; none for a shop or a gym.",
    )
    value: Annotated[str, Field(min_length=1, max_length=60)] | None = Field(
        default=None, description="The value of that fact, as listed under sensitive_facts."
    )
    visits_per_week: float = Field(
        default=0.0, ge=0, le=14, description="Visits a week of each person the fact is true of."
    )
    others_visits_per_week: float = Field(
        default=0.0,
        ge=0,
        le=14,
        description="Visits a week of each other resident: staff, companions, people passing.",
    )
    days: tuple[Weekday, ...] = Field(
        default=("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
        min_length=1,
        description="Days on which it is visited.",
    )
    first_hour: int = Field(default=9, ge=0, le=23, description="First hour of visits (0 to 23).")
    last_hour: int = Field(default=18, ge=0, le=23, description="Last hour of visits (0 to 23).")
