"""Whether the adversary's powers, targets and triage fit the sources and facts there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.scenario.name_checks import no_such
from simulator.scenario.schema import BULK_GATES, INDIVIDUAL_GATES
from simulator.scenario.tree import KEY, Finding, part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_GATES = (*BULK_GATES, *INDIVIDUAL_GATES)


def adversary_findings(values: Mapping[str, Any], sensitive: Collection[str]) -> Iterator[Finding]:
    """Yield (path, message) for every mistake in who joins the records, and in its triage.

    Parameters
    ----------
    values : mapping
        The whole scenario as plain values, valid or not.
    sensitive : collection of str
        The sensitive facts that it declares.
    """
    yield from _reach(values)
    yield from _targets(part(values, "adversary"), sensitive)
    known = [*part(values, "sources"), *sensitive]
    for name in part(values, "triage", "weights"):
        if name not in known:
            yield ("triage", "weights", name, KEY), no_such("source or sensitive fact", name, known)


def _reach(values: Mapping[str, Any]) -> Iterator[Finding]:
    powers = part(values, "adversary").get("powers")
    sources = [part(values, "sources", name) for name in part(values, "sources")]
    gates = [source.get("gate") for source in sources if source.get("exists") is not False]
    well_formed = isinstance(powers, list) and all(power in _GATES for power in powers)
    if not (well_formed and powers and sources and all(gate in _GATES for gate in gates)):
        return
    if not gates:
        yield ("sources",), "no source exists; set 'exists: true' for at least one"
    elif not any(gate in powers for gate in gates):
        wanted = [gate for gate in _GATES if gate in gates]
        yield (
            ("adversary", "powers"),
            f"the adversary can reach no source; add one of {', '.join(wanted)} to "
            "adversary.powers, or give a source a gate that adversary.powers names",
        )


def _targets(adversary: Mapping[str, Any], sensitive: Collection[str]) -> Iterator[Finding]:
    """Check that whoever works by targets has some, and can ask about them."""
    powers = adversary.get("powers")
    powers = powers if isinstance(powers, list) else []
    individual = [gate for gate in INDIVIDUAL_GATES if gate in powers]
    looks_up = adversary.get("method") == "look_up_targets"
    lacking = [
        setting
        for setting in ("targets_count", "targeted_requests_count")
        if adversary.get(setting, 0) == 0
    ]
    if lacking and (looks_up or individual):
        yield (
            ("adversary", "method" if looks_up else "powers"),
            f"'{'look_up_targets' if looks_up else individual[0]}' works for people on a target "
            f"list only; set adversary.{' and adversary.'.join(lacking)} above 0",
        )
    wanted = adversary.get("targets_with")
    if isinstance(wanted, str) and wanted not in sensitive:
        yield ("adversary", "targets_with"), no_such("sensitive fact", wanted, sensitive)
