"""`plumbline diff`: what is different between two revisions, or two folders."""

import json
from pathlib import Path

import pytest
from git_history import commit, new_repository

from generator.cli import main

SETTINGS = "name: Example\n"
DEFINITIONS = """\
tables:
  - name: raw.item
    columns: [{name: id, type: INT64}, {name: kind, type: STRING}]
metrics:
  - name: items
    source: mart.item
    expression: COUNT(id)
"""
SQL = "CREATE TABLE mart.item AS SELECT id FROM raw.item WHERE kind = 'A';\n"
FILTERED = SQL.replace("'A'", "'B'")
REFORMATTED = (
    "create table mart.item as\nselect i.id\nfrom raw.item as i -- all of them\nwhere ('A' = i.kind);\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = new_repository(tmp_path / "warehouse")
    commit(made, {"plumbline.yml": SETTINGS, "definitions/all.yml": DEFINITIONS, "definitions/item.sql": SQL,
                  ".gitignore": ".plumbline/\n"})  # fmt: skip
    return made


def ran(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["diff", *map(str, arguments)])
    shown = capsys.readouterr()
    return int(str(ended.value.code)), shown.out + shown.err


def test_the_work_tree_is_compared_with_a_revision(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "definitions/item.sql").write_text(FILTERED, "utf-8")
    code, text = ran(capsys, "HEAD", "--project", folder)
    assert code == 0
    assert text.startswith(
        "items (items)\n    rows are kept where `kind = 'B'`, no longer where `kind = 'A'`"
    )
    assert "warning[GT003]" in text


def test_what_is_only_written_otherwise_is_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(folder, {"definitions/item.sql": None, "definitions/moved/item.sql": REFORMATTED})
    code, text = ran(capsys, "HEAD~1", "HEAD", "--project", folder)
    assert (code, text) == (0, "Nothing is different but perhaps the form\n")


def test_two_revisions_are_compared_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(folder, {"definitions/item.sql": FILTERED})
    _, text = ran(capsys, "HEAD~1", "HEAD", "--project", folder, "--format", "json")
    told = json.loads(text)
    assert [(each["kind"], each["subject"], each["aspect"]) for each in told["changes"]] == [
        ("model_wide", "mart.item", "filter")
    ]
    assert list(told["metrics"]) == ["items"]


def test_two_folders_are_compared(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other"
    (other / "definitions").mkdir(parents=True)
    (other / "plumbline.yml").write_text(SETTINGS, "utf-8")
    (other / "definitions/all.yml").write_text(DEFINITIONS.replace("COUNT(id)", "SUM(id)"), "utf-8")
    (other / "definitions/item.sql").write_text(SQL, "utf-8")
    _, text = ran(capsys, folder, other)
    assert "the expression of `items` uses `SUM` in the place of `COUNT`" in text


def test_it_fails_where_the_finding_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(
        folder, {"plumbline.yml": f"{SETTINGS}severity: {{GT003: error}}\n", "definitions/item.sql": FILTERED}
    )
    assert ran(capsys, "HEAD~1", "--project", folder)[0] == 1


def test_an_unknown_revision_ends_the_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = ran(capsys, "no-such-branch", "--project", folder)
    assert code == 2
    assert "no-such-branch" in text
