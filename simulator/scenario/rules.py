"""The JSON schema of scenario files: for editors, and for wording what is allowed where."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeAlias

from simulator.scenario.schema import Scenario

Rule: TypeAlias = dict[str, Any]


@cache
def scenario_schema() -> Rule:
    """Return the JSON schema of scenario files; not to be changed."""
    schema = Scenario.model_json_schema()
    for part in (schema, *schema["$defs"].values()):
        for setting in part["properties"].values():
            if "patternProperties" in setting:
                # the classes refuse every name that does not fit, so let editors do so too
                setting["additionalProperties"] = False
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """Return the same as the text of ``scenario.schema.json``."""
    return json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"


def rule_at(path: tuple[str | int, ...]) -> Rule:
    """Return what the schema says about the value at `path`; empty where it says nothing.

    Examples
    --------
    >>> rule_at(("linkage", "threshold"))["minimum"]
    0.01
    >>> rule_at(("adversary", "powers", 0))["enum"]
    ['public', 'purchase', 'agreement', 'own', 'subpoena', 'warrant', 'observation']
    >>> rule_at(("no", "such", "setting"))
    {}
    """
    rule = scenario_schema()
    for step in path:
        inner = rule.get("items") if isinstance(step, int) else _inside(rule, step)
        if not isinstance(inner, dict):
            return {}
        rule = _resolved(inner)
    return rule


def _inside(rule: Rule, name: str) -> Rule | None:
    """Return the rule of the setting or entry `name` of a mapping."""
    if name in rule.get("properties", {}):
        found: Rule = rule["properties"][name]
        return found
    by_pattern = list(rule.get("patternProperties", {}).values())
    return by_pattern[0] if by_pattern else rule.get("additionalProperties") or None


def _resolved(rule: Rule) -> Rule:
    """Follow a reference and an optional value; a description given on the way wins."""
    if "anyOf" in rule:
        return {**rule, **_resolved(rule["anyOf"][0])}
    if "$ref" in rule:
        return {**scenario_schema()["$defs"][rule["$ref"].rsplit("/", 1)[1]], **rule}
    return rule


def settings_at(path: tuple[str | int, ...]) -> list[str]:
    """Return the names of the settings that may stand in the group of settings at `path`."""
    return list(rule_at(path).get("properties", {}))


def has_free_names(path: tuple[str | int, ...]) -> bool:
    """Tell whether the value at `path` is a mapping whose names a scenario chooses or picks.

    Examples
    --------
    >>> has_free_names(("sources",)), has_free_names(("sources", "dmv"))
    (True, False)
    """
    rule = rule_at(path)
    return bool(rule.get("patternProperties") or rule.get("additionalProperties"))


def group_holding(setting: str) -> str | None:
    """Return the top-level group that has a setting of this name, or None.

    Examples
    --------
    >>> group_holding("residents_count")
    'population'
    """
    return next((top for top in settings_at(()) if setting in settings_at((top,))), None)
