"""Exports of INFORMATION_SCHEMA as each warehouse spells it: tables, columns, keys, and traced views."""

from __future__ import annotations

from pathlib import Path

import pytest
from dbt_manifest import write

from catalog import Project, Table, open_project


def opened(folder: Path, dialect: str, files: dict[str, str], more: str = "") -> Project:
    """The project of exports in a folder."""
    settings = f"name: T\ndialect: {dialect}\nsources: [{{importer: snapshot, path: exports}}]\n{more}"
    write(folder, "plumbline.yml", settings)
    for name, text in files.items():
        write(folder, f"exports/{name}", text)
    return open_project(folder)


def columns(table: Table) -> list[tuple[str, str | None]]:
    return [(column.name, column.type) for column in table.columns]


def told(project: Project) -> list[str]:
    return [f"{each.location}: {each.message} | {each.hint}" for each in project.catalog.misfits]


BIGQUERY = {
    "columns.csv": """\
table_catalog,table_schema,table_name,column_name,ordinal_position,is_nullable,data_type,is_partitioning_column,clustering_ordinal_position
acme,live,events,id,2,NO,INT64,NO,1
acme,live,events,day,1,YES,DATE,YES,null
acme,live,events,items,3,NO,"ARRAY<STRUCT<sku STRING, n INT64>>",NO,null
acme,mart,daily,n,1,YES,INT64,NO,null
acme,INFORMATION_SCHEMA,TABLES,x,1,YES,STRING,NO,null
""",
    "field_paths.json": """[
{"table_catalog":"acme","table_schema":"live","table_name":"events","column_name":"items",
 "field_path":"items.sku","data_type":"STRING","description":"Stock number"},
{"table_catalog":"acme","table_schema":"live","table_name":"events","column_name":"id",
 "field_path":"id","data_type":"INT64","description":"Number of the event"}]""",
    "tables.csv": """\
table_catalog,table_schema,table_name,table_type,ddl
acme,live,events,BASE TABLE,"CREATE TABLE `acme.live.events` (id INT64)"
acme,mart,daily,VIEW,"CREATE VIEW `acme.mart.daily` AS SELECT COUNT(id) AS n FROM `acme.live.events`;"
""",
    "options.csv": '''\
table_catalog,table_schema,table_name,option_name,option_type,option_value
acme,live,events,description,STRING,"""What \\""happened\\""."""
acme,live,events,labels,ARRAY,"[STRUCT(""a"", ""b"")]"
''',
    "keys.json": """{"key_column_usage":[
{"constraint_catalog":"acme","constraint_schema":"live","constraint_name":"events.pk$",
 "table_catalog":"acme","table_schema":"live","table_name":"events","column_name":"id","ordinal_position":1}],
"table_constraints":[
{"constraint_catalog":"acme","constraint_schema":"live","constraint_name":"events.pk$",
 "table_catalog":"acme","table_schema":"live","table_name":"events","constraint_type":"PRIMARY KEY"}]}""",
}


def test_exports_of_bigquery(tmp_path: Path) -> None:
    project = opened(tmp_path, "bigquery", BIGQUERY, "database: acme\n")
    assert told(project) == []
    events, daily = project.catalog.tables["live.events"], project.catalog.tables["mart.daily"]
    assert list(project.catalog.tables) == ["live.events", "mart.daily"]
    assert columns(events) == [
        ("day", "DATE"),
        ("id", "INT64"),
        ("items", "ARRAY<STRUCT<sku STRING, n INT64>>"),
        ("items.sku", "STRING"),
    ]
    assert events.description == 'What "happened".'
    assert [column.description for column in events.columns] == [
        None,
        "Number of the event",
        None,
        "Stock number",
    ]
    assert (events.primary_key, events.partitioned_by, events.clustered_by) == (("id",), ("day",), ("id",))
    assert events.columns[1].required
    assert str(events.at()) == "exports/columns.csv:2:1"
    assert daily.kind == "view"
    assert [str(edge.source) for edge in project.lineage.edges] == ["live.events.id"]


SNOWFLAKE = {
    "columns.csv": """\
TABLE_CATALOG,TABLE_SCHEMA,TABLE_NAME,COLUMN_NAME,ORDINAL_POSITION,IS_NULLABLE,DATA_TYPE,CHARACTER_MAXIMUM_LENGTH,NUMERIC_PRECISION,NUMERIC_SCALE,COMMENT,DELETED
SHOP,MART,ORDERS,ID,1,NO,NUMBER,,38,0,Number of the order,
SHOP,MART,ORDERS,Odd Name,2,YES,TEXT,16777216,,,,
SHOP,MART,GONE,ID,1,NO,NUMBER,,38,0,,2026-01-01 00:00:00
""",
    "tables.csv": """\
TABLE_CATALOG,TABLE_SCHEMA,TABLE_NAME,TABLE_TYPE,COMMENT
SHOP,MART,ORDERS,BASE TABLE,All orders
SHOP,MART,PASSING,LOCAL TEMPORARY,
""",
    "views.jsonl": """\
{"TABLE_CATALOG":"SHOP","TABLE_SCHEMA":"MART","TABLE_NAME":"LATE",\
"VIEW_DEFINITION":"create view LATE as select ID from orders"}
{"TABLE_CATALOG":"SHOP","TABLE_SCHEMA":"INFORMATION_SCHEMA","TABLE_NAME":"X","VIEW_DEFINITION":"select 1"}
""",
}


