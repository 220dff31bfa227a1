"""What is written by hand goes before what is imported; what differs is a finding."""

from __future__ import annotations

import json
from pathlib import Path

from dbt_manifest import manifest, node, opened, told, write

from catalog import Project, open_project

ORDERS = node(
    "model.shop.orders",
    description="From dbt.",
    config={"materialized": "view"},
    columns={
        "id": {"name": "id", "description": "Number of the order.", "data_type": "BIGINT"},
        "amount": {"name": "amount", "description": "In cents.", "data_type": "BIGINT"},
    },
    compiled_code="select 1 as id, 2 as amount",
)


def merged(folder: Path, definitions: str) -> Project:
    return opened(folder, manifest(ORDERS), definitions__all_yml=definitions)


def test_what_is_written_by_hand_stays_and_what_is_not_comes_from_the_source(tmp_path: Path) -> None:
    project = merged(
        tmp_path,
        """\
tables:
  - name: shop.orders
    label: Orders
    description: By hand.
    columns:
      - {name: amount, label: Amount, unit: cents}
      - {name: note, description: Nobody else knows of it.}
""",
    )
    table = project.catalog.tables["shop.orders"]
    assert (table.label, table.description, table.kind) == ("Orders", "By hand.", "view")
    assert [(each.name, each.description, each.unit) for each in table.columns] == [
        ("id", "Number of the order.", None),
        ("amount", "In cents.", "cents"),
        ("note", "Nobody else knows of it.", None),
    ]
    assert told(project) == []


def test_every_value_stands_where_it_was_written(tmp_path: Path) -> None:
    project = merged(tmp_path, "tables:\n  - name: shop.orders\n    label: Orders\n")
    table = project.catalog.tables["shop.orders"]
    assert [str(table.at(key)) for key in ("label", "description", "owner")] == [
        "definitions/all.yml:3:12",
        "target/manifest.json",
        "definitions/all.yml:2:5",
    ]
    assert table.origin.sources == ("dbt, `target/manifest.json`",)


def test_facts_that_differ_are_a_finding_and_words_are_not(tmp_path: Path) -> None:
    project = merged(
        tmp_path,
        """\
tables:
  - name: shop.orders
    description: Other words.
    kind: table
    columns:
      - {name: id, type: TEXT}
""",
    )
    assert told(project) == [
        (
            "FL008",
            "definitions/all.yml:4:11",
            "`kind` of `shop.orders` is `table` here, but `view` in target/manifest.json",
        ),
        (
            "FL008",
            "definitions/all.yml:6:26",
            "`type` of `shop.orders.id` is `TEXT` here, but `BIGINT` in target/manifest.json",
        ),
    ]


def test_a_table_for_partners_gets_no_column_for_partners_from_a_source(tmp_path: Path) -> None:
    project = merged(
        tmp_path,
        "tables:\n  - {name: shop.orders, audience: partner, columns: [{name: amount, label: Amount}]}\n",
    )
    audiences = {each.name: each.audience for each in project.catalog.tables["shop.orders"].columns}
    assert audiences == {"id": "internal", "amount": None}


def test_the_sql_of_a_source_fills_the_table_that_is_written_by_hand(tmp_path: Path) -> None:
    merged(tmp_path, "tables: [{name: shop.orders, label: Orders}]\n")
    project = open_project(tmp_path)
    assert [text.table for text in project.catalog.sql] == ["shop.orders"]


def test_an_earlier_source_goes_before_a_later_one(tmp_path: Path) -> None:
    merged(tmp_path, "teams: [{name: ops}]\n")
    view = {"materialized": "table"}
    table = node(
        "model.other.orders", description="The other's.", config=view, compiled_code="select 1 as id"
    )
    write(tmp_path, "other/manifest.json", json.dumps(manifest(table)))
    sources = "".join(f"  - {{importer: dbt, path: {path}}}\n" for path in ("other", "target"))
    write(tmp_path, "plumbline.yml", f"name: Shop\ndialect: duckdb\ndatabase: warehouse\nsources:\n{sources}")
    project = open_project(tmp_path)
    orders = project.catalog.tables["shop.orders"]
    assert (orders.description, orders.kind, len(orders.columns)) == ("The other's.", "table", 2)
    assert orders.origin.sources == ("dbt, `other/manifest.json`", "dbt, `target/manifest.json`")
    assert [code for code, _, _ in told(project)] == ["FL008"]
