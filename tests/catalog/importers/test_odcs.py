"""Data contracts: tables, keys, promises and owners, wherever a contract may say them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from dbt_manifest import told, write

from catalog import Audience, Project, Status, open_project

SETTINGS = "name: Shop\ndialect: snowflake\nsources:\n  - {importer: odcs, path: contracts}\n"
HEAD = "kind: DataContract\napiVersion: {}\nid: 53581432-6c55\nversion: 1.0.0\nstatus: active\n"
HEAD_31 = HEAD.format("v3.1.0")


def opened(folder: Path, settings: str = SETTINGS, /, **contracts: str) -> Project:
    """The project of some contracts, by name."""
    write(folder, "plumbline.yml", settings)
    for name, text in contracts.items():
        write(folder, f"contracts/{name}.odcs.yaml", text)
    return open_project(folder)


PAYMENTS = f"""{HEAD_31}name: Payments
domain: sales
tags: [money]
description: {{purpose: To pay., usage: With care., limitations: None.}}
servers:
  - {{server: dev, type: snowflake, environment: dev, account: a, database: DEV, schema: PAY}}
  - {{server: live, type: snowflake, environment: prod, account: a, database: LIVE, schema: PAY}}
team:
  name: payments
  description: Looks after money.
support:
  - {{channel: "#payments", tool: slack}}
  - {{channel: mail, url: "mailto:pay@example.com"}}
slaProperties:
  - {{property: latency, value: 4, unit: h, element: tx.paid_at}}
  - {{property: retention, value: 3, unit: y}}
schema:
  - name: tx
    physicalName: TRANSACTION
    physicalType: view
    businessName: Transactions
    description: What was paid.
    dataGranularityDescription: One row per payment.
    properties:
      - {{name: currency, physicalName: CCY, logicalType: string, primaryKey: true, primaryKeyPosition: 2,
          quality: [{{metric: invalidValues, arguments: {{validValues: [EUR, USD]}}, mustBe: 0}}]}}
      - {{name: id, logicalType: integer, physicalType: "NUMBER(38,0)", required: true,
          primaryKey: true, primaryKeyPosition: 1}}
      - {{name: paid_at, logicalType: timestamp, partitioned: true, partitionKeyPosition: 1,
          quality: [{{type: library, rule: nullValues, mustBe: 0}}, {{metric: duplicateValues, mustBe: 0}}]}}
      - name: payer
        logicalType: object
        properties: [{{name: country, logicalType: string, businessName: Country of the payer}}]
      - name: lines
        logicalType: array
        items: {{logicalType: object, properties: [{{name: amount, logicalType: number}}]}}
"""


def test_a_contract_is_a_table_with_keys_promises_and_an_owner(tmp_path: Path) -> None:
    project = opened(tmp_path, payments=PAYMENTS)
    assert list(project.catalog.tables) == ["LIVE.PAY.TRANSACTION"]
    table = project.catalog.tables["LIVE.PAY.TRANSACTION"]
    assert (table.label, table.kind, table.status, table.domain) == (
        "Transactions",
        "view",
        Status.ACTIVE,
        "sales",
    )
    assert (table.grain, table.purpose, table.limitations) == ("One row per payment.", "To pay.", ("None.",))
    assert (table.primary_key, table.partitioned_by) == (("ID", "CCY"), ("paid_at",))
    assert (table.freshness, table.retention, table.owner) == ("PT4H", "P3Y", "payments")
    assert table.audience is Audience.INTERNAL
    assert [(each.name, each.type) for each in table.columns] == [
        ("CCY", "STRING"),
        ("ID", "NUMBER(38,0)"),
        ("PAID_AT", None),
        ("PAYER", None),
        ("PAYER.COUNTRY", "STRING"),
        ("LINES", None),
        ("LINES.AMOUNT", None),
    ]
    ccy, id_, paid_at = table.columns[:3]
    assert (ccy.valid_values, id_.required, paid_at.required, paid_at.unique) == (
        ("EUR", "USD"),
        True,
        True,
        True,
    )
    team = project.catalog.teams["payments"]
    assert (team.email, team.channel, team.description) == (
        "pay@example.com",
        "#payments",
        "Looks after money.",
    )
    assert str(table.at("label")) == "contracts/payments.odcs.yaml:26:19"
    assert table.origin.sources == ("data contract `contracts/payments.odcs.yaml`",)
    assert told(project) == []


@pytest.mark.parametrize(
    ("written", "database"),
    [
        ("{server: a, type: bigquery, project: P, dataset: D}", "P.D."),
        ("{server: a, type: databricks, catalog: P, schema: D}", "P.D."),
        ("{server: a, type: custom, schema: D}", "D."),
        ("{server: a, type: kafka, host: broker}", ""),
        ("{server: a, type: mysql, host: h, port: 1, database: P}", ""),
    ],
)
def test_the_server_says_where_a_table_lies(tmp_path: Path, written: str, database: str) -> None:
    project = opened(tmp_path, one=f"{HEAD_31}servers: [{written}]\nschema: [{{name: tx}}]\n")
    assert list(project.catalog.tables) == [f"{database}TX"]


def test_a_physical_name_with_dots_is_whole(tmp_path: Path) -> None:
    servers = "servers: [{server: a, type: custom, schema: D}]\n"
    text = f"{HEAD_31}{servers}schema: [{{name: tx, physicalName: a.b.c}}]\n"
    assert list(opened(tmp_path, one=text).catalog.tables) == ["A.B.C"]


@pytest.mark.parametrize(
    ("to", "table"),
    [
        ("customer.id", "CUSTOMER"),
        ("schema/cust_tbl/properties/id", "CUSTOMER"),
        ("other.odcs.yaml#/schema/country/properties/code", "COUNTRY"),
    ],
)
def test_references_lead_to_tables_of_this_and_other_contracts(tmp_path: Path, to: str, table: str) -> None:
    one = f"""{HEAD_31}schema:
  - {{name: tx, properties: [{{name: who, relationships: [{{to: {to}}}]}}]}}
  - {{name: customer, id: cust_tbl, properties: [{{name: id}}]}}
