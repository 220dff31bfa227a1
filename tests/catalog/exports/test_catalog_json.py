"""The catalog as one JSON document, held to the schema that is shipped."""

import json
from pathlib import Path

import pytest
from export_reading import exported, project_of
from jsonschema import Draft202012Validator
from planting import planted_project
from small_catalog import DEFINITIONS, SETTINGS

from catalog import Audience, Project, export_schema
from catalog.model import KINDS


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project_of(tmp_path_factory.mktemp("small"), DEFINITIONS, SETTINGS)


def document(project: Project, audience: Audience = Audience.INTERNAL) -> dict:  # type: ignore[type-arg]
    return json.loads(exported(project, "json", audience, lambda thing, column: "")["catalog.json"])


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.PARTNER])
def test_the_document_keeps_to_the_schema(small: Project, audience: Audience) -> None:
    Draft202012Validator.check_schema(export_schema())
    Draft202012Validator(export_schema()).validate(document(small, audience))


def test_a_thing_with_every_field_filled_keeps_to_the_schema() -> None:
    written = document(planted_project(lambda kind, field: "a word", "thing"))
    Draft202012Validator(export_schema()).validate(written)
    for kind, model in KINDS.items():
        filled = {name for name in model.model_fields if name != "origin"}
        defaults = {"audience", "status", "type"}
        assert filled - defaults <= written[kind][0].keys(), kind


def test_every_object_of_the_schema_is_closed() -> None:
    schema = export_schema()
    objects = [schema, *(each for each in schema["$defs"].values() if each["type"] == "object")]
    assert all(each["additionalProperties"] is False for each in objects)


def test_it_says_what_is_written_where_and_what_the_sql_makes(small: Project) -> None:
    day = next(table for table in document(small)["tables"] if table["name"] == "mart.day")
    assert day["limitations"] == ["Late cases are missing."]
    assert day["written_at"] == {"file": "definitions/all.yml", "line": 26}
    assert [column["name"] for column in day["produced_columns"]] == ["removed", "spent", "loaded"]


def test_lineage_is_in_it_by_tables_and_by_columns(small: Project) -> None:
    written = document(small)
    day = {"kind": "table", "name": "mart.day"}
    assert {"source": {"kind": "table", "name": "raw.event"}, "target": day} in written["links"]
    edge = next(
        each for each in written["edges"] if each["target"] == {**day, "kind": "column", "column": "spent"}
    )
    assert edge["source"] == {"kind": "column", "name": "raw.event", "column": "seconds"}
    assert (edge["type"], edge["subtype"], edge["expression"]) == ("DIRECT", "AGGREGATION", "SUM(seconds)")


def test_partners_get_no_sql_no_files_and_no_names_of_tables(small: Project) -> None:
    text = exported(small, "json", Audience.PARTNER)["catalog.json"].decode()
    assert "Removal share" in text
    for word in ("mart.day", "SUM(", "all.yml", "bigquery", "secret.pay", '"expression"', '"written_at"'):
        assert word not in text


def test_free_keys_stay_as_they_are_written(tmp_path: Path) -> None:
    project = project_of(
        tmp_path, "tables: [{name: a.b, custom_properties: {none: null, empty: '', deep: {list: []}}}]"
    )
    assert document(project)["tables"][0]["custom_properties"] == {
        "none": None,
        "empty": "",
        "deep": {"list": []},
    }


def test_the_same_project_gives_the_same_bytes(small: Project) -> None:
    assert exported(small, "json") == exported(small, "json")
