"""Whom to show: residents picked by what became known of them, the same ones in every run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import pandas as pd

if TYPE_CHECKING:
    from simulator.experiments.person import Assembly

Pick: TypeAlias = Literal["most", "typical", "least", "wrong"]
PICKS: tuple[Pick, ...] = get_args(Pick)


def pick(assembly: Assembly, which: Pick) -> int | None:
    """Pick a resident, with every reachable source joined; ties by entity_id.

    Parameters
    ----------
    assembly : Assembly
    which : {"most", "typical", "least", "wrong"}
        most: the greatest exposure, and among equals the one of whom most (by weight) is known.
        typical: the exposure nearest to the median of all residents.
        least: the smallest exposure among those who have a dossier at all.
        wrong: a dossier that holds a record of anyone else; preferred is one that states a
        sensitive fact of somebody else's, then any such fact, then the one of most records.

    Returns
    -------
    int or None
        The entity_id; None where there is nobody of that kind.
    """
    return first(assembly.result.people, assembly.steps[-1].dossiers.true_weight, which)


def first(people: pd.DataFrame, true_weight: pd.Series[float], which: Pick) -> int | None:
    """Pick from the table of `simulator.exposure.person.measure_people`; see `pick`.

    Examples
    --------
    >>> people = pd.DataFrame({
    ...     "exposure_share": [0.9, 0.0, 0.2, 0.5, 0.9], "named": [True, False, True, True, True],
    ...     "false_dossier": False, "wrongful": False, "sensitive_wrongful": False,
    ...     "dossier_records_count": [3, 0, 1, 2, 3],
    ... }, index=[1, 2, 3, 4, 5])
    >>> weight = pd.Series([10.0, 9.0, 8.0, 8.0, 12.0], index=people.index)
    >>> [first(people, weight, which) for which in ("most", "typical", "least", "wrong")]
    [5, 4, 3, None]
    """
    exposure = people["exposure_share"]
    if which == "typical":
        among, keys = people, [(exposure - exposure.median()).abs()]
    elif which == "wrong":
        among = people.loc[people["false_dossier"]]
        by = ("sensitive_wrongful", "wrongful", "dossier_records_count")
        keys = [-people[name].astype("int64") for name in by]
    else:
        among = people.loc[people["named"]]
        known = exposure * true_weight.reindex(people.index)
        keys = [exposure] if which == "least" else [-exposure, -known]
    if among.empty:
        return None
    # rounded, so that shares equal but for the order of a sum are equal
    order = pd.concat(keys, axis="columns").loc[among.index].round(9)
    order.columns = pd.RangeIndex(len(keys))
    ordered = order.sort_index().sort_values(list(order.columns), kind="stable")
    return int(ordered.index[0])