def test_exports_of_snowflake_in_upper_case_with_views_that_name_no_schema(tmp_path: Path) -> None:
    project = opened(tmp_path, "snowflake", SNOWFLAKE, "database: shop\n")
    assert told(project) == []
    orders = project.catalog.tables["MART.ORDERS"]
    assert list(project.catalog.tables) == ["MART.LATE", "MART.ORDERS"]
    assert columns(orders) == [("ID", "NUMBER(38,0)"), ("ODD NAME", "TEXT")]
    assert (orders.description, orders.columns[0].description) == ("All orders", "Number of the order")
    assert [(str(edge.source), str(edge.target)) for edge in project.lineage.edges] == [
        ("MART.ORDERS.ID", "MART.LATE.ID")
    ]


POSTGRESQL = {
    "columns.csv": """\
table_catalog;table_schema;table_name;column_name;ordinal_position;is_nullable;data_type;udt_name;character_maximum_length
app;ops;queue;id;1;NO;bigint;int8;
app;ops;queue;tags;2;YES;ARRAY;_text;
app;ops;queue;mood;3;YES;USER-DEFINED;mood;
app;ops;queue;Code;4;YES;character varying;varchar;9
app;ops;item;queue_id;1;NO;bigint;int8;
app;pg_catalog;pg_class;oid;1;NO;oid;oid;
""",
    "keys.json": """{
"table_constraints": [
 {"constraint_catalog":"app","constraint_schema":"ops","constraint_name":"item_fk","table_catalog":"app",
  "table_schema":"ops","table_name":"item","constraint_type":"FOREIGN KEY"}],
"key_column_usage": [
 {"constraint_catalog":"app","constraint_schema":"ops","constraint_name":"item_fk","table_catalog":"app",
  "table_schema":"ops","table_name":"item","column_name":"queue_id","ordinal_position":1}],
"constraint_column_usage": [
 {"constraint_catalog":"app","constraint_schema":"ops","constraint_name":"item_fk","table_catalog":"app",
  "table_schema":"ops","table_name":"queue","column_name":"id"}]}""",
    "pg_views.csv": 'schemaname;viewname;definition\nops;late;"SELECT id\nFROM ops.queue;"\n',
}


def test_exports_of_postgresql_with_keys_over_three_tables(tmp_path: Path) -> None:
    project = opened(tmp_path, "postgres", POSTGRESQL, "database: app\n")
    assert told(project) == []
    assert columns(project.catalog.tables["ops.queue"]) == [
        ("id", "bigint"),
        ("tags", "text[]"),
        ("mood", "mood"),
        ("code", "character varying(9)"),
    ]
    assert project.catalog.tables["ops.item"].columns[0].references == "ops.queue"
    assert [str(edge.target) for edge in project.lineage.edges] == ["ops.late.id"]


MYSQL = """\
TABLE_CATALOG\tTABLE_SCHEMA\tTABLE_NAME\tCOLUMN_NAME\tORDINAL_POSITION\tIS_NULLABLE\tDATA_TYPE\tCOLUMN_TYPE\tCOLUMN_KEY\tCOLUMN_COMMENT
def\tshop\torders\tid\t1\tNO\tbigint\tbigint unsigned\tPRI\tNumber
def\tshop\torders\tcode\t2\tYES\tenum\tenum('a','b')\tUNI\t
def\tmysql\tuser\tHost\t1\tNO\tchar\tchar(60)\tPRI\t
"""
MYSQL_KEYS = """\
TABLE_CATALOG,TABLE_SCHEMA,TABLE_NAME,CONSTRAINT_NAME,COLUMN_NAME,ORDINAL_POSITION,REFERENCED_TABLE_SCHEMA,REFERENCED_TABLE_NAME
def,shop,lines,PRIMARY,order_id,1,NULL,NULL
def,shop,lines,PRIMARY,n,2,NULL,NULL
def,shop,lines,lines_fk,order_id,1,shop,orders
"""
MYSQL_LINES = """\
TABLE_CATALOG,TABLE_SCHEMA,TABLE_NAME,COLUMN_NAME,ORDINAL_POSITION,COLUMN_TYPE,TABLE_COMMENT
def,shop,lines,n,2,int,Lines of orders
def,shop,lines,order_id,1,bigint,Lines of orders
"""


