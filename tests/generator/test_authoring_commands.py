"""The commands that write definitions, as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main

FILE = """\
tables:
  - name: raw.t
    columns:
      - {name: id, description: Item under review.}
  - name: mart.t # by day
    columns:
      - name: item
    sql: SELECT id AS item FROM raw.t
"""

INHERITED = "        description: Item under review.\n        inherited_from: raw.t.id\n"


def run(*arguments: str) -> int:
    """The exit code of the command."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text("dialect: bigquery\n", "utf-8")
    (tmp_path / "definitions" / "t.yml").write_text(FILE, "utf-8")
    return tmp_path


def test_inherit_lists_then_shows_then_writes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = root / "definitions" / "t.yml"
    assert run("inherit", str(root)) == 0
    assert capsys.readouterr().out == (
        "definitions/t.yml:7:9: `mart.t.item` has its description from `raw.t.id`\n"
        "1 would inherit in 1 file, 0 left. Write them with `plumbline inherit --write`\n"
    )
    assert run("inherit", str(root), "--dry-run") == 0
    assert "+        inherited_from: raw.t.id\n" in capsys.readouterr().out
    assert file.read_text("utf-8") == FILE
    assert run("inherit", str(root), "--write") == 0
    assert "1 written in 1 file, 0 left" in capsys.readouterr().out
    assert file.read_text("utf-8") == FILE.replace("- name: item\n", f"- name: item\n{INHERITED}")
    assert run("inherit", str(root), "--dry-run") == 0
    assert capsys.readouterr() == ("", "note: no definition would change\n")


def test_fix_mends_and_takes_what_is_mended_out_of_the_baseline(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = root / "definitions" / "t.yml"
    file.write_text(FILE.replace("- name: item\n", "- name: item\n      - name: old\n"), "utf-8")
    assert run("baseline", str(root)) == 0
    assert "mart.t.old" in (root / "plumbline-baseline.json").read_text("utf-8")
    capsys.readouterr()
    assert run("fix", "--project", str(root), "--dry-run") == 0
    assert capsys.readouterr().out.count("\n-      - name: old\n") == 1
    assert run("fix", "--project", str(root)) == 0
    assert "`mart.t.old` is out" in capsys.readouterr().out
    assert file.read_text("utf-8") == FILE
    assert "mart.t.old" not in (root / "plumbline-baseline.json").read_text("utf-8")


def test_a_read_only_file_is_one_clear_error(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "definitions" / "t.yml").chmod(0o444)
    assert run("inherit", str(root), "--write") == 2
    told = "error: `definitions/t.yml` is read-only\n    Make it writable, then run this again\n"
    assert capsys.readouterr() == ("", told)
    assert (root / "definitions" / "t.yml").read_text("utf-8") == FILE


def test_fix_knows_what_it_mends(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fix", "CL03", "--project", str(root)) == 2
    assert "nothing mends `CL03`. Did you mean `CL003`?" in capsys.readouterr().err


def test_scaffold_writes_only_what_it_says(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "definitions" / "day.sql").write_text("CREATE TABLE mart.day AS SELECT item FROM mart.t", "utf-8")
    assert run("scaffold", "--project", str(root), "--dry-run") == 0
    assert "+++ b/definitions/day.yml\n" in capsys.readouterr().out
    assert not (root / "definitions" / "day.yml").exists()
    assert run("scaffold", "--project", str(root)) == 0
    told = "definitions/day.yml: `mart.day` is drafted\n1 written in 1 file, 0 left\n"
    assert capsys.readouterr().out == told
    assert (root / "definitions" / "t.yml").read_text("utf-8") == FILE


def test_import_lists_then_writes_and_drops_the_source(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "plumbline.yml").write_text(
        "dialect: bigquery\n"
        "sources: [{importer: folders, path: sql, layout: {tables: '{schema}/{table}'}}]\n",
        "utf-8",
    )
    table = root / "sql" / "live" / "event"
    table.mkdir(parents=True)
    (table / "query.sql").write_text("SELECT id FROM raw.t\n", "utf-8")
    assert run("import", "sql", "--project", str(root)) == 0
    assert "1 would be written in 1 file, 0 left" in capsys.readouterr().out
    assert run("import", "sql", "--project", str(root), "--write", "--drop") == 0
    assert "the source `sql` is out\n2 written in 2 files, 0 left\n" in capsys.readouterr().out
    assert (root / "plumbline.yml").read_text("utf-8") == "dialect: bigquery\n"
    assert (root / "definitions" / "live" / "event.yml").read_text("utf-8") == (
        "tables:\n  - name: live.event\n    sql: ../../sql/live/event/query.sql\n"
    )
