"""`plumbline lineage FILE…`: SQL files in no project."""

import json
from pathlib import Path

import pytest

from generator.cli import main

SQL = "CREATE TABLE mart.daily AS SELECT kind, COUNT(id) AS n FROM stg.events GROUP BY kind"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "daily.sql").write_text(SQL)
    (tmp_path / "top.sql").write_text("SELECT MAX(n) AS best FROM mart.daily")

    def ran(*arguments: str) -> tuple[int | str | None, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["lineage", *arguments])
        return (ended.value.code, *capsys.readouterr())

    return ran


def test_a_file_is_told_without_any_project(run) -> None:  # type: ignore[no-untyped-def]
    code, told, _ = run("daily.sql", "--dialect", "duckdb")
    assert code == 0
    assert told.startswith(
        "daily.sql:1:1: create table mart.daily\n  kind\n      stg.events.kind  (identity)\n"
    )
    assert told.endswith("\n1 statement, 2 edges, 0 gaps\n")


def test_nothing_is_left_behind(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("daily.sql", "--dialect", "duckdb")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["daily.sql", "top.sql"]


def test_several_files_are_one_lineage(run) -> None:  # type: ignore[no-untyped-def]
    asked = ("--column", "stg.events.id", "--downstream", "--format", "json")
    code, told, _ = run("top.sql", "daily.sql", "--dialect", "duckdb", *asked)
    assert code == 0
    targets = [
        edge["target_column"]
        for file in json.loads(told)["files"]
        for statement in file["statements"]
        for edge in statement["columns"]
    ]
    assert targets == ["n", "best"]


def test_a_folder_is_all_its_files(run) -> None:  # type: ignore[no-untyped-def]
    assert run(".", "--dialect", "duckdb")[1] == run("daily.sql", "top.sql", "--dialect", "duckdb")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["daily.sql"], "error: the dialect of the files is not known\n    Name it: `--dialect bigquery`"),
        (["daly.sql", "--dialect", "duckdb"], "error: there is no file `daly.sql`"),
        (["daily.sql", "--dialect", "duckbd"], "is no SQL dialect that is known\n    Did you mean `duckdb`?"),
        (["daily.sql", "--dialect", "duckdb", "--column", "mart.daily.m"], "Did you mean `mart.daily.n`?"),
        (["daily.sql", "--dialect", "duckdb", "--schema", "top.sql"], "top.sql: this is no JSON"),
        (["daily.sql", "--dialect", "duckdb", "--depth", "2"], "of files need --column"),
        (["mart.daily", "--format", "dot"], "a thing of a project has no such options"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(arguments: list[str], said: str, run) -> None:  # type: ignore[no-untyped-def]
    code, _, complaint = run(*arguments)
    assert code == 2
    assert said in complaint