def test_exports_of_mysql_which_has_no_catalogs(tmp_path: Path) -> None:
    files = {"a.tsv": MYSQL, "b.csv": MYSQL_KEYS, "c.csv": MYSQL_LINES}
    project = opened(tmp_path, "mysql", files)
    assert told(project) == []
    orders, lines = project.catalog.tables["shop.orders"], project.catalog.tables["shop.lines"]
    assert columns(orders) == [("id", "bigint unsigned"), ("code", "enum('a','b')")]
    assert (orders.primary_key, orders.columns[1].unique) == (("id",), True)
    assert (lines.primary_key, lines.description) == (("order_id", "n"), "Lines of orders")
    assert [column.references for column in lines.columns] == ["shop.orders", None]


SQL_SERVER = {
    "everything.csv": "\ufeff"
    + """\
TABLE_CATALOG,TABLE_SCHEMA,TABLE_NAME,TABLE_TYPE,VIEW_DEFINITION,COLUMN_NAME,ORDINAL_POSITION,DATA_TYPE,CHARACTER_MAXIMUM_LENGTH
Shop,dbo,Orders,BASE TABLE,NULL,Id,1,int,NULL
Shop,dbo,Orders,BASE TABLE,NULL,Note,2,nvarchar,-1
Shop,dbo,Late,VIEW,"CREATE VIEW [dbo].[Late] AS SELECT Id FROM Orders",Id,1,int,NULL
"""
}


def test_one_export_of_sql_server_with_everything_in_it(tmp_path: Path) -> None:
    project = opened(tmp_path, "tsql", SQL_SERVER, "database: Shop\n")
    assert told(project) == []
    assert columns(project.catalog.tables["dbo.orders"]) == [("id", "int"), ("note", "nvarchar")]
    assert [(str(edge.source), str(edge.target)) for edge in project.lineage.edges] == [
        ("dbo.orders.id", "dbo.late.id")
    ]


def test_words_by_hand_go_first_and_types_that_disagree_are_found(tmp_path: Path) -> None:
    write(
        tmp_path,
        "definitions/a.yml",
        "tables:\n- name: live.events\n  description: By hand.\n  columns: [{name: id, type: STRING}]\n",
    )
    project = opened(tmp_path, "bigquery", BIGQUERY, "database: acme\n")
    events = project.catalog.tables["live.events"]
    assert (events.description, [column.name for column in events.columns]) == (
        "By hand.",
        ["day", "id", "items", "items.sku"],
    )
    assert [each.message for each in project.catalog.misfits if each.code == "FL008"] == [
        "`type` of `live.events.id` is `STRING` here, but `INT64` in exports/columns.csv:2:1"
    ]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.csv": "a,b\n1,2\n"}, "exports: there is no table of a warehouse in it"),
        ({"a.json": '[{"table_name": "x"'}, "exports/a.json:1:20: the JSON breaks off"),
        ({"a.csv": 'table_name,column_name\nx,"open\n'}, "exports/a.csv:2:1: the CSV cannot be read"),
        ({"a.jsonl": '{"table_name":"x"}\n{"table_name":}\n'}, "exports/a.jsonl:2:15: this is no JSON"),
    ],
)
def test_what_is_no_export_is_one_finding(tmp_path: Path, files: dict[str, str], message: str) -> None:
    project = opened(tmp_path, "bigquery", files)
    assert [line.startswith(message) for line in told(project)] == [True], told(project)


def test_a_snapshot_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    assert told(opened(tmp_path, "bigquery", {})) == [
        "plumbline.yml:3:38: there is nothing at `exports` | "
        "Run `plumbline snapshot` first, or name a folder with exports of INFORMATION_SCHEMA"
    ]


def test_constraints_without_a_name_are_told_apart_by_their_number(tmp_path: Path) -> None:
    rows = """[
{"database_name":"shop","schema_name":"ops","table_name":"item","column_name":"id","column_index":1},
{"database_name":"shop","schema_name":"ops","table_name":"item","column_name":"code","column_index":2},
{"database_name":"shop","schema_name":"ops","table_name":"item","constraint_index":0,
 "constraint_type":"PRIMARY KEY","constraint_column_names":["id"]},
{"database_name":"shop","schema_name":"ops","table_name":"item","constraint_index":1,
 "constraint_type":"UNIQUE","constraint_column_names":["code"]}]"""
    item = opened(tmp_path, "duckdb", {"a.json": rows}, "database: shop\n").catalog.tables["ops.item"]
    assert item.primary_key == ("id",)
    assert [column.unique for column in item.columns] == [None, True]


def test_a_number_of_thousands_of_digits_is_one_finding(tmp_path: Path) -> None:
    project = opened(tmp_path, "bigquery", {"a.json": f'[{{"table_name": {"9" * 5000}}}]'})
    assert [each.message for each in project.catalog.misfits] == ["this is no JSON that can be read"]