"""
    project = opened(tmp_path, one=one, other=f"{HEAD_31}schema: [{{name: country}}]\n")
    assert project.catalog.tables["TX"].columns[0].references == table
    assert told(project) == []


def test_a_reference_may_be_stated_by_the_table(tmp_path: Path) -> None:
    one = f"""{HEAD_31}schema:
  - name: tx
    properties: [{{name: who}}]
    relationships: [{{from: tx.who, to: customer.id}}]
  - {{name: customer}}
"""
    assert opened(tmp_path, one=one).catalog.tables["TX"].columns[0].references == "CUSTOMER"


@pytest.mark.parametrize(
    ("team", "owner"),
    [
        ("[{username: ada, role: Data Steward}, {username: bob, role: Owner}]", "bob"),
        ("[{username: ada}]", "ada"),
        ("{members: [{username: eve, role: owner}]}", "eve"),
        ("{description: Nobody.}", None),
    ],
)
def test_the_owner_is_the_team_or_the_member_who_owns(tmp_path: Path, team: str, owner: str | None) -> None:
    text = f"{HEAD.format('v3.0.2')}team: {team}\nschema: [{{name: tx}}]\n"
    assert opened(tmp_path, one=text).catalog.tables["TX"].owner == owner


def test_what_has_no_place_in_a_table_is_told_once_for_each_contract(tmp_path: Path) -> None:
    text = f"""{HEAD_31}price: {{priceAmount: 1}}
roles: [{{role: reader}}]
slaProperties: [{{property: availability, value: 99.9}}]
schema:
  - name: tx
    relationships: [{{from: [tx.a, tx.b], to: [y.a, y.b]}}]
    quality: [{{metric: rowCount, mustBeGreaterThan: 0}}]
    properties:
      - {{name: a, transformLogic: a + 1, quality: [{{type: sql, query: SELECT 1, mustBe: 1}}],
          customProperties: [{{property: colour, value: red}}], relationships: [{{to: nowhere.id}}]}}
