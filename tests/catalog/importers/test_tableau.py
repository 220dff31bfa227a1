"""Tableau workbooks: fields, calculations and custom SQL are followed to the columns of the warehouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from bi_files import packed
from dbt_manifest import told, write

from catalog import Node, NodeKind, Project, open_project
from catalog.importers.archives import MAX_MEMBER

SETTINGS = """\
name: Shop
dialect: postgres
database: warehouse
sources:
  - importer: tableau
    path: dashboards
"""

RECORD = """<metadata-record class='column'><remote-name>{}</remote-name><local-name>[{}]</local-name>
<parent-name>[{}]</parent-name><local-type>string</local-type></metadata-record>"""


def records(*columns: tuple[str, str, str]) -> str:
    return f"<metadata-records>{''.join(RECORD.format(*each) for each in columns)}</metadata-records>"


CONNECTION = """<connection class='federated'><named-connections><named-connection name='pg.1'>
<connection class='postgres' dbname='warehouse' schema='shop' server='db.example.com' username='reader' />
</named-connection></named-connections>
{relations}{records}</connection>"""

WORKBOOK = """\
<?xml version='1.0' encoding='utf-8' ?>
<workbook version='18.1' xmlns:user='http://www.tableausoftware.com/xml/user'>
<datasources>
<datasource hasconnection='false' name='Parameters'>
<column caption='Least' name='[Parameter 1]'><calculation class='tableau' formula='10' /></column>
</datasource>
<datasource caption='Sales' name='federated.1'>
{connection}
<column caption='Revenue' name='[Calculation_1]' datatype='real'>
<calculation formula='SUM([amount]) // not [secret]&#10;-SUM([Calculation_2]) + [Parameters].[Parameter 1]'/>
</column>
<column caption='Tax' name='[Calculation_2]' datatype='real'>
<calculation class='tableau' formula="IF [State] = '[amount]' THEN [tax] END" />
</column>
<column caption='Never shown' name='[secret]' datatype='string' />
</datasource>
</datasources>
<worksheets>
<worksheet name='By state'><table><view>
<datasource-dependencies datasource='federated.1'>
<column caption='Revenue' name='[Calculation_1]' />
<column name='[State]' />
<column-instance column='[Calculation_1]' name='[usr:Calculation_1:qk]' />
<column-instance column='[State]' name='[none:State:nk]' />
<column-instance column='[:Measure Names]' name='[:Measure Names]' />
</datasource-dependencies>
</view></table></worksheet>
</worksheets>
<dashboards><dashboard name='Sales today' /></dashboards>
</workbook>
"""

ORDERS = "<relation connection='pg.1' name='orders' table='[shop].[orders]' type='table' />"
COLUMNS = (
    ("amount", "amount", "orders"),
    ("state", "State", "orders"),
    ("tax", "tax", "orders"),
    ("secret", "secret", "orders"),
)


def workbook(relations: str = ORDERS, columns: tuple[tuple[str, str, str], ...] = COLUMNS) -> str:
    return WORKBOOK.format(connection=CONNECTION.format(relations=relations, records=records(*columns)))


def opened(folder: Path, files: dict[str, str | bytes]) -> Project:
    write(folder, "plumbline.yml", SETTINGS)
    (folder / "dashboards").mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / "dashboards" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "dashboards" / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return open_project(folder)


def shown(project: Project, report: str) -> dict[str, tuple[str, ...]]:
    """Name of a field → the columns behind it."""
    return {
        field.name: tuple(column for _, column in field.reads)
        for field in project.catalog.reports[report].fields
    }


def test_the_fields_on_sheets_lead_through_calculations_to_columns(tmp_path: Path) -> None:
    project = opened(tmp_path, {"emea/Sales today.twb": workbook()})
    report = project.catalog.reports["emea.sales_today"]
    assert (report.label, report.type, report.tool) == ("Sales today", "dashboard", "Tableau")
    assert report.description == "Dashboards: “Sales today”."
    assert report.tables == ("shop.orders",)
    assert shown(project, report.name) == {
        "Revenue": ("shop.orders.amount", "shop.orders.state", "shop.orders.tax"),
        "State": ("shop.orders.state",),
    }
    revenue, state = report.fields
    assert revenue.expression == "SUM([amount]) // not [secret]\n-SUM([Tax]) + [Parameters].[Parameter 1]"
    assert (state.column, state.columns) == ("shop.orders.state", ())
    assert str(revenue.at()) == "dashboards/emea/Sales today.twb:16:1"
    assert told(project) == []


CUSTOM = """<relation connection='pg.1' name='Custom SQL Query' type='text'>
SELECT o.amount, o.tax, UPPER(c.state) AS state
FROM shop.orders o JOIN shop.customers c ON o.customer = c.id
WHERE o.amount &lt;&lt; 1000 AND o.amount &gt;&gt;= &lt;[Parameters].[Parameter 1]&gt;</relation>"""


def test_a_report_by_hand_keeps_its_words_and_gets_the_columns_of_its_workbook(tmp_path: Path) -> None:
    by_hand = """\
