"""The data dictionary: as CSV files, and as a workbook read back by another library."""

import csv
import io
import sys
from pathlib import Path

import pytest
from export_reading import exported, project_of, unpacked, workbook
from planting import planted_project
from small_catalog import DEFINITIONS, SETTINGS

from catalog import Audience, CatalogError, Project, Settings
from catalog.exports.as_csv import harmless

HOSTILE = """
tables:
  - name: mart.day
    label: =1+1
    audience: partner
    description: '=HYPERLINK("https://evil.example","click")'
    columns:
      - {name: a, label: "@SUM(A1)", description: "+cmd|' /C calc'!A0", examples: [-1, 2]}
      - {name: b, label: https://evil.example, description: "{=1+1}"}
      - {name: c, label: "internal:Sheet1!A1", description: "\\ttab"}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project_of(tmp_path_factory.mktemp("small"), DEFINITIONS, SETTINGS)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_there_is_a_file_for_each_kind(small: Project) -> None:
    names = [
        "tables",
        "columns",
        "metrics",
        "reports",
        "jobs",
        "terms",
        "values",
        "teams",
        "lineage",
        "edges",
    ]
    assert list(exported(small, "csv")) == [f"{name}.csv" for name in names]


def test_excel_reads_the_files_as_utf8(small: Project) -> None:
    content = exported(small, "csv")["terms.csv"]
    assert content.startswith(b"\xef\xbb\xbfTerm,")
    assert "Étape" in [row["Term"] for row in rows(content)]


def test_what_the_sql_makes_and_nobody_describes_is_a_row_too(small: Project) -> None:
    columns = rows(exported(small, "csv")["columns.csv"])
    assert [(row["Column"], row["Documented"]) for row in columns if row["Table"] == "mart.week"] == [
        ("removed", "no")
    ]
    told = next(row for row in columns if row["Column"] == "outcome")
    assert (told["Type"], told["Values from"], told["Personal data"]) == ("STRING", "outcome", "no")


def test_edges_say_from_where_to_where_and_how(small: Project) -> None:
    edges = rows(exported(small, "csv")["edges.csv"])
    edge = next(row for row in edges if row["To column"] == "spent")
    assert (edge["From"], edge["From column"], edge["Subtype"]) == ("raw.event", "seconds", "AGGREGATION")
    assert edge["Place"].startswith("definitions/all.yml:")


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@A1", "\t=1", "\r=1", "＝1+1", "-cmd|x"])
def test_no_cell_of_a_csv_begins_like_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-1", "+3.5", "-12,000.50", "-5%", "a=b", "", "'=1"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_hostile_texts_are_text_in_every_file(tmp_path: Path) -> None:
    for content in exported(project_of(tmp_path, HOSTILE), "csv").values():
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell[:1] in "=+@" and cell], row


def test_the_workbook_has_a_sheet_for_each_kind_with_a_frozen_head_and_filters(small: Project) -> None:
    book = workbook(small)
    assert book.sheetnames == [
        *("About", "Tables", "Columns", "Metrics", "Reports", "Jobs", "Terms", "Values", "Teams"),
        *("Lineage", "Edges"),
    ]
    tables = book["Tables"]
    assert tables.freeze_panes == "B2"
    assert tables.auto_filter.ref is not None
    assert tables["A1"].value == "Table"
    assert tables["A1"].font.bold
    assert tables.column_dimensions["A"].width > 20
    assert tables["A2"].alignment.wrap_text
    assert book["Columns"].freeze_panes == "C2"


def test_the_first_sheet_says_what_it_is_and_leads_to_the_others(small: Project) -> None:
    about = workbook(small, Audience.PARTNER)["About"]
    assert [about["A1"].value, about["A2"].value] == ["Small catalog", "Data dictionary for partners"]
    assert (about["A4"].value, about["B4"].value) == ("Tables", "1 row")
    assert about["A4"].hyperlink.location == "'Tables'!A1"


def test_things_lead_to_their_pages(small: Project) -> None:
    book = workbook(small, page="https://data.example.com/")
    assert book["Metrics"]["A2"].hyperlink.target == "https://data.example.com/old_share/"
    link = next(row[1].hyperlink for row in book["Columns"].iter_rows(min_row=2) if row[1].value == "seconds")
    assert link.target == "https://data.example.com/raw.event/seconds"


def test_nothing_in_a_workbook_is_a_formula_or_a_link_of_the_content(tmp_path: Path) -> None:
    book = workbook(project_of(tmp_path, HOSTILE))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert '=HYPERLINK("https://evil.example","click")' in [cell.value for cell in cells]
    assert {cell.hyperlink.target for cell in cells if cell.hyperlink} == {None}


def test_a_text_that_no_cell_can_hold_is_cut_and_odd_characters_do_no_harm() -> None:
    text = "x" * 40_000 + "\x00\x0b\ud800"
    name = "thing\x00\x1f\ud800 & <b>"
    project = planted_project(lambda kind, field: "x" if kind is Settings else text, name)
    tables = workbook(project)["Tables"]
    longest = max(len(str(cell.value)) for row in tables.iter_rows() for cell in row)
    assert longest == 32_767


def test_the_same_project_gives_the_same_workbook(small: Project) -> None:
    assert exported(small, "xlsx") == exported(small, "xlsx")
    assert workbook(small).properties.created.year == 2000


def test_columns_in_which_nobody_says_anything_are_left_out_of_the_workbook(small: Project) -> None:
    heads = [cell.value for cell in workbook(small)["Tables"][1]]
    assert "Retention" not in heads
    assert "Limitations" in heads


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_partners_get_titles_and_no_names_or_sql(small: Project, form: str) -> None:
    content = unpacked(exported(small, form, Audience.PARTNER)).decode("utf-8", "replace")
    assert "Cases by day" in content
    for word in ("mart.day", "SUM(", "all.yml", "secret.pay", "nightly", "Expression", "Written at"):
        assert word not in content


def test_a_missing_library_is_named_with_the_extra_that_brings_it(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(CatalogError, match="XlsxWriter is not installed") as caught:
        exported(small, "xlsx")
    assert "plumbline[xlsx]" in str(caught.value.hint)


def test_a_list_whose_only_value_is_empty_is_written(tmp_path: Path) -> None:
    project = project_of(tmp_path, "enums: [{name: blank, values: [{value: '', label: Nothing}]}]")
    heads, row = workbook(project)["Values"].iter_rows(values_only=True)
    assert heads[:3] == ("List", "Value", "Label")
    assert row[2] == "Nothing"
