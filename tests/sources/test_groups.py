import pandas as pd

from simulator.sources.groups import group_factors


def test_factors_follow_the_group_and_not_the_order_of_categories():
    values = ["x", "y", "x", None]
    for categories in (["x", "y", "z"], ["z", "y", "x"]):
        group = pd.Categorical(values, categories=categories)
        assert group_factors(group, {"y": 3.0, "unused": 9.0}).tolist() == [1.0, 3.0, 1.0, 1.0]
