"""What an overlay that was written out says, laid over the same scenario again."""

import pytest

from simulator.experiments.fitting import fitting_policies
from simulator.scenario import load_scenario
from simulator.scenario.overlay_text import overlay_text
from simulator.scenario.overlays import overlay_in


@pytest.mark.parametrize("town", ["town", "modern"])
def test_it_gives_every_setting_of_the_changed_scenario(town):
    base = load_scenario(town)
    written = 0
    for name, changed in fitting_policies(town).policies.items():
        text = overlay_text(base, changed, title=name, about="A policy.")
        if text is None:  # a ban of what the town does not have
            assert changed == base
            continue
        assert load_scenario(town, overlays=[overlay_in(text, "changes.yaml")]) == changed
        written += 1
    assert written


def test_nothing_is_written_where_nothing_differs():
    town = load_scenario("town")
    assert overlay_text(town, town, title="None", about="None.") is None
