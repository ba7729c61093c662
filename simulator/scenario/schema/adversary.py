"""Settings of whoever joins the records: its powers, how it joins, what holds it back."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simulator.scenario.schema.base import Factor, Gate, Label, Name, Setting, Share


class Review(Setting):
    """A rule of evidence: what a fact needs before it counts as known."""

    least_sources_count: int = Field(
        default=2, ge=1, le=10, description="Sources that must agree on a fact before it is used."
    )
    hours_per_dossier: float = Field(
        default=0.0, ge=0, le=100, description="Working hours a person spends on one file."
    )
    errors_found_share: Share = Field(
        default=0.0,
        description="Share of untrue facts that the reader of a file strikes out (0 to 1).",
    )


class Adversary(Setting):
    """Who joins the records."""

    label: Label = Field(description="Who it is, as shown.")
    powers: tuple[Gate, ...] = Field(
        min_length=1,
        description="The gates it can pass; sources behind other gates stay closed. subpoena, "
        "warrant and observation open a source for people on its target list only.",
    )
    method: Literal["join_everything", "look_up_targets"] = Field(
        default="join_everything",
        description="join_everything: all records it can obtain are linked. look_up_targets: it "
        "looks its targets up one by one, by exact name and birth date or address.",
    )
    targets_count: int = Field(
        default=0, ge=0, le=1_000_000, description="Residents on its target list."
    )
    targets_with: Name | None = Field(
        default=None,
        description="Targets are drawn among residents of whom this sensitive fact is true; none: "
        "among all adults.",
    )
    targeted_requests_count: int = Field(
        default=0,
        ge=0,
        le=10_000_000,
        description="Most requests it can make: one is one target looked up in one source.",
    )
    review: Review | None = Field(
        default=None, description="What must happen before a fact in a file is acted on."
    )


class Audit(Setting):
    """An outside check of the joining, by group, on a sample whose truth is found out."""

    sample_share: Share = Field(
        default=0.1, description="Share of the accepted links that are checked (0 to 1)."
    )
    wrong_links_share: Share = Field(
        default=0.02,
        description="Wrong links that are tolerated: each group's threshold is raised until no "
        "more of its checked links are wrong (0 to 1).",
    )


class LinkageSettings(Setting):
    """How records are joined."""

    engine: Literal["vectorised", "recordlinkage", "splink", "splink_spark"] = Field(
        default="vectorised",
        description="Who brings the pairs and compares them. vectorised: our own, fast. "
        "recordlinkage: the Python Record Linkage Toolkit, slower, to check the other. "
        "splink: Splink on DuckDB, which compares in SQL and keeps the pairs in files (needs the "
        "extra splink). splink_spark: the same on Spark, slow on one machine and made for many "
        "(needs the extra spark, and Java 17).",
    )
    threshold: Annotated[float, Field(ge=0.01, le=1)] = Field(
        default=0.9, description="Least match probability at which two records are joined."
    )
    method: Literal["constrained", "connected"] = Field(
        default="constrained",
        description="constrained: at most one record per source in a cluster, best links first. "
        "connected: everything that is linked, however indirectly (over-links).",
    )
    face_false_match_share: Annotated[float, Field(ge=1e-7, le=0.01)] = Field(
        default=1e-4,
        description="What face search is set to: how often it takes two different faces for one, "
        "per pair of pictures.",
    )
    audit: Audit | None = Field(
        default=None, description="A check that sets a threshold for each group; none: one for all."
    )


class Triage(Setting):
    """A rule that ranks people or squares of the map for attention: "predictive analytics".

    It is here to show how such a rule goes wrong. Whom it ought to find is drawn at random, alike
    in every group.
    """

    ranks: Literal["people", "areas"] = Field(
        description="What is ranked: the people on file, or the squares of the map."
    )
    weights: dict[Name, Annotated[float, Field(ge=-100, le=100)]] = Field(
        min_length=1,
        description="Points per record in a source, or per sensitive fact on file.",
    )
    flagged_share: Share = Field(
        default=0.05,
        description="Share of people, or of squares, that are flagged; at least one, unless 0 "
        "(0 to 1).",
    )
    outcome_share: Share = Field(
        default=0.05,
        description="Share of adults it ought to find, the same in every group (0 to 1).",
    )
    attention_factor: Factor = Field(
        default=2.0,
        description="How many times as often as before flagged people or squares are met in the "
        "next round (at most 20 times as often as at first).",
    )
    rounds_count: int = Field(
        default=4, ge=1, le=20, description="Rounds; each feeds the records of the one before."
    )
