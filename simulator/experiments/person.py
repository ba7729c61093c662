"""One person: the dossier as it assembles list by list, beside what is true of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from simulator.dossiers.ground import Ground, ground
from simulator.dossiers.statements import NAME_COLUMNS, Statements, statements
from simulator.exposure import measure_people
from simulator.face_templates import described_faces
from simulator.pipeline import Joined, join_sources
from simulator.tables import FACT_FORMS, RECORD_DATE, Dossiers

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from simulator.tables import Population, Result

UNKNOWN = "unknown"
"""Status of a fact that is true of the person and that the dossier does not state."""
OWN, STRANGER = "own", "stranger"
NAME = "legal_name"
_TEMPLATE_CHARACTERS = 4


@dataclass(frozen=True)
class Assembly:
    """A result and its dossiers at every step: computed once, whoever is asked about later.

    Attributes
    ----------
    result : Result
    true_facts : Ground
    stated : Statements
    steps : tuple of Joined
        From step 0, no source.
    """

    result: Result
    true_facts: Ground
    stated: Statements
    steps: tuple[Joined, ...]


@dataclass(frozen=True)
class PersonStep:
    """What is known of one person with the first sources joined.

    Attributes
    ----------
    number : int
        How many sources are joined; 0 is none.
    source_added : str
        Empty at step 0.
    facts : DataFrame
        Facts true of the person and others that the dossier states, in the scenario's order, those
        not true of the person last: ``fact``, ``label``, ``sensitive`` (bool), ``weight``,
        ``form`` (the column that states it; empty where none does), ``status`` (of
        `simulator.tables.Status`, or "unknown"), ``stated`` (as a list says it), ``true_value``
        (both empty for none), ``credit`` (0 to weight), ``stated_by`` (labels of the lists) and
        ``is_new`` (bool: status or value differ from the step before).
    records : DataFrame
        Every record in the dossier, and the person's own outside it, in source order:
        ``record_id``, ``source``, ``whose`` ("own" or "stranger"), ``states_name`` (bool: its own
        fields state its subject's legal name), ``in_dossier`` and ``is_new`` (bools; new in the
        dossier at this step).
    exposure_share : float
        E, between 0 and 1; see `simulator.exposure.person.measure_people`.
    named, reidentified : bool
    """

    number: int
    source_added: str
    facts: pd.DataFrame
    records: pd.DataFrame
    exposure_share: float
    named: bool
    reidentified: bool


@dataclass(frozen=True)
class Person:
    """A synthetic resident, by their true name, and their dossier from step 0 on."""

    entity_id: int
    name: str
    steps: tuple[PersonStep, ...]


def assemble_steps(result: Result) -> Assembly:
    """Join the sources of a result step by step, as the pipeline did, and keep every step."""
    scenario, collected = result.scenario, result.obtained.collected
    true_facts = ground(scenario, result.population)
    stated = statements(true_facts, collected)
    steps = join_sources(scenario, collected, result.links, true_facts, stated)
    return Assembly(result, true_facts, stated, tuple(steps))


def follow(assembly: Assembly, entity_id: int) -> Person:
    """Return one resident's dossier at every step.

    Parameters
    ----------
    assembly : Assembly
    entity_id : int

    Raises
    ------
    ValueError
        If there is no such entity, or it does not live in the town.
    """
    people = assembly.result.population.people
    if entity_id not in people.index or not people.loc[entity_id, "resident"]:
        raise ValueError(f"no resident has the number {entity_id}")
    true_values = _true_values(assembly, entity_id)
    steps: list[PersonStep] = []
    for number, joined in enumerate(assembly.steps):
        before = steps[-1] if steps else None
        own = _part_about(joined.dossiers, entity_id)
        measured = _measured(own, assembly.result.population, entity_id)
        records = _records(own, entity_id, before)
        steps.append(
            PersonStep(
                number=number,
                source_added=joined.sources[-1] if joined.sources else "",
                facts=_facts(assembly, own, records, true_values, before),
                records=records,
                exposure_share=float(measured["exposure_share"]),
                named=bool(measured["named"]),
                reidentified=bool(measured["reidentified"]),
            )
        )
    return Person(entity_id, true_values[NAME], tuple(steps))


def written_fields(result: Result, source: str, record_id: int) -> dict[str, str]:
    """Return what a record says, column by column, as its list writes it; empty cells left out."""
    frame = described_faces(result.collected.records[source].loc[[record_id]])
    record = frame.iloc[0].drop(RECORD_DATE, errors="ignore")
    return {str(name): _short(str(name), str(value)) for name, value in record.dropna().items()}


def _short(column: str, value: str) -> str:
    """Return a cell in few characters: a face by the start of its name, an hour without its T.

    What a list holds of a face is a template, a list of numbers; two of one person differ.

    >>> _short("face", "face 0123456789ab (64 synthetic numbers)")
    'template 0123'
    >>> _short("seen_at", "2025-12-13T05:00"), _short("plate", "X124NEP")
    ('2025-12-13 05:00', 'X124NEP')
    """
    if column == "face":
        return f"template {value.removeprefix('face ')[:_TEMPLATE_CHARACTERS]}"
    return value.replace("T", " ") if column == "seen_at" else value


def _part_about(dossiers: Dossiers, entity_id: int) -> Dossiers:
    """Return the rows about one entity, and the records in its dossier."""
    held = (dossiers.records["entity_id"] == entity_id) | (
        dossiers.records["owner_id"] == entity_id
    )
    return replace(
        dossiers,
        facts=dossiers.facts.loc[dossiers.facts["entity_id"] == entity_id],
        unjoined=dossiers.unjoined.loc[dossiers.unjoined["entity_id"] == entity_id],
        records=dossiers.records.loc[held],
    )


def _measured(own: Dossiers, population: Population, entity_id: int) -> Mapping[Hashable, Any]:
    alone = replace(population, people=population.people.loc[[entity_id]])
    return measure_people(own, alone).to_dict("records")[0]


def _records(own: Dossiers, entity_id: int, before: PersonStep | None) -> pd.DataFrame:
    records = own.records.sort_values(["source", "record_id"])
    in_dossier = (records["owner_id"] == entity_id).to_numpy()
    held = before.records.loc[before.records["in_dossier"], "record_id"] if before else []
    return pd.DataFrame(
        {
            "record_id": records["record_id"].to_numpy(),
            "source": records["source"].astype(str).to_numpy(dtype=object),
            "whose": np.where(records["entity_id"] == entity_id, OWN, STRANGER).astype(object),
            "states_name": records["states_name"].to_numpy(dtype=bool),
            "in_dossier": in_dossier,
            "is_new": in_dossier & ~np.isin(records["record_id"].to_numpy(), held),
        }
    )


def _facts(
    assembly: Assembly,
    own: Dossiers,
    records: pd.DataFrame,
    true_values: Mapping[str, str],
    before: PersonStep | None,
) -> pd.DataFrame:
    scenario, known = assembly.result.scenario, assembly.true_facts
    labels: dict[str, str] = {name: fact.label for name, fact in scenario.facts.items()}
    labels |= {name: fact.label for name, fact in scenario.sensitive_facts.items()}
    stated = {row["fact"]: row for row in own.facts.to_dict("records")}
    held = records.loc[records["in_dossier"]]
    rows = []
    every = [fact for fact in known.facts if fact in true_values or fact in stated]
    for fact in sorted(every, key=lambda name: name not in true_values):
        row = stated.get(fact)
        form = row["form"] if row else ""
        text, sources = _stating(assembly, held, form, row["value"]) if row else ("", [])
        if row and not sources:  # put together from a year and a day: no record says it
            text = true_values[fact] if row["status"] == "right" else "from a year and a day"
        place = known.facts.index(fact)
        rows.append(
            {
                "fact": fact,
                "label": labels[fact],
                "sensitive": bool(known.sensitive[place]),
                "weight": float(known.weights[place]),
                "form": form,
                "status": row["status"] if row else UNKNOWN,
                "stated": text,
                "true_value": true_values.get(fact, ""),
                "credit": row["credit"] if row else 0.0,
                "stated_by": ", ".join(scenario.sources[name].label for name in sources),
            }
        )
    facts = pd.DataFrame(rows)
    return facts.assign(is_new=_is_new(facts, before.facts if before else facts.iloc[:0]))


def _is_new(facts: pd.DataFrame, before: pd.DataFrame) -> list[bool]:
    shown = ["fact", "status", "stated"]
    earlier = set(before[shown].itertuples(index=False, name=None))
    return [
        row[1] != UNKNOWN and row not in earlier
        for row in facts[shown].itertuples(index=False, name=None)
    ]


def _stating(assembly: Assembly, held: pd.DataFrame, form: str, code: int) -> tuple[str, list[str]]:
    """Return a stated value as the first list writes it, and the sources that state it."""
    cells = assembly.stated.cells
    position = np.searchsorted(assembly.stated.record_id, held["record_id"])
    text, sources = "", []
    for record_id, source, at in zip(held["record_id"], held["source"], position, strict=True):
        first, last = np.searchsorted(cells.record, [at, at + 1])
        said = (cells.form[first:last] == assembly.true_facts.forms.index(form)) & (
            cells.code[first:last] == code
        )
        if said.any():
            fields = written_fields(assembly.result, source, record_id)
            text = text or _as_written(fields, form)
            sources.append(source)
    return text, list(dict.fromkeys(sources))


def _as_written(fields: Mapping[str, str], form: str) -> str:
    if form != "full_name":
        return fields[form]
    full, first, last, display = (fields.get(name, "") for name in NAME_COLUMNS)
    return full or f"{first} {last}".strip() or display


def _true_values(assembly: Assembly, entity_id: int) -> dict[str, str]:
    """Return fact -> its true value as text, for the facts true of a person."""
    population = assembly.result.population
    person = population.people.loc[[entity_id]].to_dict("records")[0]
    address = population.addresses.loc[[person["address_id"]]].to_dict("records")[0]
    names = [person["first_name"], person["last_name"]]
    if person.get("family_name_first"):
        names.reverse()
    values = {NAME: " ".join(names)}
    for fact in assembly.true_facts.facts:
        if fact == NAME:
            continue
        if fact == "home_address":
            values[fact] = "{street_address}, {city} {zip_code}".format_map(address)
        elif fact == "birth_date":
            values[fact] = str(person["birth_date"].date())
        else:
            value = person[FACT_FORMS.get(fact, (fact,))[0]]
            if not pd.isna(value):
                values[fact] = str(value)
    return values