"""
    assert told(opened(tmp_path, one=text)) == [
        (
            "FL007",
            "contracts/one.odcs.yaml",
            "`price`, `roles`, `schema.properties.customProperties`, `schema.properties.quality`, "
            "`schema.properties.relationships` and 4 more of the contract have no place in a table, "
            "and are left out",
        )
    ]


def test_what_has_no_name_is_told(tmp_path: Path) -> None:
    text = f"{HEAD_31}schema: [{{name: 2024}}, {{name: tx, properties: [{{name: 1}}, {{name: a.b}}]}}]\n"
    ((_, _, message),) = told(opened(tmp_path, one=text))
    assert message.startswith("`schema without a name`, `schema.properties without a name` of the contract")


def test_days_among_values_are_texts(tmp_path: Path) -> None:
    rule = "{metric: invalidValues, arguments: {validValues: [2026-01-01]}, mustBe: 0}"
    property_ = f"{{name: a.b, examples: [2026-01-02], quality: [{rule}]}}"
    text = f"{HEAD_31}schema: [{{name: tx, properties: [{property_}]}}]\n"
    column = opened(tmp_path, one=text).catalog.tables["TX"].columns[0]
    assert (column.examples, column.valid_values) == (("2026-01-02",), ("2026-01-01",))
    assert told(opened(tmp_path, one=text)) == []


def test_values_that_do_not_fit_are_left_out_and_told(tmp_path: Path) -> None:
    text = f"{HEAD_31}schema: [{{name: tx, properties: [{{name: a, required: sometimes, unique: true}}]}}]\n"
    project = opened(tmp_path, one=text)
    column = project.catalog.tables["TX"].columns[0]
    assert (column.required, column.unique) == (None, True)
    assert [code for code, *_ in told(project)] == ["FL007"]


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{HEAD_31}schema: [{{name: tx", "is not closed"),
        (HEAD.format("v2.2.2"), "`apiVersion` is `v2.2.2`, and v3.0 and v3.1 are read"),
        ("kind: DataContract\n", "`apiVersion` is `None`"),
        ("kind: Deployment\n", "this is no data contract"),
        ("[1, 2]\n", "this is no data contract"),
        ("", "the file is empty"),
        (f"{HEAD_31}{BOMB}", "its aliases stand for more than"),
        (f"{HEAD_31}schema: !python/object:os.system x\n", "the tag"),
        ("\x00\x01", "control character"),
    ],
)
def test_a_broken_contract_is_one_finding_and_the_others_are_read(
    tmp_path: Path, text: str, message: str
) -> None:
    project = opened(tmp_path, broken=text, fine=f"{HEAD_31}schema: [{{name: tx}}]\n")
    assert list(project.catalog.tables) == ["TX"]
    ((code, place, said),) = told(project)
    assert (code in ("FL001", "FL005"), place.startswith("contracts/broken.odcs.yaml")) == (True, True)
    assert message in said


def test_a_newer_standard_is_read_and_told(tmp_path: Path) -> None:
    project = opened(tmp_path, one=f"{HEAD.format('v3.2.0')}schema: [{{name: tx}}]\n")
    assert list(project.catalog.tables) == ["TX"]
    assert [message for *_, message in told(project)] == [
        "`v3.2.0` of the standard is newer than what is known here (v3.1); it is read as that"
    ]


def test_other_yaml_in_the_folder_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "contracts/compose.yaml", "services: {a: !reset null}\n")
    write(tmp_path, "contracts/broken.yml", "a: [\n")
    write(tmp_path, "contracts/.hidden/x.odcs.yaml", "kind: nothing\n")
    write(tmp_path, "contracts/plain.yaml", f"{HEAD_31}schema: [{{name: plain}}]\n")
    project = opened(tmp_path)
    assert list(project.catalog.tables) == ["PLAIN"]
    assert told(project) == []


def test_a_folder_without_contracts_is_one_finding(tmp_path: Path) -> None:
    write(tmp_path, "contracts/compose.yaml", "services: []")
    ((code, _, message),) = told(opened(tmp_path))
    assert (code, message) == ("FL001", "there is no data contract in `contracts`")


def test_what_is_written_by_hand_goes_before_a_contract(tmp_path: Path) -> None:
    write(tmp_path, "definitions/tx.yml", "tables: [{name: LIVE.PAY.TRANSACTION, label: Mine, owner: me}]")
    project = opened(tmp_path, f"{SETTINGS}definitions: [definitions]\n", payments=PAYMENTS)
    table = project.catalog.tables["LIVE.PAY.TRANSACTION"]
    assert (table.label, table.owner, table.description) == ("Mine", "me", "What was paid.")
    assert [code for code, *_ in told(project)] == ["FL008"]


def test_odd_shapes_of_every_key_are_no_error_of_ours(tmp_path: Path) -> None:
    odd: list[Any] = [None, 1, "x", [], {}, [[]], [{}], [{"name": 1}], {"name": []}, [None]]
    own = ("name", "description", "servers", "team", "support", "slaProperties", "customProperties", "tags")
    inner = ("properties", "relationships", "customProperties", "physicalName", "physicalType", "tags")
    deep = (
        "quality",
        "relationships",
        "customProperties",
        "items",
        "properties",
        "primaryKeyPosition",
        "examples",
    )
    found = 0
    for number, value in enumerate(odd):
        table: dict[str, Any] = {
            "name": f"t{number}",
            "properties": [{"name": "a", **dict.fromkeys(deep, value)}],
        }
        contracts = (
            {**dict.fromkeys(own, value), "schema": [table]},
            {"servers": [{"environment": value, "schema": value}], "schema": [{"name": f"v{number}"}]},
            {"schema": [{"name": f"u{number}", **dict.fromkeys(inner, value)}]},
            {"schema": value},
        )
        for place, content in enumerate(contracts):
            text = HEAD_31 + yaml.safe_dump(content)
            write(tmp_path, f"contracts/c{number}-{place}.odcs.yaml", text)
            found += place < 3
    assert len(opened(tmp_path).catalog.tables) == found


def test_a_contract_makes_nothing_public(tmp_path: Path) -> None:
    custom = "customProperties: [{property: audience, value: partner}]"
    text = f"{HEAD_31}schema: [{{name: tx, {custom}, properties: [{{name: a, {custom}}}]}}]\n"
    table = opened(tmp_path, one=text).catalog.tables["TX"]
    assert (table.audience, table.columns[0].audience) == (Audience.INTERNAL, None)
    narrow = opened(tmp_path, one=text.replace("partner", "restricted")).catalog.tables["TX"]
    assert (narrow.audience, narrow.columns[0].audience) == (Audience.RESTRICTED, Audience.RESTRICTED)
