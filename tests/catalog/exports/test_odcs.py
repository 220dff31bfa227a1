"""Tables as data contracts: held to the official schema, and read back."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from export_reading import exported, project_of
from jsonschema import Draft201909Validator
from open_data_contract_standard.model import OpenDataContractStandard
from planting import planted_project
from small_catalog import DEFINITIONS, SETTINGS

from catalog import Audience, Project, Settings, Status, open_project

SCHEMA = json.loads(files("open_data_contract_standard").joinpath("schema.json").read_text("utf-8"))

FULL = """
teams: [{name: ops, description: Looks after queues., email: ops@example.com, channel: "#ask-ops"}]
enums: [{name: outcome, values: [{value: KEPT, label: Stays up}, {value: GONE}]}]
tables:
  - name: acme.mart.day
    label: Cases by day
    summary: Cases of a day.
    description: "All cases.\\n\\nBy day: it's *fine*."
    owner: ops
    status: deprecated
    domain: quality
    tags: [daily, cases]
    kind: view
    layer: mart
    purpose: To plan.
    usage: With care.
    limitations: [Late cases are missing., Weekends too.]
    grain: One row per day.
    primary_key: [day, site.id]
    partitioned_by: [day]
    clustered_by: [outcome]
    freshness: PT26H
    update_frequency: P1D
    retention: two years
    audience: restricted
    deprecation_date: 2026-12-31
    last_reviewed: 2026-01-02
    review_by: 2026-07-02
    refresh: Every morning.
    classification: confidential
    contact: Ask Ops.
    replacement: mart.week
    custom_properties: {tier: 1, dashboards: [a, b]}
    columns:
      - {name: day, audience: restricted, label: Day, type: DATE, description: D,
         required: true, unique: true}
      - {name: outcome, type: STRING, valid_values: [KEPT, GONE, 3], examples: [KEPT], tags: [key]}
      - {name: spent, type: "NUMERIC(10,2)", unit: seconds, personal_data: true, classification: restricted}
      - {name: site, type: STRUCT}
      - {name: site.id, type: INT64, references: mart.site}
      - {name: tags, type: ARRAY<STRUCT<k STRING>>}
      - {name: tags.k, type: STRING, references: mart.pairs}
  - {name: mart.site, primary_key: [id], columns: [{name: id, type: INT64}]}
  - {name: mart.pairs, primary_key: [a, b], columns: [{name: a}, {name: b}]}
  - {name: plain, audience: partner, partitioned_by: [DATE(at)], columns: [{name: at, enum: outcome}]}
