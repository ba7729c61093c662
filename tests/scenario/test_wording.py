import json

import pytest
from pydantic import ValidationError

from simulator.scenario.schema import Scenario
from simulator.scenario.wording import message

WRONG = [None, True, 0.5, -1, 10**17, "", "x" * 100, [], [1], {}, {"Bad Key": 1}, {"x": {"y": 1}}]


def each_place(rule, definitions, path=()):
    """Yield every path of the schema, with a made-up name where names are free."""
    rule = rule.get("anyOf", [rule])[0]
    if "$ref" in rule:
        rule = definitions[rule["$ref"].rsplit("/", 1)[1]]
    yield path
    for name, inner in rule.get("properties", {}).items():
        yield from each_place(inner, definitions, (*path, name))
    names = rule.get("propertyNames", {}).get("enum", ["made_up"])
    inner = rule.get("additionalProperties") or next(
        iter(rule.get("patternProperties", {}).values()), None
    )
    if inner:
        yield from each_place(inner, definitions, (*path, names[0]))
    if "items" in rule:
        yield from each_place(rule["items"], definitions, (*path, 0))


SCHEMA = Scenario.model_json_schema()
PLACES = [path for path in each_place(SCHEMA, SCHEMA["$defs"]) if path]


def nested(path, value):
    for step in reversed(path):
        value = [value] if isinstance(step, int) else {step: value}
    return value


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_every_refusal_of_the_schema_has_words_of_its_own(path):
    refused = 0
    for wrong in WRONG:
        with pytest.raises(ValidationError) as caught:
            Scenario.model_validate_json(json.dumps(nested(path, wrong)), strict=True)
        for error in caught.value.errors():
            line = message(error, None)
            assert "not what is expected" not in line, error
            assert "\n" not in line
            refused += error["loc"][: len(path)] == path
    assert refused
