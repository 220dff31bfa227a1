"""Properties of a contract → columns, fields of structs too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...logical_types import UNAMBIGUOUS
from ...reading.yaml_values import ORIGIN_KEY, without_origins
from ..building import narrowed, without_empty
from ..shapes import Json, as_items, as_keys, texts_of
from .contracts import Contract, References

DEEPEST = 40
"""Structs inside each other."""

KEYS = {
    "name": "name",
    "label": "businessName",
    "description": "description",
    "type": "physicalType",
    "required": "required",
    "unique": "unique",
    "classification": "classification",
    "examples": "examples",
    "references": "relationships",
    "valid_values": "quality",
}
"""Key of a column → the key of a property that says it."""

ALSO_READ = frozenset(
    {"id", "physicalName", "logicalType", "tags", "primaryKey", "primaryKeyPosition", "partitioned",
     "partitionKeyPosition", "customProperties", "properties", "items"}
)  # fmt: skip

CUSTOM = {"unit": "unit", "personalData": "personal_data", "references": "references", "audience": "audience"}
"""Custom property of a column → the key it fills."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property under its dotted name."""

    name: str
    content: Json


def name_of(content: Json) -> str | None:
    """What a property is called in the warehouse."""
    names = (*texts_of(content.get("physicalName")), *texts_of(content.get("name")))
    return next(iter(names), None)


def properties_of(fields: object, path: tuple[str, ...] = ()) -> Iterator[Property]:
    """The properties of a list, each before those inside of it."""
    for each in as_items(fields) if len(path) < DEEPEST else ():
        content = as_keys(each)
        name = name_of(content)
        if name is None:
            continue
        inside = (*path, name)
        yield Property(".".join(inside), content)
        yield from properties_of(content.get("properties"), inside)
        yield from properties_of(as_keys(content.get("items")).get("properties"), inside)


def column_of(contract: Contract, property_: Property, references: References) -> dict[str, Any]:
    """The column that a property is."""
    content = property_.content
    contract.lose(content, {*KEYS.values(), *ALSO_READ}, "schema.properties.")
    values = {
        **{key: content.get(theirs) for key, theirs in KEYS.items() if theirs not in NOT_AS_THEY_ARE},
        "name": property_.name,
        "examples": without_origins(content.get("examples")),
        "type": _type(content),
        "tags": list(texts_of(content.get("tags"))),
        "references": _reference(contract, content, references),
        **_promised(contract, content),
        **_custom(contract, content),
        ORIGIN_KEY: contract.place(content, KEYS),
    }
    return without_empty(values)


NOT_AS_THEY_ARE = frozenset({"relationships", "quality", "physicalType"})


def ordered(properties: list[Property], flag: str, position: str) -> list[str]:
    """The names of properties with a flag, in the order of their positions."""
    marked = [each for each in properties if each.content.get(flag) is True]
    return [each.name for each in sorted(marked, key=lambda each: _number(each.content.get(position)))]


def _number(position: object) -> int:
    return position if isinstance(position, int) and position > 0 else 1_000_000


def _type(content: Json) -> str | None:
    """The type of the warehouse, else the one that the logical type means everywhere."""
    physical = content.get("physicalType")
    if isinstance(physical, str):
        return physical
    return next((type_ for kind, type_ in UNAMBIGUOUS.items() if kind == content.get("logicalType")), None)


def _reference(contract: Contract, content: Json, references: References) -> str | None:
    """The table that the property is a key of."""
    targets = [as_keys(each).get("to") for each in as_items(content.get("relationships"))]
    found = [references.of(contract, target) for target in targets]
    if len(found) > 1 or None in found:
        contract.lost["schema.properties.relationships"] = None
    return found[0] if len(found) == 1 else None


def _promised(contract: Contract, content: Json) -> dict[str, Any]:
    """What the rules of the library promise of each value; other rules are lost."""
    promised: dict[str, Any] = {}
    for rule in map(as_keys, as_items(content.get("quality"))):
        metric = rule.get("metric") or rule.get("rule")
        values = without_origins(as_items(as_keys(rule.get("arguments")).get("validValues")))
        if rule.get("mustBe") != 0 or rule.get("unit") not in (None, "rows"):
            contract.lost["schema.properties.quality"] = None
        elif metric == "nullValues":
            promised["required"] = True
        elif metric == "duplicateValues":
            promised["unique"] = True
        elif metric == "invalidValues" and values:
            promised["valid_values"] = values
        else:
            contract.lost["schema.properties.quality"] = None
    return promised


def _custom(contract: Contract, content: Json) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in map(as_keys, as_items(content.get("customProperties"))):
        key = CUSTOM.get(str(each.get("property")))
        if key is None:
            contract.lost["schema.properties.customProperties"] = None
        else:
            found[key] = each.get("value")
    return narrowed(found)