"""
FULL_SETTINGS = "name: Shop\ndialect: bigquery\ndatabase: acme\n"
FROM_CONTRACTS = f"{FULL_SETTINGS}definitions: []\nsources: [{{importer: odcs, path: contracts}}]\n"


def contracts(project: Project) -> dict[str, dict[str, Any]]:
    return {name: yaml.safe_load(content) for name, content in exported(project, "odcs").items()}


def faults(contract: dict[str, Any]) -> list[str]:
    return [fault.message for fault in Draft201909Validator(SCHEMA).iter_errors(contract)]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project_of(tmp_path_factory.mktemp("full"), FULL, FULL_SETTINGS)


@pytest.mark.parametrize(("definitions", "settings"), [(FULL, FULL_SETTINGS), (DEFINITIONS, SETTINGS)])
def test_contracts_keep_to_the_official_schema(tmp_path: Path, definitions: str, settings: str) -> None:
    for contract in contracts(project_of(tmp_path, definitions, settings)).values():
        assert faults(contract) == []
        OpenDataContractStandard.model_validate(contract)


@pytest.mark.parametrize(
    "text", ["a word", "- x: [*a", "on", "1.0", "2026-01-01", " # x\n\tb\n ", "\x85\u2028"]
)
def test_odd_texts_stay_texts(text: str) -> None:
    project = planted_project(
        lambda kind, field: "x" if kind is Settings else text, "thing", status=Status.ACTIVE
    )
    (contract,) = contracts(project).values()
    assert contract["schema"][0]["description"] == text
    assert contract["domain"] == text


def test_the_schema_is_able_to_find_a_fault(full: Project) -> None:
    contract = contracts(full)["mart.day.odcs.yaml"]
    assert faults({**contract, "colour": "red"})
    assert faults({**contract, "schema": [{"physicalName": "nameless"}]})


def test_a_contract_says_where_the_table_lies_who_answers_and_what_is_promised(full: Project) -> None:
    contract = contracts(full)["mart.day.odcs.yaml"]
    assert contract["servers"] == [
        {"server": "warehouse", "type": "bigquery", "project": "acme", "dataset": "mart"}
    ]
    assert contract["team"] == {"name": "ops", "description": "Looks after queues."}
    assert contract["support"] == [
        {"channel": "#ask-ops"},
        {"channel": "email", "url": "mailto:ops@example.com"},
    ]
    assert {"property": "latency", "value": 26, "unit": "h"} in contract["slaProperties"]
    site = next(each for each in contract["schema"][0]["properties"] if each["name"] == "site")
    (inner,) = site["properties"]
    assert inner["relationships"] == [
        {"type": "foreignKey", "to": "mart.site.odcs.yaml#/schema/site/properties/id"}
    ]


def test_lineage_is_said_of_each_column(tmp_path: Path) -> None:
    contract = contracts(project_of(tmp_path, DEFINITIONS, SETTINGS))["mart.day.odcs.yaml"]
    spent = next(each for each in contract["schema"][0]["properties"] if each["name"] == "spent")
    assert spent["transformSourceObjects"] == ["raw.event.seconds"]
    assert spent["transformLogic"] == "SUM(seconds)"


def test_files_of_tables_that_differ_in_case_alone_are_two(tmp_path: Path) -> None:
    project = project_of(tmp_path, "tables: [{name: a.b}, {name: a.B}, {name: 'a.b/c'}]", FULL_SETTINGS)
    names = list(exported(project, "odcs"))
    assert len({name.lower() for name in names}) == 3
    assert not [name for name in names if "/" in name]


def test_what_is_written_comes_back_but_for_what_a_contract_has_no_place_for(
    full: Project, tmp_path: Path
) -> None:
    (tmp_path / "contracts").mkdir()
    (tmp_path / "plumbline.yml").write_text(FROM_CONTRACTS, "utf-8")
    for name, content in exported(full, "odcs").items():
        (tmp_path / "contracts" / name).write_bytes(content)
    back = open_project(tmp_path)
    assert list(back.catalog.tables) == list(full.catalog.tables)
    lost = {
        ("plain", "plain", "audience", Audience.PARTNER),
        ("plain", "plain.at", "enum", "outcome"),
        ("plain", "plain.at", "valid_values", ()),
    }
    assert {*differences(full, back)} == lost
    assert back.catalog.teams["ops"].model_dump() == full.catalog.teams["ops"].model_dump()
    assert [misfit.message for misfit in back.catalog.misfits] == []


def differences(before: Project, after: Project) -> list[tuple[object, ...]]:
    """Table, column, key and the value before, of all that is not the same."""
    found: list[tuple[object, ...]] = []
    for name, table in before.catalog.tables.items():
        other = after.catalog.tables[name]
        assert [each.name for each in table.columns] == [each.name for each in other.columns]
        pairs = [(name, table, other)]
        pairs += [(f"{name}.{a.name}", a, b) for a, b in zip(table.columns, other.columns, strict=True)]
        for what, mine, theirs in pairs:
            for key in type(mine).model_fields.keys() - {"origin", "columns"}:
                if getattr(mine, key) != getattr(theirs, key):
                    found.append((name, what, key, getattr(mine, key)))
    return found