metrics: [{name: revenue, type: derived}]
reports:
  - name: sales-today
    label: Sales
    owner: ops
    tables: [warehouse.shop.orders, shop.targets]
    fields:
      - {name: Revenue, metric: revenue}
      - {name: Target, column: shop.targets.amount}
"""
    write(tmp_path, "definitions/reports.yml", by_hand)
    project = opened(tmp_path, {"Sales-Today.twb": workbook()})
    report = project.catalog.reports["sales-today"]
    assert (report.label, report.owner, report.tool) == ("Sales", "ops", "Tableau")
    assert report.tables == ("shop.orders", "shop.targets")
    assert [(field.name, field.metric, field.column) for field in report.fields] == [
        ("Revenue", "revenue", None),
        ("Target", None, "shop.targets.amount"),
        ("State", None, "shop.orders.state"),
    ]
    assert "shop.orders.tax" in report.fields[0].columns
    assert str(report.fields[0].at("columns")) == "dashboards/Sales-Today.twb:16:1"
    assert told(project) == []


def test_files_of_one_name_are_two_reports(tmp_path: Path) -> None:
    project = opened(tmp_path, {"sales.twb": workbook(), "sales.twbx": packed({"sales.twb": workbook()})})
    assert list(project.catalog.reports) == ["sales", "sales_twbx"]


def test_custom_sql_is_a_query_that_is_traced_to_base_columns(tmp_path: Path) -> None:
    columns = tuple((remote, local, "Custom SQL Query") for remote, local, _ in COLUMNS[:3])
    project = opened(tmp_path, {"sales.twb": workbook(CUSTOM, columns)})
    query = project.catalog.tables["tableau.sales.custom_sql_query"]
    assert query.kind == "query"
    assert shown(project, "sales")["State"] == ("tableau.sales.custom_sql_query.state",)
    report = Node(NodeKind.REPORT, "sales")
    assert {str(node) for node in project.lineage.rests_on(report)} >= {
        "shop.orders.amount", "shop.customers.state",
    }  # fmt: skip
    assert report in project.lineage.affected_by(Node(NodeKind.COLUMN, "shop.orders", "customer"))
    assert project.lineage.gaps(query.name) == ()
    (production,) = project.lineage.productions(query.name)
    assert {str(production.at(edge.line)) for edge in production.statement.columns} == {
        "dashboards/sales.twb:12:1"
    }
    assert told(project) == []


def test_both_forms_of_a_relation_that_tableau_writes_are_one(tmp_path: Path) -> None:
    forms = [
        f"<_.fcp.ObjectModelEncapsulateLegacy.{form}...relation connection='pg.1' name='orders'"
        f" table='[shop].[orders]' type='table' />"
        for form in ("false", "true")
    ]
    project = opened(tmp_path, {"sales.twb": workbook("".join(forms))})
    assert project.catalog.reports["sales"].tables == ("shop.orders",)
    assert told(project) == []


def test_a_packed_workbook_is_read_as_the_one_in_it(tmp_path: Path) -> None:
    content = packed({"sales.twb": workbook(), "Data/Extract.hyper": b"\0" * 10})
    project = opened(tmp_path, {"sales.twbx": content})
    assert shown(project, "sales")["State"] == ("shop.orders.state",)
    assert str(project.catalog.reports["sales"].at()) == "dashboards/sales.twbx"


def test_a_workbook_on_a_published_data_source_is_followed_to_the_file_of_that(tmp_path: Path) -> None:
    connection = CONNECTION.format(relations=ORDERS, records=records(*COLUMNS))
    source = f"<datasource formatted-name='Sales' name='x'>{connection}</datasource>"
    proxy = """<repository-location id='SalesData' path='/datasources' />
