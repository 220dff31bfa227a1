"""Spreadsheets: connections and Power Query lead the columns in them to those of the warehouse."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import pytest
from bi_files import packed
from dbt_manifest import told, write

from catalog import Node, NodeKind, Project, open_project

SETTINGS = """\
name: Shop
dialect: tsql
database: warehouse
sources:
  - importer: excel
    path: sheets
"""
SHEET = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
PROVIDER = "Provider=MSOLEDBSQL.1;Password=hush;Data Source=db;Initial Catalog=warehouse;"
SQL = "SELECT o.amount,_x000d__x000a_o.state FROM dbo.orders o WHERE o.is_test = 0"

CONNECTIONS = """\
<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<connection id="1" name="Orders of today" type="5"><dbPr connection="{0}" command="{1}"/></connection>
<connection id="2" name="Stock" type="5">
<dbPr connection="{0}" command="&quot;warehouse&quot;.&quot;dbo&quot;.&quot;stock&quot;" commandType="3"/>
</connection>
<connection id="3" name="Query - Sales" type="5">
<dbPr connection="Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=Sales;"
 command="SELECT * FROM [Sales]"/></connection>
<connection id="4" name="Model" type="5" xmlns:x15="http://schemas.microsoft.com/x15"><extLst><ext>
<x15:connection id=""><x15:oledbPr connection="{0}"><x15:dbTables>
<x15:dbTable name="dbo.people"/></x15:dbTables></x15:oledbPr></x15:connection></ext></extLst></connection>
</connections>"""

TABLE = """\
<queryTable name="q" connectionId="{}"><queryTableRefresh><queryTableFields>{}</queryTableFields>
</queryTableRefresh></queryTable>"""
PIVOT = """\
<pivotCacheDefinition><cacheSource type="external" connectionId="2"/>
<cacheFields><cacheField name="left"/></cacheFields></pivotCacheDefinition>"""

SECTION = """\
section Section1;
shared Sales = let Source = Base, R = Table.RenameColumns(Source, {{"amt", "Amount"}}) in R;
shared Base = let S = Sql.Database("s", "warehouse"), T = S{[Schema="dbo",Item="sales"]}[Data] in T;
"""


def query_table(number: int, *fields: str) -> str:
    return TABLE.format(number, "".join(f'<queryTableField id="1" name="{name}"/>' for name in fields))


def mashup(section: str) -> bytes:
    inner = packed({"Formulas/Section1.m": section})
    text = base64.b64encode(struct.pack("<II", 0, len(inner)) + inner + b"rest").decode()
    root = f'<?xml version="1.0" encoding="utf-16"?><DataMashup xmlns="http://x">{text}</DataMashup>'
    return root.encode("utf-16")


def opened(folder: Path, files: dict[str, bytes]) -> Project:
    write(folder, "plumbline.yml", SETTINGS)
    for name, content in files.items():
        write(folder, f"sheets/{name}", "")
        (folder / "sheets" / name).write_bytes(content)
    return open_project(folder)


@pytest.fixture(scope="module")
def weekly(tmp_path_factory: pytest.TempPathFactory) -> Project:
    parts: dict[str, str | bytes] = {
        **SHEET,
        "xl/connections.xml": CONNECTIONS.format(PROVIDER, SQL),
        "xl/queryTables/queryTable1.xml": query_table(1, "amount", "state"),
        "xl/queryTables/queryTable2.xml": query_table(3, "Amount", "day"),
        "xl/pivotCache/pivotCacheDefinition1.xml": PIVOT,
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros",
        "customXml/item1.xml": mashup(SECTION),
        "customXml/itemProps1.xml": "<ds/>",
    }
    return opened(tmp_path_factory.mktemp("weekly"), {"Weekly pack.xlsm": packed(parts)})


def test_columns_of_a_spreadsheet_lead_to_those_of_the_warehouse(weekly: Project) -> None:
    report = weekly.catalog.reports["weekly_pack"]
    assert (report.type, report.tool, report.label) == ("spreadsheet", "Excel", "Weekly pack")
    assert report.tables == ("excel.weekly_pack.orders_of_today", "dbo.stock", "dbo.sales", "dbo.people")
    assert {field.name: field.column for field in report.fields} == {
        "amount": "excel.weekly_pack.orders_of_today.amount",
        "state": "excel.weekly_pack.orders_of_today.state",
        "Amount": "dbo.sales.amt",
        "day": "dbo.sales.day",
        "left": "dbo.stock.left",
    }
    assert told(weekly) == []


def test_sql_of_a_connection_is_traced_to_base_columns(weekly: Project) -> None:
    node = Node(NodeKind.REPORT, "weekly_pack")
    assert "dbo.orders.amount" in {str(each) for each in weekly.lineage.rests_on(node)}
    assert node in weekly.lineage.affected_by(Node(NodeKind.COLUMN, "dbo.orders", "is_test"))


def test_a_password_of_a_connection_is_nowhere(weekly: Project) -> None:
    assert "hush" not in repr(weekly)


def test_a_spreadsheet_without_connections_is_no_report(tmp_path: Path) -> None:
    project = opened(tmp_path, {"plain.xlsx": packed(SHEET), "~$open.xlsx": b"locked by someone"})
    assert (project.catalog.reports, told(project)) == ({}, [])


def odd(**parts: str | bytes) -> bytes:
    return packed({**SHEET, **{f"xl/{name}.xml": text for name, text in parts.items()}})


def connection(provider: str, command: str, kind: str = "2") -> str:
    return (
        '<connections><connection id="1" name="c">'
        f'<dbPr connection="{provider}" command="{command}" commandType="{kind}"/></connection></connections>'
    )


REASONS = {
    "cube": (connection("Provider=MSOLAP", "Sales", "1"), "a connection reads a cube"),
    "file": (connection("Provider=Microsoft.ACE.OLEDB.12.0;Data Source=C:/a.xlsx", "x", "3"),
             "a connection reads a file"),
    "odd": (connection("DSN=shop", "TABLE orders"), "the command of a connection is not understood"),
    "gone": (connection("Provider=Microsoft.Mashup.OleDb.1;Location=Gone", "x"),
             "the Power Query `Gone` is not understood"),
}  # fmt: skip


@pytest.mark.parametrize("name", REASONS)
def test_a_connection_that_is_not_followed_has_its_reason(tmp_path: Path, name: str) -> None:
    text, reason = REASONS[name]
    project = opened(tmp_path, {"sales.xlsx": odd(connections=text)})
    assert told(project) == [
        ("FL007", "sheets/sales.xlsx", f"not all of `sales` can be followed to columns: {reason}")
    ]


def test_queries_without_connections_are_read_too(tmp_path: Path) -> None:
    content = packed({**SHEET, "customXml/item1.xml": mashup(SECTION)})
    assert opened(tmp_path, {"sales.xlsx": content}).catalog.reports["sales"].tables == ("dbo.sales",)


BOMB = """<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<connections>&b;</connections>"""
BAD = {
    "bomb.xlsx": (odd(connections=BOMB),
                  "the XML declares entities, and is not read: they can make a small file endless"),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20,
                    "the spreadsheet is locked with a password, or of the form before Excel 2007"),
    "csv.xlsx": (b"a,b\n1,2\n", "this is no archive, as its name says"),
    "word.xlsx": (packed({"word/document.xml": "<w/>"}), "this is no spreadsheet: there is no `xl` in it"),
    "cut.xlsx": (odd()[:60], "the archive breaks off"),
    "mashup.xlsx": (packed({**SHEET, "customXml/item1.xml": "<DataMashup>####</DataMashup>"}),
                    "its Power Query is damaged"),
    "inner.xlsx": (packed({**SHEET, "customXml/item1.xml": "<DataMashup>AAAAAAQAAAAAAAAA</DataMashup>"}),
                   "this is no archive, as its name says"),
}  # fmt: skip


def test_each_bad_file_is_one_finding_and_the_others_are_read(tmp_path: Path) -> None:
    files = {name: content for name, (content, _) in BAD.items()}
    good = odd(connections=connection(PROVIDER, "dbo.orders", "3"))
    project = opened(tmp_path, {**files, "sales.xlsx": good})
    found = {misfit.subject: misfit.message for misfit in project.catalog.misfits}
    assert found == {f"sheets/{name}": message for name, (_, message) in BAD.items()}
    assert project.catalog.reports["sales"].tables == ("dbo.orders",)
