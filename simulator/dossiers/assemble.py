"""Dossiers: what each cluster states about its owner, and whether it is so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.dossiers.encoding import MISSING, run_lengths, run_starts
from simulator.dossiers.finest import (
    GARBLED,
    OUTDATED,
    RIGHT,
    SOMEBODY_ELSE,
    StatedForms,
    finest_forms,
)
from simulator.dossiers.owners import Owners, find_owners
from simulator.dossiers.review import standing
from simulator.row_order import begins, in_code_order
from simulator.scenario.schema import GATES_BY_DEMAND
from simulator.tables import STATUSES, Dossiers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.dossiers.encoding import Flags
    from simulator.dossiers.ground import Ground
    from simulator.dossiers.review import Reviewing
    from simulator.dossiers.statements import Statements
    from simulator.randomness import Integers
    from simulator.tables import Membership


def assemble(
    ground: Ground,
    statements: Statements,
    membership: Membership,
    sources: Sequence[str],
    review: Reviewing | None = None,
) -> Dossiers:
    """Turn clusters into dossiers, looking only at the records of `sources`.

    A dossier states one value per form: the one that most sources give, then the one with the
    newest record, then the one first in source order, then in record_id. A stated value is

    - right, if it is true of the dossier's owner now (a housemate's equal address is right);
    - outdated, if it was true of the owner before;
    - somebody else's, if some record gives it that is about another entity, of whom it is or was
      true;
    - garbled otherwise.

    A fact has the status of its finest stated form, and only a right one earns credit.

    Parameters
    ----------
    ground : Ground
    statements : Statements
    membership : Membership
        Must cover every record of `sources`; other records are ignored.
    sources : sequence of str
        The sources within reach.
    review : Reviewing, optional
        The rule of evidence that stated values must pass; by default all of them stand. What single
        records state is not reviewed.

    Returns
    -------
    Dossiers
        Sorted by record_id, and by entity_id, then fact.

    Raises
    ------
    ValueError
        If a record within reach is in no cluster.
    """
    within = np.isin(statements.source, [ground.sources.index(name) for name in sources])
    record = np.flatnonzero(within)
    cluster_id = membership.reindex(statements.record_id[record])
    if cluster_id.hasnans:
        raise ValueError("membership must put every record of the sources into a cluster")
    clusters, cluster = np.unique(cluster_id.to_numpy().astype(np.int64), return_inverse=True)
    entity = statements.row[record]
    owners = find_owners(
        cluster,
        entity,
        statements.source[record],
        record,
        statements.carries_name[record] & ground.person_level[statements.source[record]],
        clusters_count=len(clusters),
    )
    dossier = np.full(len(statements.record_id), MISSING)
    dossier[record] = owners.dossier_of_cluster[cluster]
    values = _stated_values(ground, statements, owners, dossier)
    if review is not None:
        values = standing(ground, values, owners.entity, review)
    stated = finest_forms(ground, values)
    return Dossiers(
        facts=_facts_frame(ground, owners, clusters, stated),
        unjoined=_unjoined_frame(ground, statements, within),
        records=pd.DataFrame(
            {
                "record_id": statements.record_id[record],
                "source": _category(statements.source[record], ground.sources),
                "entity_id": ground.entity_id[entity],
                "cluster_id": clusters[cluster],
                "owner_id": _owner_ids(ground, owners, dossier[record]),
                "states_name": statements.states_name[record],
                "person_level": ground.person_level[statements.source[record]],
            }
        ),
        true_weight=pd.Series(ground.true_weight, index=pd.Index(ground.entity_id)),
        true_codes=true_codes(ground, ground.quasi_identifiers),
    )


def true_codes(ground: Ground, forms: Sequence[str]) -> pd.DataFrame:
    """Return what is true of everyone; see `simulator.tables.Dossiers`."""
    at = [ground.forms.index(form) for form in forms]
    index = pd.Index(ground.entity_id, name="entity_id")
    return pd.DataFrame(ground.present[at].T, index=index, columns=pd.Index(forms))


def _stated_values(
    ground: Ground, statements: Statements, owners: Owners, dossier: Integers
) -> StatedForms:
    """Return the one value that each dossier states per form, with its status."""
    cells = statements.by_value
    held_by = dossier[statements.cells.record[cells]]
    order, new_holder = in_code_order(held_by.astype(np.int32), len(owners.entity))
    cells, holder = cells.take(order), held_by.take(order)
    record, form, code = (
        column.take(cells)
        for column in (statements.cells.record, statements.cells.form, statements.cells.code)
    )
    source = statements.source.take(record)
    new_slot = new_holder | begins(form)
    new_value = new_slot | begins(code)
    starts = np.flatnonzero(new_value)
    of_source = np.flatnonzero(new_value | begins(source))
    first_of_value = np.flatnonzero(new_value[of_source])
    sources = run_lengths(first_of_value, len(of_source))
    newest = np.maximum.reduceat(statements.day.take(record), starts)
    demand = np.minimum.reduceat(ground.demand[source, form], starts)
    foreign = statements.is_or_was_true.take(cells) & (
        statements.subject.take(cells) != owners.entity.take(holder)
    )
    from_another = np.logical_or.reduceat(foreign, starts)
    # a run begins with its first source
    first_source = source[starts]
    first_record = np.minimum.reduceat(record, of_source)[first_of_value]
    best = _best_per_slot(
        np.flatnonzero(new_slot[starts]), (sources, newest, -first_source, -first_record)
    )
    at = starts[best]
    holder, form, code = holder[at], form[at], code[at]
    owner = owners.entity[holder]
    status = np.where(from_another[best], SOMEBODY_ELSE, GARBLED)
    status[ground.was_right(owner, code)] = OUTDATED
    status[ground.is_right(form, owner, code)] = RIGHT
    return StatedForms(holder, form, code, status, sources[best], demand[best])


def _best_per_slot(slots: Integers, preference: tuple[Integers, ...]) -> Integers:
    """Return, per slot, which value is greatest by `preference`, whose first key counts most.

    Values are in order of slot; slots begin at `slots`. No two values of one are equal in all keys.
    """
    rank = np.zeros(len(preference[0]), dtype=np.int64)
    for key in preference:
        least = int(key.min(initial=0))
        rank = rank * (int(key.max(initial=0)) - least + 1) + key - least
    greatest = np.maximum.reduceat(rank, slots)
    return np.flatnonzero(rank == np.repeat(greatest, run_lengths(slots, len(rank))))


def _facts_frame(
    ground: Ground, owners: Owners, clusters: Integers, stated: StatedForms
) -> pd.DataFrame:
    owner = owners.entity[stated.holder]
    fact = ground.fact_of_form[stated.form]
    credit = ground.credit_if_right(stated.form, owner)
    return pd.DataFrame(
        {
            "entity_id": ground.entity_id[owner],
            "cluster_id": clusters[owners.cluster[stated.holder]],
            "fact": _category(fact, ground.facts),
            "form": _category(stated.form, ground.forms),
            "status": _category(stated.status, STATUSES),
            "credit": np.where(stated.status == RIGHT, credit, 0.0),
            "weight": ground.weights[fact],
            "sensitive": ground.sensitive[fact],
            "value": stated.code,
            "sources_count": stated.sources_count,
            "gate": _category(stated.demand // 2, GATES_BY_DEMAND),
            "warrant_reserved": stated.demand % 2 == 1,
        }
    )


def _unjoined_frame(ground: Ground, statements: Statements, within: Flags) -> pd.DataFrame:
    """Return the best credit of any single record, per entity and fact."""
    seen = np.flatnonzero(within[statements.alone_record])
    entity = statements.row[statements.alone_record[seen]]
    fact = statements.alone_fact[seen]
    starts = run_starts(entity * len(ground.facts) + fact)
    return pd.DataFrame(
        {
            "entity_id": ground.entity_id[entity[starts]],
            "fact": _category(fact[starts], ground.facts),
            "credit": np.maximum.reduceat(statements.alone_credit[seen], starts),
        }
    )


def _owner_ids(ground: Ground, owners: Owners, dossier: Integers) -> Integers:
    held = dossier != MISSING
    owner_id = np.full(len(dossier), MISSING)
    owner_id[held] = ground.entity_id[owners.entity[dossier[held]]]
    return owner_id


def _category(codes: Integers, categories: Sequence[str]) -> pd.Series:
    return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index(categories)))
