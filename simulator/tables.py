"""What the stages hand one another: the tables, and the vocabulary of their columns.

Everything here is immutable by convention: a stage returns new tables and never edits what it was
given. Text columns use one dtype (`TEXT`: Arrow-backed strings, missing is ``pd.NA``), identifiers
are int64, true dates are ``datetime64[s]``, dates in records are ISO text (they can be garbled).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.linkage.learnt import Learnt
    from simulator.scenario.schema import Scenario
    from simulator.sources.access import Obtained

TEXT = pd.StringDtype("pyarrow")

Kind: TypeAlias = Literal["name", "text", "date", "year", "month_day", "digits", "category", "face"]
Interval: TypeAlias = Literal[
    "wilson",
    "newcombe",
    "household_bootstrap",
    "replicates",
    "paired_t",
    "permutations",
    "orders",
    "greenwood",
    "none",
]
Status: TypeAlias = Literal["right", "outdated", "somebody_else", "garbled"]
STATUSES: tuple[Status, ...] = ("right", "outdated", "somebody_else", "garbled")

VOCABULARY: Mapping[str, Kind] = {
    "first_name": "name",
    "middle_name": "name",
    "last_name": "name",
    "full_name": "name",
    "display_name": "name",
    "sex": "category",
    "birth_date": "date",
    "birth_year": "year",
    "birth_month_day": "month_day",
    "street_address": "text",
    "house_number": "digits",
    "city": "text",
    "zip_code": "digits",
    "state": "category",
    "phone": "digits",
    "email": "text",
    "handle": "text",
    "national_id": "digits",
    "national_id_last4": "digits",
    "licence_number": "digits",
    "plate": "text",
    "device": "category",
    "card": "category",
    "face": "face",
    "home_area": "category",
    "work_area": "category",
    "employer": "text",
    "birth_place": "text",
    "occupation": "text",
}
"""Every column a source may hold and linkage may compare, and what kind of value it holds.

Sensitive facts are columns too, named by the scenario; linkage never sees them.
"""

RECORD_DATE = "record_date"
"""Column of every record frame: the ISO day the source last refreshed the record; not compared."""

TOKENS = ("plate", "device", "phone", "card", "face")
"""What a sensor can know a person by; at most one of them per source of sightings."""

TIE_FIELDS: Mapping[str, str] = {"friends": "handle", "call_partners": "phone"}
"""Fields that list other people, and the column of `Population.people` they are listed by."""

DETAIL_FIELDS: Mapping[str, str] = {
    "seen_area": "square of the map where the token was last seen",
    "seen_at": "day and hour when the token was last seen",
    "sightings_count": "how often the token was seen",
    "event_date": "day of the event",
    "event_area": "square of the map where it happened",
    "event_kind": "what kind of event it was",
    "job_from": "first day of the job",
    "job_to": "last day of the job; empty for a present one",
    "work_address": "where the employer is",
    "travelled_to": "where a journey led",
}
"""Fields that are on file but neither compared nor facts of `FACT_FORMS`."""

FACE_SIZE = 64
"""Numbers in a face template."""

FACE = pd.ArrowDtype(pa.list_(pa.float32(), FACE_SIZE))
"""dtype of the column ``face``: a template of unit length, or missing."""

FACT_FORMS: Mapping[str, tuple[str, ...]] = {
    "legal_name": ("full_name",),
    "sex": ("sex",),
    "birth_date": ("birth_date", "birth_year", "birth_month_day"),
    "home_address": ("street_address", "home_area", "zip_code", "city"),
    "phone": ("phone",),
    "email": ("email",),
    "handle": ("handle",),
    "employer": ("employer",),
    "occupation": ("occupation",),
    "plate": ("plate",),
}
"""Each ordinary fact and the columns that can state it: the exact form first, then coarser ones."""


def text(values: Any) -> pd.api.extensions.ExtensionArray:
    """Return `values` (Arrow array, list or object array; None is missing) as a `TEXT` array."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if isinstance(values, pa.Array):
        values = values.cast(pa.large_string())
    array: pd.api.extensions.ExtensionArray = pd.array(values, dtype=TEXT)
    return array


