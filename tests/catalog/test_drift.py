"""A catalog held against what a warehouse holds: what is in one only, and what differs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dbt_manifest import write

from catalog import DRIFT_FORMATS, Drift, drift_from, open_project, seen_in

SETTINGS = "name: T\ndialect: duckdb\ndatabase: shop\nschema: main\n"


def drifted(folder: Path, definitions: str, exports: str, settings: str = SETTINGS) -> Drift:
    """The differences between definitions and an export."""
    write(folder, "plumbline.yml", settings)
    write(folder, "definitions/all.yml", definitions)
    write(folder, "export.csv", exports)
    project = open_project(folder)
    assert project.catalog.misfits == ()
    return drift_from(project, seen_in(folder / "export.csv", project.settings))


def messages(drift: Drift) -> list[str]:
    return [f"{each.message}{f' | {each.hint}' if each.hint else ''}" for each in drift.differences]


HEAD = "table_catalog,table_schema,table_name,table_type,column_name,data_type\n"


def test_tables_that_are_in_one_only(tmp_path: Path) -> None:
    export = f"{HEAD}shop,main,orders,,id,INT\nshop,main,order_lines,,id,INT\n"
    drift = drifted(tmp_path, "tables: [{name: orders}, {name: order_line}]", export)
    assert messages(drift) == [
        "`main.order_line` is in the catalog, but not in the warehouse | Did you mean `main.order_lines`?",
        "`main.order_lines` is in the warehouse, but not in the catalog",
    ]
    assert [str(each.location) for each in drift.differences] == ["definitions/all.yml:1:33", "None"]
    assert drift.compared == 1


def test_columns_that_are_in_one_only(tmp_path: Path) -> None:
    tables = "tables: [{name: orders, columns: [{name: ID}, {name: pric}]}]"
    drift = drifted(tmp_path, tables, f"{HEAD}shop,main,orders,,id,INT\nshop,main,orders,,price,INT\n")
    assert messages(drift) == [
        "`main.orders.pric` is in the catalog, but not in the warehouse | Did you mean `price`?",
        "`main.orders.price` is in the warehouse, but not in the catalog",
    ]


def test_columns_that_only_sql_tells_of_count_as_known(tmp_path: Path) -> None:
    tables = "tables: [{name: a, sql: 'SELECT id, n AS total FROM b'}, {name: b}]"
    export = f"{HEAD}shop,main,a,,id,INT\nshop,main,a,,sum,INT\nshop,main,b,,id,INT\n"
    assert messages(drifted(tmp_path, tables, export)) == [
        "`main.a.total` is in the catalog, but not in the warehouse",
        "`main.a.sum` is in the warehouse, but not in the catalog",
    ]
    star = "tables: [{name: a, sql: 'SELECT * FROM b'}, {name: b}]"
    assert messages(drifted(tmp_path, star, export)) == []


@pytest.mark.parametrize(
    ("dialect", "documented", "stored", "is_same"),
    [
        ("duckdb", "INT8", "BIGINT", True),
        ("duckdb", "DECIMAL(10,2)", "NUMERIC(18,3)", True),
        ("duckdb", "VARCHAR", "BIGINT", False),
        ("duckdb", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", False),
        ("duckdb", "STRUCT(a INT)", "STRUCT(a VARCHAR)", False),
        ("postgres", "text", "character varying(9)", True),
        ("postgres", "bigint", "bigserial", True),
        ("snowflake", "INTEGER", "NUMBER(38,0)", True),
        ("snowflake", "TEXT", "VARCHAR(16777216)", True),
        ("mysql", "BOOLEAN", "tinyint(1)", True),
        ("tsql", "BIT", "bit", True),
        ("bigquery", "FLOAT64", "FLOAT64", True),
        ("bigquery", "TIMESTAMP", "DATETIME", False),
        ("bigquery", "ARRAY<STRING>", "ARRAY<INT64>", False),
        ("postgres", "mood", "ops.mood", True),
    ],
)
def test_types_are_compared_by_family(
    tmp_path: Path, dialect: str, documented: str, stored: str, *, is_same: bool
) -> None:
    tables = f"tables: [{{name: t, columns: [{{name: c, type: '{documented}'}}]}}]"
    settings = f"name: T\ndialect: {dialect}\n"
    table, column = ("T", "C") if dialect == "snowflake" else ("t", "c")
    export = f'table_name,column_name,data_type\n{table},{column},"{stored}"\n'
    drift = drifted(tmp_path, tables, export, settings)
    assert drift.compared == 1
    name = f"{table}.{column}"
    said = [] if is_same else [f"`{name}` is `{documented}` here, but `{stored}` in the warehouse"]
    assert messages(drift) == said


def test_a_view_that_became_a_table(tmp_path: Path) -> None:
    drift = drifted(tmp_path, "tables: [{name: a, kind: view}]", f"{HEAD}shop,main,a,BASE TABLE,id,INT\n")
    assert messages(drift) == ["`main.a` is a view here, but a table in the warehouse"]


def test_fields_of_structs_may_be_described_on_one_side_only(tmp_path: Path) -> None:
    head = "table_name,column_name,field_path,data_type\n"
    export = f"{head}t,s,s,STRUCT<a INT64>\nt,s,s.a,INT64\nt,u,u,STRUCT<b INT64>\n"
    tables = "tables: [{name: t, columns: [{name: s}, {name: u}, {name: u.b}]}]"
    assert messages(drifted(tmp_path, tables, export, "name: T\n")) == []
    both = "tables: [{name: t, columns: [{name: s}, {name: s.b}, {name: u}]}]"
    assert messages(drifted(tmp_path, both, export, "name: T\n")) == [
        "`t.s.b` is in the catalog, but not in the warehouse | Did you mean `s.a`?",
        "`t.s.a` is in the warehouse, but not in the catalog",
    ]


def test_pieces_for_each_day_are_one_table(tmp_path: Path) -> None:
    export = f"{HEAD}shop,x,events_20260101,,id,INT64\nshop,x,events_20260102,,id,INT64\n"
    new = f"{export}shop,x,clicks_20260101,,id,INT64\nshop,x,clicks_20260102,,id,INT64\n"
    drift = drifted(tmp_path, "tables: [{name: 'x.events_*'}]", new, "name: T\ndatabase: shop\n")
    assert messages(drift) == ["`x.clicks_*` is in the warehouse, but not in the catalog"]


def test_what_was_not_read_is_not_missed(tmp_path: Path) -> None:
    tables = "tables: [{name: other.x}, {name: elsewhere.a.b}, {name: list, kind: sheet}, {name: gone}]"
    drift = drifted(tmp_path, tables, f"{HEAD}shop,main,a,,id,INT\n")
    assert messages(drift) == [
        "`main.a` is in the warehouse, but not in the catalog",
        "`main.gone` is in the catalog, but not in the warehouse",
    ]
    assert drift.elsewhere == 2


def test_patterns_of_the_settings_are_left_out(tmp_path: Path) -> None:
    settings = SETTINGS + "warehouse: {ignore: ['main.tmp_*']}\n"
    drift = drifted(
        tmp_path, "tables: [{name: a}]", f"{HEAD}shop,main,tmp_1,,id,INT\nshop,main,a,,id,INT\n", settings
    )
    assert (drift.differences, drift.compared, drift.ignored) == ((), 1, 1)


def test_another_name_of_the_database_is_no_difference(tmp_path: Path) -> None:
    settings = SETTINGS + "aliases: {copy: shop}\n"
    assert messages(drifted(tmp_path, "tables: [{name: a}]", f"{HEAD}copy,main,a,,id,INT\n", settings)) == []


def test_text_ends_with_a_summary_and_json_holds_the_same(tmp_path: Path) -> None:
    drift = drifted(tmp_path, "tables: [{name: item}]", f"{HEAD}shop,main,items,,id,INT\n")
    assert DRIFT_FORMATS["text"](drift) == (
        "definitions/all.yml:1:17: `main.item` is in the catalog, but not in the warehouse\n"
        "    Did you mean `main.items`?\n"
        "`main.items` is in the warehouse, but not in the catalog\n"
        "\n"
        "2 differences; 0 tables in both\n"
    )
    content = json.loads(DRIFT_FORMATS["json"](drift))
    assert (content["format"], content["version"], content["compared"]) == ("plumbline drift", 1, 0)
    assert content["differences"][0] == {
        "kind": "missing_table",
        "table": "main.item",
        "column": None,
        "documented": None,
        "stored": None,
        "message": "`main.item` is in the catalog, but not in the warehouse",
        "hint": "Did you mean `main.items`?",
        "path": "definitions/all.yml",
        "line": 1,
    }
