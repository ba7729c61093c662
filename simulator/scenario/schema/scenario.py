"""A whole scenario file."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from simulator.scenario.schema.adversary import Adversary, LinkageSettings, Triage
from simulator.scenario.schema.base import INDIVIDUAL_GATES, Name, Setting
from simulator.scenario.schema.population import (
    Fact,
    FactName,
    Haunt,
    PopulationSettings,
    SensitiveFact,
)
from simulator.scenario.schema.source import Source
from simulator.tables import FACT_FORMS, TOKENS, VOCABULARY


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
    observation_days: int = Field(
        default=28,
        ge=1,
        le=366,
        description="How many days before as_of the sensors have been watching (1 to 366).",
    )
    population: PopulationSettings = Field(description="Who lives in the town and around it.")
    facts: dict[FactName, Fact] = Field(
        min_length=1, description="What there is to know about a person, with its weight."
    )
    sensitive_facts: dict[Name, SensitiveFact] = Field(
        default_factory=dict, description="What can do harm when known, with its weight."
    )
    haunts: dict[Name, Haunt] = Field(
        default_factory=dict,
        max_length=40,
        description="Places of the town where people are seen, and what that says about them.",
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
    triage: Triage | None = Field(
        default=None, description="A rule that ranks people or areas for attention; none: no rule."
    )

    def reachable(self) -> tuple[str, ...]:
        """Return the names of the sources that exist and whose gate the adversary can pass.

        Sources that open for targets only are among them if there are targets and requests.
        """
        adversary = self.adversary
        asks = adversary.targets_count > 0 and adversary.targeted_requests_count > 0
        return tuple(
            name
            for name, source in self.sources.items()
            if source.exists
            and source.gate in adversary.powers
            and (asks or source.gate not in INDIVIDUAL_GATES)
        )

    def individually_obtained(self) -> tuple[str, ...]:
        """Return the reachable sources that open for the adversary's targets only."""
        return tuple(
            name for name in self.reachable() if self.sources[name].gate in INDIVIDUAL_GATES
        )

    def with_opt_out(self) -> tuple[str, ...]:
        """Return the reachable sources that people can leave."""
        return tuple(name for name in self.reachable() if self.sources[name].opt_out)

    def attaching(self) -> tuple[str, ...]:
        """Return the sources whose records are events in a life and not profiles of a person.

        Any number of their records may belong to one person: jobs, events, sightings.
        """
        return tuple(
            name
            for name, source in self.sources.items()
            if source.record_of in ("job", "event", "sighting")
        )

    def profiles(self) -> tuple[str, ...]:
        """Return the other sources: their records are profiles of a person."""
        attaching = self.attaching()
        return tuple(name for name in self.sources if name not in attaching)

    def quasi_identifiers(self) -> tuple[str, ...]:
        """Return the columns that tell people apart without saying who they are.

        They state the facts of which some source calls a column a quasi-identifier and none calls
        one identifying; names are none, and sensitive facts never are. Every form of such a fact
        counts: where a source holds the date of birth, the year of birth is one too.
        """
        role_of: dict[str, set[str]] = {}
        for source in self.sources.values():
            for column, field in source.fields.items():
                role_of.setdefault(column, set()).add(field.role)
        found: list[str] = []
        for fact in self.facts:
            forms = FACT_FORMS[fact]
            roles = set().union(*(role_of.get(form, set()) for form in forms))
            if "quasi-identifier" in roles and "identifying" not in roles:
                found += [form for form in forms if VOCABULARY[form] != "name"]
        return tuple(found)

    def without_token(self) -> tuple[str, ...]:
        """Return the sources of sightings that hold nothing to know a person by."""
        return tuple(
            name
            for name, source in self.sources.items()
            if source.record_of == "sighting" and not set(source.fields) & set(TOKENS)
        )
