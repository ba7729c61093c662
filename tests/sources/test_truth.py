import numpy as np
import pandas as pd
import pytest

from simulator.sources.truth import Mentions, Named, refuse_collisions, truth_table


def test_one_record_id_twice_is_refused_naming_both_sources():
    truth = pd.DataFrame({"record_id": [4, 9, 9, 1], "source": ["a", "a", "b", "b"], "field": "*"})
    with pytest.raises(ValueError, match="record_id 9 is in both 'a' and 'b'"):
        refuse_collisions(truth)
    within = pd.DataFrame({"record_id": [4, 4], "source": ["a", "a"], "field": "*"})
    with pytest.raises(ValueError, match="record_id 4 is in both 'a' and 'a'"):
        refuse_collisions(within)


def test_a_copied_cell_is_no_second_record():
    refuse_collisions(
        pd.DataFrame({"record_id": [4, 4], "source": ["a", "a"], "field": ["*", "phone"]})
    )


def test_mentions_come_last_and_sensitive_facts_can_be_somebody_elses():
    of_a = Named(
        record_id=np.array([5, 6]),
        entity_id=np.array([1, 2]),
        copied_from={"worship": np.array([-1, 7])},
        mentions={"friends": Mentions(np.array([5, 5]), np.array([3, 4]))},
    )
    of_b = Named(np.array([9]), np.array([1]), {})
    truth = truth_table(("a", "b"), {"a": of_a, "b": of_b}, sensitive=("worship",))
    assert truth.astype(object).to_numpy().tolist() == [
        [5, "a", "*", 1, "subject"],
        [6, "a", "*", 2, "subject"],
        [9, "b", "*", 1, "subject"],
        [6, "a", "worship", 7, "subject"],
        [5, "a", "friends", 3, "mention"],
        [5, "a", "friends", 4, "mention"],
    ]
