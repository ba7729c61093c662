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
    forms_count, sources_count = len(ground.forms), len(ground.sources)
    cells = np.flatnonzero(dossier[statements.cells.record] != MISSING)
    holder = dossier[statements.cells.record[cells]]
    slot = holder * forms_count + statements.cells.form[cells]
    value = slot * statements.codes_count + statements.cells.code[cells]
    cells_source = statements.source[statements.cells.record[cells]]
    order = np.argsort(value * sources_count + cells_source)
    cells, value, slot = cells[order], value[order], slot[order]
    record, cells_source = statements.cells.record[cells], cells_source[order]
    starts = run_starts(value)
    of_source = run_starts(value * sources_count + cells_source)
    first_of_value = np.searchsorted(of_source, starts)
    sources = run_lengths(first_of_value, len(of_source))
    newest = np.maximum.reduceat(statements.day[record], starts)
    asked = ground.demand[cells_source, statements.cells.form[cells]]
    demand = np.minimum.reduceat(asked, starts)
    foreign = statements.is_or_was_true[cells] & (
        statements.subject[cells] != owners.entity[holder[order]]
    )
    from_another = np.logical_or.reduceat(foreign, starts)
    # a run begins with its first source
    first_source = cells_source[starts]
    first_record = np.minimum.reduceat(record, of_source)[first_of_value]
    best = _first_per_slot(slot[starts], (-sources, -newest, first_source, first_record))
    at = starts[best]
    form, code = statements.cells.form[cells[at]], statements.cells.code[cells[at]]
    owner = owners.entity[holder[order][at]]
    status = np.where(from_another[best], SOMEBODY_ELSE, GARBLED)
    status[ground.was_right(owner, code)] = OUTDATED
    status[ground.is_right(form, owner, code)] = RIGHT
    return StatedForms(holder[order][at], form, code, status, sources[best], demand[best])


def _first_per_slot(slot: Integers, preference: tuple[Integers, ...]) -> Integers:
    """Return, per run of equal slots, the entry that comes first by the keys of `preference`."""
    starts = run_starts(slot)
    chosen = starts.copy()
    length = run_lengths(starts, len(slot))
    contested = np.flatnonzero(np.repeat(length > 1, length))
    keys = tuple(key[contested] for key in (slot, *preference))
    order = contested[np.lexsort(keys[::-1])]
    chosen[length > 1] = order[run_starts(slot[order])]
    return chosen


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