@dataclass(frozen=True)
class Rate:
    """A figure with its uncertainty.

    Attributes
    ----------
    value, low, high : float
        The estimate and the ends of its 95 % interval, in the unit of the measure; NaN where the
        measure is not defined (for example a precision without a single link).
    n : int
        How many people, dossiers or pairs the figure is computed over.
    interval : Interval
        How the interval was obtained; "orders" is where values over orders of the sources lie.
    """

    value: float
    low: float
    high: float
    n: int
    interval: Interval


@dataclass(frozen=True)
class Population:
    """The true facts of every synthetic person.

    Attributes
    ----------
    people : DataFrame
        Index ``entity_id`` (int64, unique, sorted). Columns: ``household_id`` (int64),
        ``resident`` (bool; False for outsiders, who are in the sources and in no denominator),
        ``group`` (category), ``household_role`` (category), ``sex`` ("F"/"M"), ``birth_date``
        (datetime64[s]), ``age`` (int64, whole years at ``as_of``), ``first_name``,
        ``nickname`` (equals first_name where none is known), ``middle_name``, ``last_name`` (two
        surnames are separated by a space), ``family_name_first`` (bool; whether the full name is
        written "Last First"), ``address_id`` (int64), ``phone``, ``email``, ``handle``,
        ``second_handle`` (of a second account, for whoever has one),
        ``employer``, ``work_area`` (square of the map; missing without work), ``occupation``,
        ``national_id``, ``licence_number``, ``plate``, ``device`` (advertising identifier of the
        telephone), ``card`` (number of a payment card), ``birth_place`` and one column per
        sensitive fact (missing where the fact is not true).
    households : DataFrame
        Index ``household_id``; ``address_id``, ``tenure`` ("owner"/"renter"), ``resident``,
        ``size_count``.
    addresses : DataFrame
        Index ``address_id``; text columns ``street_address`` (number, street and flat),
        ``house_number``, ``city``, ``state``, ``zip_code``, ``home_area`` (square of the town's
        map, "C4"; squares of the surroundings begin with a tilde, "~C4").
    workplaces : DataFrame
        Index ``employer`` (text); ``in_town`` (bool), ``work_area`` and ``work_address``. A large
        employer has two rows, a site for residents and one for outsiders.
    haunts : DataFrame
        Index ``haunt`` (its name in the scenario); ``seen_area``.
    ties : DataFrame
        ``entity_id_l`` < ``entity_id_r``, ``tie`` (category: household, kin, coworker, neighbour,
        friend); each pair at most once per tie.
    history : DataFrame
        Past values only: ``entity_id``, ``field`` ("address_id", "last_name", "phone",
        "employer"), ``value`` (text; an address_id is its digits), ``valid_from`` and
        ``valid_to`` (datetime64[s], half-open). The present value stands in `people`.
    """

    people: pd.DataFrame
    households: pd.DataFrame
    addresses: pd.DataFrame
    ties: pd.DataFrame
    history: pd.DataFrame
    workplaces: pd.DataFrame = field(default_factory=pd.DataFrame)
    haunts: pd.DataFrame = field(default_factory=pd.DataFrame)

    def value_at(
        self, field: str, entity_id: npt.NDArray[np.int64], when: npt.NDArray[np.datetime64]
    ) -> pd.Series:
        """Return the value of `field` true of each entity on its own day `when`.

        Parameters
        ----------
        field : str
            A column of `people`.
        entity_id : array of int64
            Entities; one may be asked about several times, each time on another day.
        when : array of datetime64
            One day per item; before the first known spell the earliest known value is returned.

        Returns
        -------
        Series
            Indexed by `entity_id`, in its order.
        """
        values = self.people[field].reindex(entity_id)
        past = self.history.loc[self.history["field"] == field]
        if past.empty or not len(values):
            return values
        # every spell beside every row that asks about its entity
        order = np.argsort(entity_id, kind="stable")
        first, last = (
            np.searchsorted(entity_id[order], past["entity_id"].to_numpy(), side)
            for side in ("left", "right")
        )
        asked = last - first
        spell = np.repeat(np.arange(len(past)), asked)
        place = np.arange(len(spell)) - np.repeat(np.cumsum(asked) - asked, asked)
        rows = order[first[spell] + place]
        ends = past["valid_to"].to_numpy()[spell]
        covers = np.asarray(when, dtype="datetime64[s]")[rows] < ends
        rows, ends, spell = rows[covers], ends[covers], spell[covers]
        # of the spells that end after the day, the one that ends first is the one in force
        order = np.lexsort((ends, rows))
        rows = rows[order]
        in_force = np.append(True, rows[1:] != rows[:-1])[: len(rows)]
        chosen = past["value"].take(spell[order[in_force]]).to_numpy()
        values = values.copy()
        if len(chosen):
            values.iloc[rows[in_force]] = (
                chosen.astype(np.int64) if field == "address_id" else chosen
            )
        return values


