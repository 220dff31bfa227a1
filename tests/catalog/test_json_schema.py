"""The published schemas say what the reader says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from catalog.json_schema import definitions_schema, settings_schema
from catalog.model import KINDS, Audience, Status
from catalog.reading.document import read_documents
from catalog.reading.item_faults import known_keys
from catalog.reading.items import read_item
from catalog.reading.yaml_values import YamlMapping, without_origins
from catalog.settings import Settings

ROOT = Path(__file__).parents[2]
EXAMPLE = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "definitions").rglob("*.yml")
    if path.name != "search_tests.yml" and not path.name.startswith("_")
)


def faults(schema: dict[str, Any], content: bytes) -> list[str]:
    """What a schema has against a file."""
    validator = Draft202012Validator(schema)
    values = [without_origins(value) for value in read_documents(content, "f.yml").roots]
    return [error.message for value in values for error in validator.iter_errors(value)]


@pytest.mark.parametrize("schema", [definitions_schema(), settings_schema()], ids=["definitions", "settings"])
def test_the_schema_is_one(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"]
    assert schema["title"]
    assert schema["description"]


def test_there_is_an_example_to_hold_against_the_schema() -> None:
    assert len(EXAMPLE) > 10


@pytest.mark.parametrize("file", EXAMPLE)
def test_the_example_fits_the_schema(file: str) -> None:
    assert faults(definitions_schema(), (ROOT / file).read_bytes()) == []


def test_the_settings_of_the_example_fit_the_schema() -> None:
    assert faults(settings_schema(), (ROOT / "plumbline.yml").read_bytes()) == []


@pytest.mark.parametrize(
    "text",
    [
        "tables: [{name: a, ower: b}]",
        "tables: [{name: a, columns: [{name: b, typ: c}]}]",
        "tables: [{owner: a}]",
        "tables: [{name: a, audience: partnr}]",
        "tables: [{name: a, tags: b}]",
        "tables: [{name: ''}]",
        "tabels: []",
        "tables: {}",
    ],
)
def test_what_the_reader_refuses_does_not_fit_the_schema(text: str) -> None:
    assert faults(definitions_schema(), text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "metrics: [{name: a, version: 1.10, tags: [2026], related_metrics: [{name: b}]}]",
        "tables: [{name: a, owner: , custom_properties: {x: [1, {y: z}]}, review_by: 2026-01-01}]",
        "tables: [{name: a, columns: [{name: b, valid_values: [NO, 1, 1.5, true]}]}]",
    ],
)
def test_what_the_reader_takes_fits_the_schema(text: str) -> None:
    documents = read_documents(text.encode(), "f.yml")
    (root,) = documents.roots
    assert isinstance(root, YamlMapping)
    kind, items = next(iter(root.items()))
    _, misfits = read_item(KINDS[kind], items[0], "a", documents.written)
    assert misfits == ()
    assert faults(definitions_schema(), text.encode()) == []


def test_an_editor_can_complete_every_key_and_choice() -> None:
    schema = definitions_schema()
    assert list(schema["properties"]) == list(KINDS)
    for model in KINDS.values():
        assert set(schema["$defs"][model.__name__]["properties"]) == set(known_keys(model))
    assert schema["$defs"]["Audience"]["enum"] == [audience.value for audience in Audience]
    assert schema["$defs"]["Status"]["enum"] == [status.value for status in Status]
    assert set(settings_schema()["properties"]) == set(known_keys(Settings))


def test_where_a_thing_stands_is_no_part_of_the_schema() -> None:
    for schema in (definitions_schema(), settings_schema()):
        assert "origin" not in json.dumps(schema).lower().replace("original", "")


def test_the_schema_is_the_same_every_time() -> None:
    assert json.dumps(definitions_schema()) == json.dumps(definitions_schema())
    assert list(definitions_schema()["$defs"]) == sorted(definitions_schema()["$defs"])
