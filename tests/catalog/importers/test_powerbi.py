"""Models of Power BI: fields lead through DAX, Power Query and native SQL to columns of the warehouse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bi_files import packed
from dbt_manifest import told, write

from catalog import Node, NodeKind, Project, open_project
from catalog.importers.bi.powerbi.tmdl import read_tmdl
from catalog.importers.bi.queries import NotReadableError, Shared, parse, rows_of, section_members

SETTINGS = """\
name: Shop
dialect: tsql
database: warehouse
sources:
  - importer: powerbi
    path: models
"""

ORDERS = """\
let
    Source = Sql.Database(Server, "warehouse"),
    orders = Source{[Schema="dbo",Item="orders"]}[Data], // the table
    #"Renamed Columns" = Table.RenameColumns(orders,{{"amt", "Amount"}, {"st", "State"}}),
    Typed = Table.TransformColumnTypes(#"Renamed Columns",{{"Amount", type number}}),
    Added = Table.AddColumn(Typed, "Net", each [Amount] - [tax], type number),
    Joined = Table.NestedJoin(Added, {"customer"}, Customers, {"id"}, "c", JoinKind.LeftOuter),
    Opened = Table.ExpandTableColumn(Joined, "c", {"name"}, {"Customer"})
in
    Opened"""
CUSTOMERS = """let Source = Sql.Database(Server, "warehouse", [Query="select c.id, upper(c.nm) as name
from dbo.customers c where c.mark <> 'x'"]) in Source"""
PIVOTED = """let Source = Sql.Database("s", "warehouse"), t = Source{[Schema="dbo",Item="log"]}[Data],
p = Table.Pivot(t, {"a"}, "kind", "value") in p"""


def column(name: str, source: str | None = None, **others: Any) -> dict[str, Any]:
    return {"name": name, "sourceColumn": source or name, **others}


def table(name: str, text: str | list[str], *members: dict[str, Any], **others: Any) -> dict[str, Any]:
    partition = {"name": name, "mode": "import", "source": {"type": "m", "expression": text}}
    return {"name": name, "columns": list(members), "partitions": [partition], **others}


MODEL = {
    "compatibilityLevel": 1567,
    "model": {
        "tables": [
            table(
                "Orders",
                ORDERS.split("\n"),
                *map(column, ("Amount", "State", "Net", "Customer")),
                column("key", "id", isHidden=True),
                {"name": "Big", "type": "calculated", "expression": 'Orders[Amount] > 1 && [State] <> "[x]"'},
                measures=[
                    {"name": "Total", "expression": "SUM('Orders'[Amount])"},
                    {"name": "Share", "expression": ["// [Nothing]", "DIVIDE([Total], 1 + [Total])"]},
                ],
            ),
            table("Log", PIVOTED, *map(column, ("a", "b"))),
            {"name": "Dates", "columns": [column("Day")],
             "partitions": [{"name": "p", "source": {"type": "calculated", "expression": "CALENDARAUTO()"}}]},
            {"name": "LocalDateTable_1", "columns": [column("Year")], "partitions": []},
        ],
        "expressions": [
            {"name": "Server", "kind": "m", "expression": '"srv" meta [IsParameterQuery=true]'},
            {"name": "Customers", "kind": "m", "expression": CUSTOMERS},
        ],
    },
}  # fmt: skip

TMDL_TABLE = """\
/// Orders of the shop
table 'All Orders'
\tlineageTag: 1

\t/// What was paid
\tmeasure 'Total Paid' = SUM('All Orders'[Amount])
\t\tformatString: 0
\t\tlineageTag: 2

\tmeasure Share =
\t\t\tVAR all_of_it = CALCULATE([Total Paid], ALL('All Orders'))
\t\t\tRETURN [Total Paid] / all_of_it
\t\tformatString: 0 %

\tmeasure Fenced = ```
\t\t\tSUM ( 'All Orders'[Tax] )
\t\t\t```

\tcolumn Amount
\t\tdataType: double
\t\tsourceColumn: amt

\tcolumn Tax
\t\tisHidden
\t\tsourceColumn: tax

\tcolumn Net = 'All Orders'[Amount] - 'All Orders'[Tax]
\t\tdataType: double

\tpartition 'All Orders' = m
\t\tmode: import
\t\tsource =
\t\t\t\tlet
\t\t\t\t    Source = Sql.Database(Server, "warehouse"),
\t\t\t\t    orders = Source{[Schema="dbo",Item="orders"]}[Data]
\t\t\t\tin
\t\t\t\t    orders

\tannotation PBI_ResultType = Table
"""
TMDL_ENTITY = """\
table Stock
\tcolumn Left
\t\tsourceColumn: remaining
\tpartition Stock = entity
\t\tmode: directLake
\t\tsource
\t\t\tentityName: stock
\t\t\tschemaName: dbo
\t\t\texpressionSource: DatabaseQuery
"""


def opened(folder: Path, files: dict[str, str | bytes]) -> Project:
    write(folder, "plumbline.yml", SETTINGS)
    for name, content in files.items():
        write(folder, f"models/{name}", "")
        (folder / "models" / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return open_project(folder)


def shown(project: Project, report: str) -> dict[str, tuple[str, ...]]:
    """Name of a field → the columns behind it."""
    fields = project.catalog.reports[report].fields
    return {field.name: tuple(column for _, column in field.reads) for field in fields}


NET = ("dbo.orders.amt", "dbo.orders.tax")
EXPECTED = {
    "Orders[Amount]": ("dbo.orders.amt",),
    "Orders[State]": ("dbo.orders.st",),
    "Orders[Net]": NET,
    "Orders[Customer]": ("powerbi.sales.orders.name",),
    "Orders[Big]": ("dbo.orders.amt", "dbo.orders.st"),
    "Total": ("dbo.orders.amt",),
    "Share": ("dbo.orders.amt",),
    "Log[a]": (),
    "Log[b]": (),
    "Dates[Day]": (),
}


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("Sales.pbit", packed({"DataModelSchema": json.dumps(MODEL).encode("utf-16-le"), "Version": "1"})),
        ("Sales.bim", json.dumps(MODEL)),
        ("Sales.bim", b"\xef\xbb\xbf" + json.dumps(MODEL["model"]).encode()),
    ],
    ids=["pbit", "bim", "bim with a mark"],
)
def test_fields_lead_through_dax_and_power_query_to_columns(
    tmp_path: Path, file: str, content: str | bytes
) -> None:
    project = opened(tmp_path, {file: content})
    assert shown(project, "sales") == EXPECTED
    report = project.catalog.reports["sales"]
    assert (report.label, report.tool) == ("Sales", "Power BI")
    assert report.type == ("dashboard" if file.endswith(".pbit") else "data_source")
    assert set(report.tables) == {"dbo.orders", "powerbi.sales.orders", "dbo.log"}
    assert report.fields[6].expression == "// [Nothing]\nDIVIDE([Total], 1 + [Total])"
    node = Node(NodeKind.REPORT, "sales")
    assert "dbo.customers.nm" in {str(each) for each in project.lineage.rests_on(node)}
    assert node in project.lineage.affected_by(Node(NodeKind.COLUMN, "dbo.customers", "mark"))
    assert told(project) == [
        ("FL007", f"models/{file}",
         "not all of `sales` can be followed to columns: `Table.Pivot` is not followed (`Log[a]`, `Log[b]`)"),
    ]  # fmt: skip


def test_a_folder_of_tmdl_is_one_model_with_lines(tmp_path: Path) -> None:
    folder = "Sales.SemanticModel/definition"
    files: dict[str, str | bytes] = {
        f"{folder}/model.tmdl": "model Model\n\tculture: en-US\n\nref table 'All Orders'\n",
        f"{folder}/expressions.tmdl": 'expression Server = "srv" meta [IsParameterQuery=true]\n',
        f"{folder}/tables/All Orders.tmdl": TMDL_TABLE,
        f"{folder}/tables/Stock.tmdl": TMDL_ENTITY,
    }
    project = opened(tmp_path, files)
    assert shown(project, "sales") == {
        "All Orders[Amount]": ("dbo.orders.amt",),
        "All Orders[Net]": ("dbo.orders.amt", "dbo.orders.tax"),
        "Total Paid": ("dbo.orders.amt",),
        "Share": ("dbo.orders.amt",),
        "Fenced": ("dbo.orders.tax",),
        "Stock[Left]": ("dbo.stock.remaining",),
    }
    places = {field.name: str(field.at()) for field in project.catalog.reports["sales"].fields}
    assert places["Total Paid"] == f"models/{folder}/tables/All Orders.tmdl:6:1"
    assert places["All Orders[Net]"] == f"models/{folder}/tables/All Orders.tmdl:27:1"
    assert told(project) == []


def test_a_line_of_tmdl_ends_at_a_line_feed_alone() -> None:
    text = "table A\r\n\tcolumn B\r\n\t\tdescription: x\u2028y\r\n\tcolumn C\r\n"
    (table,) = read_tmdl(text, "a.tmdl")["tables"]
    assert [(column["name"], column["__line__"]) for column in table["columns"]] == [("B", 2), ("C", 4)]


def test_properties_that_tmdl_does_not_know_do_no_harm(tmp_path: Path) -> None:
    text = TMDL_TABLE.replace("\t\tmode: import", "\t\tmode: import\n\t\tsource")
    odd = "model M\n\ttables: none\n\ttable Other\n\t\tcolumns: 1\n\t\tcolumn a\n\t\t\tsourceColumn: a\n"
    project = opened(tmp_path, {"m/definition/tables/a.tmdl": text, "m/definition/model.tmdl": odd})
    assert shown(project, "m")["All Orders[Amount]"] == ("dbo.orders.amt",)
    assert "Other[a]" in shown(project, "m")


BAD: dict[str, tuple[str | bytes, str]] = {
    "cut.bim": (json.dumps(MODEL)[:400], "the JSON breaks off"),
    "text.bim": ("model = 1", "this is no JSON"),
    "other.bim": ("{}", "this is no model of Power BI: it has no tables"),
    "latin.bim": (b'{"model": "caf\xe9"}', "this is no JSON that can be read"),
    "cut.pbit": (packed({"DataModelSchema": json.dumps(MODEL).encode("utf-16-le")})[:200],
                 "the archive breaks off"),
    "empty.pbit": (packed({"Version": "1"}), "there is no `DataModelSchema` in it"),
    "old.pbix": (packed({"DataModel": b"\0"}),
                 "a `.pbix` keeps its model in a form that only Power BI reads"),
    "Odd.SemanticModel/definition/model.tmdl": ("# A heading\n", "this is no TMDL"),
    "Deep.SemanticModel/definition/model.tmdl": ("model M\n" + "\t" * 90 + "a: 1\n",
                                                 "the line is indented too deep"),
}  # fmt: skip


def test_each_bad_file_is_one_finding_and_the_others_are_read(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {name: content for name, (content, _) in BAD.items()}
    small = {"model": {"tables": [table("T", 'Sql.Database("s", "warehouse"){[Schema="d",Item="t"]}[Data]',
                                        column("a"))]}}  # fmt: skip
    project = opened(tmp_path, {**files, "sales.bim": json.dumps(small)})
    found = {misfit.subject: misfit.message for misfit in project.catalog.misfits}
    assert found == {f"models/{name}": message for name, (_, message) in BAD.items()}
    assert shown(project, "sales") == {"T[a]": ("d.t.a",)}


QUERIES = {
    "snowflake": ('Snowflake.Databases("acc","wh"){[Name="DB"]}[Data]{[Name="S",Kind="Schema"]}[Data]'
                  '{[Name="T",Kind="Table"]}[Data]', ("DB.S.T.x",)),
    "bigquery": ('let S = GoogleBigQuery.Database([BillingProject="b"]), p = S{[Name="p"]}[Data], '
                 'd = p{[Name="d",Kind="Schema"]}[Data], t = d{[Name="t"]}[Data] in t', ("p.d.t.x",)),
    "postgres": ('PostgreSQL.Database("h", "db"){[Schema="s",Item="t"]}[Data]', ("db.s.t.x",)),
    "mysql": ('MySQL.Database("h", "db"){[Schema="db",Item="t"]}[Data]', ("db.t.x",)),
    "selected": ('Table.SelectColumns(T, {"x", "y"})', ("w.d.t.x",)),
    "removed": ('Table.RemoveColumns(T, {"x"})', ()),
    "grouped": ('Table.Group(T, {"k"}, {{"x", each List.Sum([a]), type number}})', ("w.d.t.a",)),
    "appended": ('Table.Combine({T, Table.RenameColumns(U, {"b", "x"})})', ("w.d.t.x", "w.d.u.b")),
    "copied": ('Table.DuplicateColumn(T, "a", "x")', ("w.d.t.a",)),
    "record": ('Table.ExpandRecordColumn(T, "r", {"f"}, {"x"})', ("w.d.t.r.f",)),
    "either": ('if Flag then T else U', ("w.d.t.x", "w.d.u.x")),
    "tried": ('try T otherwise null', ("w.d.t.x",)),
    "a list of another query": ('Table.AddColumn(T, "x", each List.Contains(U[b], [a]))', ("w.d.t.a",)),
}  # fmt: skip


@pytest.mark.parametrize("name", QUERIES)
def test_power_query_is_followed_step_by_step(name: str) -> None:
    text, expected = QUERIES[name]
    start = 'Sql.Database("s", "w"){{[Schema="d",Item="{}"]}}[Data]'
    shared = {"T": parse(start.format("t")), "U": parse(start.format("u"))}
    rows = rows_of(parse(text), Shared(shared, lambda sql, kind: f"{kind}.{sql}"))
    assert rows.column("x") == expected
    assert rows.reasons == ()


LOST = {
    'Excel.Workbook(File.Contents("C:/a.xlsx")){0}[Data]': "`File.Contents` reads a file",
    '#table({"a"}, {{1}})': "its rows are written into the file",
    "Nothing": "`Nothing` is not known",
    "Circle": "`Circle` leads back to itself",
    'Sql.Database("s", "w", [Query = "select " & Text.From(1)])': "its SQL is put together when it runs",
    'Sql.Database("s", "w"){[Schema=W, Item="t"]}[Data]': "a name on the way to the table is not constant",
    "MyFunction(1)": "`MyFunction` is not followed",
    "1 + 1": "the query leads to no table that is known",
}


@pytest.mark.parametrize("text", LOST)
def test_what_is_not_followed_has_its_reason(text: str) -> None:
    rows = rows_of(parse(text), Shared({"Circle": parse("Circle")}, lambda sql, kind: ""))
    assert rows.column("x") == ()
    assert rows.reasons == (LOST[text],)


@pytest.mark.parametrize("text", ["let a = in a", "(" * 500, "{1, 2", "let", "a b", '"open', "[" * 300])
def test_what_is_no_power_query_is_told_and_never_endless(text: str) -> None:
    with pytest.raises(NotReadableError):
        parse(text)


def test_a_section_has_its_queries_by_name_and_those_not_understood() -> None:
    text = 'section S;\nshared A = 1;\nshared #"B ""b""" = "x;y";\n[ a = 1 ] shared C = let;\nshared D = A;'
    members = section_members(text)
    assert {name: value and value.kind for name, value in members.items()} == {
        "A": "number", 'B "b"': "text", "C": None, "D": "name",
    }  # fmt: skip


def test_a_query_of_a_model_that_is_not_understood_is_told_with_its_line(tmp_path: Path) -> None:
    model = {"model": {"tables": [table("T", "let\n  a = in\n  a", column("x"))]}}
    project = opened(tmp_path, {"sales.bim": json.dumps(model)})
    ((_, _, message),) = told(project)
    assert message.endswith("in `T` the Power Query is not understood at its line 2 (`T[x]`)")