@dataclass(frozen=True)
class Collected:
    """What the sources hold, and apart from it, whom each record is about.

    Attributes
    ----------
    records : dict of DataFrame
        Source name -> frame indexed by ``record_id`` (int64, random, sorted, unique across
        sources), `TEXT` columns named by `VOCABULARY` or by a sensitive fact, and `RECORD_DATE`.
    sightings : dict of DataFrame
        Source of sightings -> every sighting behind its records: ``record_id``, ``entity_id``
        (whose token it is; truth), ``seen_area``, ``haunt`` (missing elsewhere), ``seen_at``
        (datetime64[s], whole hours). Linkage is never given this table.
    truth : DataFrame
        ``record_id``, ``source``, ``field``, ``entity_id``, ``role`` ("subject" or "mention"). A
        row whose field is ``"*"`` speaks for every field of the record that has no row of its
        own. Linkage is never given this table.
    """

    records: dict[str, pd.DataFrame]
    truth: pd.DataFrame
    sightings: dict[str, pd.DataFrame] = field(default_factory=dict)


Links: TypeAlias = pd.DataFrame
"""Candidate pairs with match probability >= 0.01: ``record_id_l``, ``record_id_r``,
``match_weight`` (log2 of the odds factor m/u summed over fields, the prior not included) and
``match_probability``. Pairs within one source appear only for sources named as `duplicates`."""

Membership: TypeAlias = "pd.Series[int]"
"""record_id -> cluster_id; every record is in exactly one cluster."""


@dataclass(frozen=True)
class Dossiers:
    """What the clusters reveal, and of whom: clusters and truth side by side.

    Attributes
    ----------
    facts : DataFrame
        What each dossier states, one row per dossier and fact: ``entity_id`` (whose dossier),
        ``cluster_id``, ``fact`` (category), ``form`` (category: the finest column that states it),
        ``status`` (category of `Status`), ``credit`` (float64, weight earned; 0 unless right),
        ``weight`` (float64, of the fact), ``sensitive`` (bool), ``value`` (int64 code of the stated
        text; of a birth date put together from a year and a day that of the date, -1 where it is
        nobody's), ``sources_count``, ``gate`` (category, the least demanding first: the least
        demanding one behind which a source gives the value) and ``warrant_reserved`` (bool: behind
        that gate no source gives it but in a column that the law reserves to a warrant).
    unjoined : DataFrame
        The best credit that one record alone earns: ``entity_id``, ``fact``, ``credit`` (> 0), over
        the records of the entity that state its legal name themselves.
    records : DataFrame
        Every record within reach: ``record_id``, ``source`` (category, in source order),
        ``entity_id`` (its subject), ``cluster_id``, ``owner_id`` (whose dossier holds it; -1 for
        nobody's), ``states_name`` (bool: its own fields state its subject's legal name) and
        ``person_level`` (bool: it stands for a person and not for an event in a life).
    true_weight : Series
        entity_id -> weight of the facts true of the entity: the denominator of its exposure.
    true_codes : DataFrame
        What is true of everyone, residents and outsiders: indexed by ``entity_id``, sorted; a
        column per quasi-identifier (`Scenario.quasi_identifiers`), int64 codes as in ``value``, -1
        for none. No code stands in two columns.
    """

    facts: pd.DataFrame
    unjoined: pd.DataFrame
    records: pd.DataFrame
    true_weight: pd.Series[float]
    true_codes: pd.DataFrame = field(default_factory=pd.DataFrame)


