"""The JSON schema of sparse files, for editors: overlays, and scenarios that extend another."""

from __future__ import annotations

import json
from copy import deepcopy

from simulator.scenario.merging import EVERY
from simulator.scenario.rules import Rule, scenario_schema

_ABOUT_EVERY = "Every entry that is already there; entries named beside it are changed after it."


def overlay_schema_text() -> str:
    """Return the JSON schema of sparse files as the text of ``overlay.schema.json``.

    Everything is optional and may be null, which deletes it, and "*" stands for every entry of a
    mapping whose names a scenario chooses.
    """
    schema = deepcopy(scenario_schema())
    parts = {name: _sparse(part) for name, part in schema.pop("$defs").items()}
    settings = _sparse(schema)
    parts["Changes"] = {
        "type": "object",
        "description": "The settings to change, laid out as in a scenario. null deletes.",
        "properties": settings["properties"],
        "additionalProperties": False,
    }
    parts["Overlay"] = _overlay(schema["properties"])
    parts["ExtendingScenario"] = _extending(settings["properties"], schema["properties"])
    whole = {
        "$schema": schema["$schema"],
        "title": "Overlay",
        "description": "Sparse settings, laid over a scenario. Everyone in it is synthetic.",
        "if": {"required": ["extends"]},
        "then": {"$ref": "#/$defs/ExtendingScenario"},
        "else": {"$ref": "#/$defs/Overlay"},
        "$defs": parts,
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _overlay(settings: Rule) -> Rule:
    return {
        "type": "object",
        "description": "A policy: a sparse file that is laid over a scenario.",
        "properties": {
            "overlay_version": {
                "const": 1,
                "description": "Version of this file format; always 1.",
                "type": "integer",
            },
            "title": settings["title"],
            "about": {"type": "string", "description": "What it changes, and why."},
            "changes": {"$ref": "#/$defs/Changes"},
        },
        "required": ["overlay_version", "title", "about", "changes"],
        "additionalProperties": False,
    }


def _extending(sparse: Rule, settings: Rule) -> Rule:
    extends = {
        "type": "string",
        "pattern": r"^[A-Za-z0-9_][\w.-]*$",
        "description": "The scenario this one changes: a packaged one such as town, or a file in "
        "the same folder such as my_town.yaml.",
    }
    whole = {name: settings[name] for name in ("title", "about")}
    return {
        "type": "object",
        "description": "A scenario that says only how it differs from another.",
        "properties": {"extends": extends, **sparse, **whole},
        "required": ["extends", "title", "about"],
        "additionalProperties": False,
    }


def _sparse(part: Rule) -> Rule:
    """Return the rule of a group of settings with each of them optional."""
    if "properties" not in part:
        return part
    properties = {name: _nullable(_any_entry(rule)) for name, rule in part["properties"].items()}
    return {key: value for key, value in part.items() if key != "required"} | {
        "properties": properties
    }


def _any_entry(rule: Rule) -> Rule:
    """Return the rule of a setting; of a mapping with free names, with null and "*" in it."""
    rule = {key: value for key, value in rule.items() if key not in ("default", "minProperties")}
    by_pattern = rule.get("patternProperties", {})
    entry = next(iter(by_pattern.values()), None) or rule.get("additionalProperties")
    if not entry:
        return rule
    every = _nullable(entry)
    rule["properties"] = {EVERY: {**every, "description": _ABOUT_EVERY}}
    if by_pattern:
        rule["patternProperties"] = dict.fromkeys(by_pattern, every)
        return rule
    rule["additionalProperties"] = every
    if "enum" in rule.get("propertyNames", {}):
        rule["propertyNames"] = {"enum": [*rule["propertyNames"]["enum"], EVERY]}
    return rule


def _nullable(rule: Rule) -> Rule:
    """Return a rule that allows null as well, its description kept where editors look for it."""
    if any(choice.get("type") == "null" for choice in rule.get("anyOf", ())):
        return rule
    outside: Rule = {key: rule[key] for key in ("title", "description") if key in rule}
    inside: Rule = {key: value for key, value in rule.items() if key not in outside}
    return {**outside, "anyOf": [inside, {"type": "null"}]}
