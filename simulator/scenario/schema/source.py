"""Settings of one source: whom it sees, what it holds, what goes wrong, how it is obtained."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simulator.scenario.schema.base import AgeBand, Factor, Gate, Label, Name, Setting, Share

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
    "wrong_guess",
    "blank",
]
RecordOf = Literal[
    "person", "household_account", "subscription", "job", "event", "sighting", "compiled"
]
DisplayStyle = Literal["legal", "nickname_and_surname", "nickname", "invented"]


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
    warrant_reserved: bool = Field(
        default=False,
        description="Whether the law reserves the column to a warrant: an agency that demands it "
        "from whoever keeps it needs one. Where the source is for sale it needs none; how much "
        "becomes known that way is the measure of bypass. Changes who obtains nothing: that is "
        "the gate.",
    )
    quality: Share = Field(
        default=0.9,
        description="For face only: how good the pictures are (0: no likeness; 1: perfect).",
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


class Events(Setting):
    """Something that happens to people now and then, and leaves a record each time."""

    per_person_year: float = Field(
        ge=0, le=50, description="Events a year of a person of average exposure."
    )
    by_group: dict[Name, Factor] = Field(
        default_factory=dict, description="Multiplies the rate for a group."
    )
    only_with: Name | None = Field(
        default=None, description="Only people of whom this sensitive fact is true."
    )
    years: float = Field(
        default=3.0, gt=0, le=30, description="How far back events are on file, in years."
    )
    reasons: dict[Annotated[str, Field(min_length=1, max_length=40)], Share] = Field(
        default_factory=dict,
        description="What kinds of event there are, with their shares (sum to 1); see event_kind.",
    )


class Sightings(Setting):
    """What a sensor sees of people on the move.

    The token (plate, device, phone, card or face) is whichever of these its fields name; one
    record stands for everything seen of one token, or for one sighting where the token is a face
    or there is none.
    """

    per_person_day: float = Field(
        ge=0,
        le=24,
        description="Sightings a day of a person who is always where a sensor is.",
    )
    sensors_share: Share = Field(
        default=1.0, description="Share of the map's squares that have a sensor (0 to 1)."
    )
    at: tuple[Name, ...] = Field(
        default=(),
        description="Where it looks: home, work, street or the names of haunts; empty: everywhere.",
    )
    first_hour: int = Field(default=0, ge=0, le=23, description="First hour of the day it sees.")
    last_hour: int = Field(default=23, ge=0, le=23, description="Last hour of the day it sees.")
    wrong_person_share: Share = Field(
        default=0.0,
        description="Share of sightings of somebody else of the household, who drives the car or "
        "carries the telephone (0 to 1).",
    )


class Compiled(Setting):
    """How a broker's file came about: joined from other sources once, some time ago."""

    from_sources: tuple[Name, ...] = Field(
        min_length=1, description="The sources it was joined from, the most trusted first."
    )
    years_ago: float = Field(
        default=1.0, ge=0, le=10, description="How long ago it was joined, in years."
    )
    threshold: Annotated[float, Field(ge=0.01, le=1)] = Field(
        default=0.8, description="Least match probability at which it joined two records."
    )


class Source(Setting):
    """One list about people."""

    label: Label = Field(description="The source's name as shown.")
    about: str = Field(default="", description="One sentence on what it holds, shown to readers.")
    gate: Gate = Field(description="How it may be obtained.")
    exists: bool = Field(
        default=True, description="Whether the source is kept at all. false: nobody has it."
    )
    record_of: RecordOf = Field(
        description="What one record stands for. person: a person. household_account: an account "
        "in one adult's name. subscription: a telephone line, billed to its holder's household. "
        "job: a present or former job. event: something that happened on a day (see events). "
        "sighting: what a sensor saw (see sightings). compiled: a profile joined from other "
        "sources (see compiled)."
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
    events: Events | None = Field(
        default=None, description="For record_of: event; how often it happens, and to whom."
    )
    sightings: Sightings | None = Field(
        default=None, description="For record_of: sighting; where sensors stand, what they see."
    )
    compiled: Compiled | None = Field(
        default=None, description="For record_of: compiled; which sources it was joined from."
    )
    household_bill_share: Share = Field(
        default=0.5,
        description="For record_of: subscription; share of lines on the household's bill, in the "
        "name of one adult, whoever uses them (0 to 1). The rest is in the user's own name.",
    )
    areas_spread: float = Field(
        default=0.0,
        ge=0,
        le=3,
        description="How unevenly events or sightings fall on the squares of the map (0: evenly; "
        "1: one square in six has 2.7 times as many as the middle one, or more). The same squares "
        "are watched more by every source.",
    )
    retention_days: int | None = Field(
        default=None,
        ge=1,
        le=36_500,
        description="Events and sightings older than this are deleted; none: all are kept.",
    )
    removed_share: Share = Field(
        default=0.0,
        description="Share of people who are no longer in it: they opted out, had their record "
        "deleted, or left the service (0 to 1). The same people are careful everywhere.",
    )
    opt_out: bool = Field(
        default=False,
        description="Whether people can have themselves taken out of it, or leave the service. By "
        "itself it takes nobody out: removed_share says who has gone.",
    )
    corrected_share: Share = Field(
        default=0.0,
        description="Share of people who had their record mended: it is of today and free of "
        "errors (0 to 1). The same people are careful everywhere.",
    )
    fields: dict[Name, SourceField] = Field(min_length=1, description="The columns it holds.")