Exposure: TypeAlias = pd.DataFrame
"""Tidy measures: ``step`` (0 is no source), ``source_added``, ``group`` ("all" or a group),
``metric``, ``value``, ``low``, ``high``, ``n``, ``interval``."""


@dataclass(frozen=True)
class Result:
    """One run of one scenario.

    Attributes
    ----------
    scenario : Scenario
    scenario_hash : str
        First 12 hex digits of the SHA-256 of the canonical scenario text.
    seed : int
    version : str
    population : Population
    collected : Collected
        What all the sources hold.
    obtained : Obtained
        What the adversary has of it.
    learnt : Learnt
        What linkage learnt, for `simulator.linkage.explain_links`.
    links : Links
        Those that may be used: what is learnt, or what an audit leaves of it.
    audit : DataFrame or None
        By group, what the audit found; see `simulator.exposure.audit.Audited`.
    membership : Membership
        With every reachable source joined.
    dossiers : Dossiers
        The same.
    exposure : Exposure
    people : DataFrame
        One row per resident at the last step: what was exposed of whom.
    effort : DataFrame
        Requests, working hours, bystanders, and the gates behind which facts were had; see
        `simulator.exposure.measure_effort` and `measure_bypass`.
    """

    scenario: Scenario
    scenario_hash: str
    seed: int
    version: str
    population: Population
    collected: Collected
    obtained: Obtained
    learnt: Learnt
    links: Links
    audit: pd.DataFrame | None
    membership: Membership
    dossiers: Dossiers
    exposure: Exposure
    people: pd.DataFrame
    effort: pd.DataFrame


@dataclass(frozen=True)
class Comparison:
    """Designs of one town set beside it, each resident paired with themselves.

    Attributes
    ----------
    base : Scenario
        The design all others are compared with.
    policies : dict of Scenario
        Name of a design -> its scenario, in the order given.
    labels : dict of str
        The same names -> the design's name as shown.
    seeds : tuple of int
        One per town drawn anew; the first is the base's own.
    version : str
    effects : DataFrame
        Mean paired changes: ``policy``, ``run`` (category: "frozen", with what the base's adversary
        has learnt; "retrained", with what this one learns; "placebo", the base with as much taken
        away at random; "beyond_placebo", from the placebo to the policy, frozen), ``group``,
        ``metric``, ``before``, ``after``, ``value``, ``low``, ``high``, ``n``, ``interval``.
    removed : DataFrame
        What the adversary holds less of, mean over towns: ``policy``, ``records_share`` and
        ``cells_share`` (0 to 1, of the base's records and of the cells of records that both hold).
    ranking : DataFrame
        The policies by three objectives; see `simulator.exposure.policy_effect.rank`.
    growth : Exposure
        Of the base (``policy`` empty), and of the policy where there is one only, over everyone;
        with the column ``policy`` in front.
    growth_change : DataFrame
        Of a policy that stands alone the mean paired change after each list; see
        `simulator.exposure.policy_growth.growth_change`. Empty where there are more.
    abouts : dict of str
        Name of a design -> what it changes, in a sentence or two; empty where nothing says so.
    overlaid : bool
        Whether each design is a policy laid over the base, and not a scenario of its own.
    """

    base: Scenario
    policies: dict[str, Scenario]
    labels: dict[str, str]
    seeds: tuple[int, ...]
    version: str
    effects: pd.DataFrame
    removed: pd.DataFrame
    ranking: pd.DataFrame
    growth: Exposure
    growth_change: pd.DataFrame = field(default_factory=pd.DataFrame)
    abouts: dict[str, str] = field(default_factory=dict)
    overlaid: bool = True
