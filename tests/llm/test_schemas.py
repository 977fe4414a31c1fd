"""Every schema that is sent is one that strict servers take and that no server can reorder. C.9: 54."""

from collections.abc import Iterator, Mapping

import pytest

from coach.judge.answer import ANSWER
from coach.llm.port import Shape

SHAPES = [ANSWER]
KNOWN = {"type", "properties", "required", "additionalProperties", "items", "enum"}
"""Nothing else: `$ref`, `default`, `anyOf`, `pattern` and limits are refused somewhere."""


def nodes(schema: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The schema and all in it."""
    yield schema
    inner = schema.get("properties", {})
    assert isinstance(inner, Mapping)
    for one in (*inner.values(), *([schema["items"]] if "items" in schema else [])):
        assert isinstance(one, Mapping)
        yield from nodes(one)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_54_a_schema_uses_only_what_every_server_knows(shape: Shape) -> None:
    for node in nodes(shape.schema):
        assert set(node) <= KNOWN
        assert isinstance(node["type"], str)
        if node["type"] == "object":
            assert node["additionalProperties"] is False
            properties = node["properties"]
            assert isinstance(properties, Mapping)
            assert node["required"] == list(properties)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_54_keys_stand_in_the_order_a_server_that_sorts_them_writes_them(shape: Shape) -> None:
    for node in nodes(shape.schema):
        properties = node.get("properties", {})
        assert isinstance(properties, Mapping)
        assert list(properties) == sorted(properties)
    assert shape.key in shape.schema["properties"]  # type: ignore[operator]


def test_54_evidence_is_written_before_the_finding_it_is_for() -> None:
    item = next(one for one in nodes(ANSWER.schema) if "finding" in one.get("properties", {}))  # type: ignore[operator]
    order = list(item["properties"])  # type: ignore[call-overload]
    assert order.index("evidence") < order.index("finding") < order.index("why")
