"""An adversary that obtains no record: every figure is 0 or not defined, and nothing breaks."""

import numpy as np
import pandas as pd
import pytest

from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import ground
from simulator.dossiers.review import Reviewing
from simulator.dossiers.statements import statements
from simulator.exposure.audit import audit_links
from simulator.exposure.effort import measure_effort
from simulator.exposure.growth import METRICS, measure_step
from simulator.exposure.intervals import resample_households
from simulator.exposure.person import measure_people
from simulator.linkage import cluster, joining_links, learn
from simulator.randomness import Stream
from simulator.scenario.schema import Audit, Review, Scenario
from simulator.sources import lookup_links, obtain
from simulator.tables import VOCABULARY
from tests.dossiers.five_people import COLUMNS, scenario
from tests.dossiers.random_town import random_population, random_records

NOT_DEFINED = {
    "reidentified_of_nameless_share",
    "false_dossier_share",
    "missed_share",
    "linkage_precision",
    "linkage_recall",
    "linkage_f1",
}


@pytest.fixture(scope="module")
def town():
    """Return a scenario that looks up nobody, its people, and what it obtains: empty lists."""
    values = scenario().model_dump(mode="json")
    values["adversary"]["method"] = "look_up_targets"
    looking = Scenario.model_validate(values)
    rng = np.random.default_rng(3)
    population = random_population(rng)
    people = population.people
    people["age"], people["plate"] = 40, people["phone"]
    return looking, population, obtain(looking, population, random_records(rng, population, 0.2))


def test_empty_lists_are_linked_and_clustered_into_nothing(town):
    _, _, obtained = town
    records = obtained.collected.records
    assert list(records) == list(COLUMNS)
    comparable = {
        name: frame[[column for column in frame if column in VOCABULARY]]
        for name, frame in records.items()
    }
    learnt = learn(comparable)
    assert len(learnt.links) == 0
    for links in (learnt.links, lookup_links(obtained)):
        for method in ("constrained", "connected"):
            assert len(cluster(links, records, method=method)) == 0
            assert len(joining_links(links, records, method=method)) == 0


@pytest.mark.parametrize("sources", [(), tuple(COLUMNS)])
def test_every_figure_is_nothing(town, sources):
    looking, population, obtained = town
    true_facts = ground(looking, population)
    review = Reviewing(Review(errors_found_share=0.5), Stream(1, "adversary/review"))
    nothing = pd.Series(dtype="int64")
    said = statements(true_facts, obtained.collected)
    people = measure_people(assemble(true_facts, said, nothing, sources, review), population)
    rows = measure_step(people, resample_households(people["household_id"], 1), 0, "")
    everyone = rows.loc[rows["group"] == "all"].set_index("metric")["value"]
    assert set(everyone.index[everyone.isna()]) == NOT_DEFINED
    assert (everyone[[name for name in METRICS if name not in NOT_DEFINED]] == 0).all()
    effort = measure_effort(people, obtained.targets, obtained.lookups_count, 2.0)
    assert (effort.loc[effort["group"] == "all", "value"] == 0).all()


def test_there_is_nothing_to_audit(town):
    _, population, obtained = town
    links, truth = lookup_links(obtained), obtained.collected.truth
    audited = audit_links(links, truth, population.people["group"], 0.9, Audit(), seed=1)
    assert len(audited.links) == 0
