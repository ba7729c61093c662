"""Blocking rules and comparisons as Splink's settings, the same for every database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from splink import SettingsCreator, block_on
from splink.blocking_rule_library import CustomRule
from splink.comparison_level_library import ElseLevel
from splink.comparison_library import CustomComparison

from simulator.linkage.blocking import FACE_RULE
from simulator.linkage.engines.splink.columns import APART, FACE_PAIRS, RECORD, SOURCE, key_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from splink.internals.blocking_rule_creator import BlockingRuleCreator

    from simulator.linkage.blocking import Blocks
    from simulator.linkage.engines.splink.level_sql import Branches


def settings_for(blocks: Blocks, branches: Mapping[str, Branches]) -> SettingsCreator:
    """Return the settings of a linker over the one table of `record_columns`.

    To Splink it is one table with repeated entities, so that the left record is the earlier one;
    which records do not pair at all stands in the column `APART`.

    Parameters
    ----------
    blocks : Blocks
    branches : mapping
        Comparison name -> how it is read.
    """
    rules: list[BlockingRuleCreator | dict[str, Any]] = [
        block_on(FACE_PAIRS, arrays_to_explode=[FACE_PAIRS])
        if rule == FACE_RULE
        else CustomRule(f"l.{key} = r.{key} and l.{APART} <> r.{APART}")
        for rule, key in (
            (rule, key_name(number)) for number, rule in enumerate(blocks.rules or [()])
        )
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=RECORD,
        comparisons=[comparison(name, reading) for name, reading in branches.items()],
        blocking_rules_to_generate_predictions=rules,
        additional_columns_to_retain=[SOURCE],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def comparison(name: str, branches: Branches) -> CustomComparison:
    """Return one comparison; its levels count down to 0, and "nothing to compare" is -1."""
    return CustomComparison(
        output_column_name=name,
        comparison_levels=[
            branches.nothing.configure(is_null_level=True),
            *(level.configure(label_for_charts=said) for said, level in branches.levels),
            ElseLevel().configure(label_for_charts=branches.otherwise),
        ],
    )
