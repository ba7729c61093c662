import pandas as pd
import pytest

from simulator.sources.truth import refuse_collisions


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
