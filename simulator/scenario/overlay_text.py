"""An overlay written out: what turns one scenario into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.scenario.showing import difference
from simulator.scenario.yaml_text import yaml_lines

if TYPE_CHECKING:
    from simulator.scenario.schema import Scenario


def overlay_text(base: Scenario, changed: Scenario, *, title: str, about: str) -> str | None:
    """Return the overlay that, laid over `base`, gives every setting of `changed`.

    Parameters
    ----------
    base, changed : Scenario
    title, about : str
        What the overlay says of itself.

    Returns
    -------
    str or None
        The text of the file; None if nothing differs.

    Examples
    --------
    >>> from simulator.scenario import load_scenario
    >>> town, other = load_scenario("town"), load_scenario("town", engine="recordlinkage")
    >>> print(overlay_text(town, other, title="Another engine", about="Tried out."))
    overlay_version: 1
    title: Another engine
    about: Tried out.
    changes:
      linkage: {engine: recordlinkage}
    <BLANKLINE>
    """
    changes = difference(base.model_dump(mode="json"), changed.model_dump(mode="json"))
    if not changes:
        return None
    whole = {"overlay_version": 1, "title": title, "about": about, "changes": changes}
    return "\n".join([*yaml_lines(whole, {}), ""])