<connection class='sqlproxy' dbname='SalesData'><relation name='sqlproxy' table='[sqlproxy]' type='table' />
</connection>"""
    files = {"sales.twb": WORKBOOK.format(connection=proxy), "SalesData.tds": source}
    project = opened(tmp_path, dict(files))
    assert shown(project, "sales")["State"] == ("shop.orders.state",)
    assert project.catalog.reports["salesdata"].type == "data_source"
    assert project.catalog.reports["sales"].tables == ("shop.orders",)
    assert told(project) == []


def test_fields_that_cannot_be_followed_are_one_finding_with_reasons(tmp_path: Path) -> None:
    proxy = "<connection class='sqlproxy' dbname='Gone' />"
    project = opened(tmp_path, {"sales.twb": WORKBOOK.format(connection=proxy)})
    assert told(project) == [
        ("FL007", "dashboards/sales.twb:1:1",
         "not all of `sales` can be followed to columns: "
         "the published data source `Gone` is in no file here (`Revenue`, `State`)"),
    ]  # fmt: skip


def test_a_file_behind_a_workbook_is_no_table_of_the_warehouse(tmp_path: Path) -> None:
    text = workbook(ORDERS.replace("[shop].[orders]", "[orders#csv]"))
    project = opened(tmp_path, {"sales.twb": text.replace("class='postgres'", "class='textscan'")})
    assert project.catalog.reports["sales"].tables == ()
    ((_, _, message),) = told(project)
    assert message.endswith("`orders` is a file (`Revenue`, `State`)")


BOMB = """<?xml version="1.0"?><!DOCTYPE workbook [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>
<workbook>&b;</workbook>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE workbook [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<workbook>&a;</workbook>"""

BAD: dict[str, tuple[str | bytes, str, str]] = {
    "cut.twb": (workbook()[:900], "", "the XML breaks off"),
    "bomb.twb": (BOMB, "", "the XML declares entities, and is not read: they can make a small file endless"),
    "outside.twb": (OUTSIDE, "",
                    "the XML declares entities, and is not read: they can make a small file endless"),
    "text.twb": ("Sales of today", ":1:1", "this is no XML, or it is not well formed here"),
    "other.twb": ("<html><body/></html>", "", "this is no file of Tableau's: it begins with `<html>`"),
    "empty.twb": ("", "", "the XML breaks off"),
    "latin.twb": ("<?xml version='1.0' encoding='utf-8'?><workbook a='caf\xe9'/>".encode("latin-1"), "",
                  "this is no XML, or it is not well formed here"),
    "deep.tds": ("<a>" * 400 + "</a>" * 400, "",
                 "the XML has too many elements, or they stand too deep inside each other"),
    "text.twbx": ("Sales of today", "", "this is no archive, as its name says"),
    "cut.twbx": (packed({"a.twb": workbook()})[:300], "", "the archive breaks off"),
    "none.twbx": (packed({"data.csv": "a,b"}), "", "there is no workbook and no data source in it"),
}  # fmt: skip


def test_each_bad_file_is_one_finding_and_the_others_are_read(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {name: content for name, (content, *_) in BAD.items()}
    project = opened(tmp_path, {**files, "sales.twb": workbook()})
    found = {misfit.subject: misfit for misfit in project.catalog.misfits}
    assert {name: found[f"dashboards/{name}"].message for name in BAD} == {
        name: message for name, (_, _, message) in BAD.items()
    }
    assert {misfit.code for misfit in project.catalog.misfits} == {"FL001"}
    assert len(project.catalog.misfits) == len(BAD)
    assert list(project.catalog.reports) == ["sales"]


def test_a_small_archive_that_becomes_huge_is_not_unpacked(tmp_path: Path) -> None:
    bomb = packed({"a.twb": b" " * (MAX_MEMBER + 1)})
    assert len(bomb) < MAX_MEMBER / 500
    project = opened(tmp_path, {"bomb.twbx": bomb})
    assert told(project) == [
        ("FL001", "dashboards/bomb.twbx",
         "`a.twb` in it becomes too large when it is unpacked, 100 MB are allowed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("patterns", "reports"),
    [
        ("[emea/]", ["emea.sales"]),
        ("['!*_old.twb']", ["apac.sales", "emea.sales"]),
        ("['*.twb', '!emea/*']", ["apac.sales", "apac.sales_old"]),
    ],
)
def test_patterns_choose_the_files(tmp_path: Path, patterns: str, reports: list[str]) -> None:
    for name in ("emea/sales.twb", "apac/sales.twb", "apac/sales_old.twb"):
        write(tmp_path, f"dashboards/{name}", workbook())
    write(tmp_path, "plumbline.yml", f"{SETTINGS}    files: {patterns}\n")
    assert list(open_project(tmp_path).catalog.reports) == reports


@pytest.mark.parametrize("path", ["../elsewhere", "/etc"])
def test_a_path_that_leaves_the_project_is_refused(tmp_path: Path, path: str) -> None:
    write(tmp_path / "here", "plumbline.yml", SETTINGS.replace("path: dashboards", f"path: {path}"))
    write(tmp_path / "elsewhere", "sales.twb", workbook())
    assert [message for _, _, message in told(open_project(tmp_path / "here"))] == [
        f"`{path}` leads out of the project"
    ]


def test_a_link_to_a_workbook_outside_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/sales.twb", workbook())
    folder = tmp_path / "here"
    write(folder, "dashboards/own.twb", workbook())
    (folder / "dashboards/linked.twb").symlink_to(tmp_path / "elsewhere/sales.twb")
    assert list(opened(folder, {}).catalog.reports) == ["own"]
