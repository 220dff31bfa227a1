"""The SQL of definitions: found, and every character of it with its place in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model import Definitions, Location, SqlText
from catalog.reading.document import read_documents
from catalog.reading.load import load_definitions
from catalog.reading.sql_source import written_sql
from catalog.settings import Settings


def load(root: Path, files: dict[str, str]) -> Definitions:
    for name, text in files.items():
        path = root / "definitions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return load_definitions(root, Settings(dialect="duckdb"))


def test_a_block_of_sql_begins_at_its_first_character(tmp_path: Path) -> None:
    definitions = load(
        tmp_path, {"a.yml": "tables:\n  - name: a\n    sql: |\n\n      SELECT 1,\n        2 AS b\n"}
    )
    (sql,) = definitions.sql
    assert sql == SqlText("SELECT 1,\n  2 AS b", Location("definitions/a.yml", 5, 7), "duckdb", "a")
    assert sql.at(2, 3) == Location("definitions/a.yml", 6, 9)


def test_a_file_beside_the_definition_is_read(tmp_path: Path) -> None:
    files = {
        "ops/a.yml": "tables: [{name: a, sql: a.sql, dialect: snowflake}, {name: b, sql: ../sql/b.SQL}]",
        "ops/a.sql": "SELECT 1\n",
        "sql/b.SQL": "\ufeffSELECT 2\r\n",
    }
    definitions = load(tmp_path, files)
    assert definitions.misfits == ()
    assert definitions.sql == (
        SqlText("SELECT 1\n", Location("definitions/ops/a.sql", 1, 1), "snowflake", "a"),
        SqlText("SELECT 2\r\n", Location("definitions/sql/b.SQL", 1, 1), "duckdb", "b"),
    )


def test_a_file_that_no_table_names_stands_alone(tmp_path: Path) -> None:
    (sql,) = load(tmp_path, {"ops/load.sql": "INSERT INTO a SELECT 1"}).sql
    assert sql == SqlText("INSERT INTO a SELECT 1", Location("definitions/ops/load.sql", 1, 1), "duckdb")


def test_the_file_of_a_table_that_cannot_be_read_does_not_stand_alone(tmp_path: Path) -> None:
    definitions = load(tmp_path, {"a.yml": "tables: [{name: [a], sql: a.sql}]", "a.sql": "SELECT 1"})
    assert len(definitions.misfits) == 1
    assert definitions.sql == ()


def test_a_table_whose_sql_is_empty_has_none(tmp_path: Path) -> None:
    definitions = load(tmp_path, {"a.yml": "tables: [{name: a, sql: ''}]"})
    assert [misfit.message for misfit in definitions.misfits] == ["`sql` is empty"]
    assert definitions.sql == ()


@pytest.mark.parametrize(
    ("sql", "message", "hint"),
    [
        ("qeue.sql", "there is no file `qeue.sql`", "Did you mean `queue.sql`?"),
        ("zzz.sql", "there is no file `zzz.sql`", "Create it beside `definitions/ops/a.yml`"),
        (
            "nowhere/queue.sql",
            "there is no file `nowhere/queue.sql`",
            "Create it beside `definitions/ops/a.yml`",
        ),
        ("../../../x.sql", "`../../../x.sql` leads out of the project", "Name a file beside this one"),
        ("/etc/x.sql", "`/etc/x.sql` leads out of the project", "Name a file beside this one"),
    ],
)
def test_a_file_that_is_not_there_is_one_finding(tmp_path: Path, sql: str, message: str, hint: str) -> None:
    definitions = load(
        tmp_path / "project",
        {"ops/a.yml": f"tables:\n  - name: a\n    sql: {sql}\n", "ops/queue.sql": "SELECT 1"},
    )
    (misfit,) = definitions.misfits
    assert (misfit.code, misfit.subject, misfit.message, misfit.hint) == ("FL004", "a", message, hint)
    assert misfit.location == Location("definitions/ops/a.yml", 3, 10)
    assert [table.name for table in definitions.tables] == ["a"]


def test_a_link_to_a_file_out_of_the_project_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.sql").write_text("SELECT 'secret'")
    root = tmp_path / "project"
    (root / "definitions").mkdir(parents=True)
    (root / "definitions/_a.sql").symlink_to("../../secret.sql")
    definitions = load(root, {"a.yml": "tables: [{name: a, sql: _a.sql}]"})
    assert [misfit.message for misfit in definitions.misfits] == ["`_a.sql` leads out of the project"]
    assert definitions.sql == ()


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"SELECT \xff", "FL001", "byte 7 (0xFF) is not UTF-8"),
        (b" \n", "FL005", "the file is empty"),
        (b" " * 6_000_000, "FL001", "the file has 6.0 MB, 5 MB are allowed"),
    ],
)
def test_a_sql_file_that_cannot_be_read_is_one_finding(
    tmp_path: Path, content: bytes, code: str, message: str
) -> None:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "definitions/a.sql").write_bytes(content)
    (misfit,) = load(tmp_path, {"a.yml": "tables: [{name: a, sql: a.sql}]"}).misfits
    assert (misfit.code, misfit.message, misfit.location.file) == (code, message, "definitions/a.sql")


LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12).filter(
    lambda line: "\ufeff" not in line
)
WORDS = st.from_regex(r"[a-z(][a-z,()*]{0,8}( [a-z(][a-z,()*]{0,8}){0,3}", fullmatch=True)
LINE_ENDS = st.sampled_from(["\n", "\r\n"])


def assert_every_character_has_its_place(source: str) -> SqlText:
    """Each character of the SQL stands in the file where `SqlText.at` says.

    But for spaces that keep the first line in line with the others.
    """
    documents = read_documents(source.encode(), "f.yml")
    assert documents.misfits == ()
    table = documents.roots[0]["tables"][0]  # type: ignore[index]
    text, start = written_sql(documents, table["sql"], table.origin.at("sql"))
    sql = SqlText(text, start, "")
    lines = source.splitlines()
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line, 1):
            place = sql.at(number, column)
            if number == 1 and not line[:column].strip(" "):
                continue
            assert lines[place.line - 1][place.column - 1] == character
    return sql


@given(
    st.lists(LINE, max_size=5), st.integers(1, 6), LINE_ENDS, st.sampled_from(["|", ">", "|-", ">+", "| # c"])
)
def test_every_character_of_a_block_has_its_place(
    lines: list[str], indent: int, line_end: str, header: str
) -> None:
    block = ["SELECT 1", *lines, "FROM a"]
    source = [
        "tables:",
        "- name: ä",
        f"  sql: {header}",
        *[" " * (2 + indent) + line for line in block],
        "  owner: b",
        "",
    ]
    sql = assert_every_character_has_its_place(line_end.join(source))
    assert sql.text == "\n".join(block)


@given(st.lists(WORDS, min_size=1, max_size=4), st.integers(3, 8), LINE_ENDS, st.sampled_from(["", '"', "'"]))
def test_every_character_of_folded_text_has_its_place(
    lines: list[str], indent: int, line_end: str, quote: str
) -> None:
    text = (line_end + " " * indent).join(lines)
    source = line_end.join(["tables:", f"- sql: {quote}SELECT {text}{quote} # why", "  name: b", ""])
    sql = assert_every_character_has_its_place(source)
    assert sql.text.split() == ["SELECT", *" ".join(lines).split()]


def test_a_comment_ends_with_its_line_even_in_folded_text(tmp_path: Path) -> None:
    (sql,) = load(tmp_path, {"a.yml": "tables:\n- name: a\n  sql: >\n    SELECT 1 -- one\n    FROM b\n"}).sql
    assert sql.text == "SELECT 1 -- one\nFROM b"


def test_quoted_sql_with_escapes_is_what_yaml_makes_of_it(tmp_path: Path) -> None:
    (sql,) = load(tmp_path, {"a.yml": "tables:\n- name: a\n  sql: 'SELECT ''x''\n\n    FROM b'\n"}).sql
    assert (sql.text, sql.start) == ("SELECT 'x'\nFROM b", Location("definitions/a.yml", 3, 9))


@pytest.mark.parametrize("header", ["|", "&s |", "!!str |", "&s !!str >-"])
@pytest.mark.parametrize("rest", ["", "\n", "\n\n", "\n# a comment\n", "\n  # a comment\n", "\n---\n"])
def test_a_block_ends_where_yaml_says(header: str, rest: str) -> None:
    sql = assert_every_character_has_its_place(f"tables:\n- sql: {header}\n     SELECT 1\n     FROM b{rest}")
    assert sql.text == "SELECT 1\nFROM b"


@pytest.mark.parametrize(
    "written", ["SELECT 1", "'SELECT 1'", '"SELECT 1"', "&s SELECT 1", '!!str "SELECT 1"']
)
def test_sql_on_one_line_has_its_place(written: str) -> None:
    sql = assert_every_character_has_its_place(f"tables:\n- sql: {written} # a comment\n")
    assert sql.text == "SELECT 1"
