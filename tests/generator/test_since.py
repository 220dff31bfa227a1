"""`plumbline check --since`: a change is told of what it did, and of nothing else."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from git_history import commit, git, new_repository, write

from catalog import CHECKS, CatalogError, Outcome, Ruler, Terms, judge
from generator.cli import main

TODAY = datetime.date(2026, 11, 22)
QUEUE = """\
tables:
  - name: ops.queue
    description: Work that waits for a reviewer.
    sql: queue.sql
    columns:
      - {name: item_id, description: Piece of content to look at.}
      - {name: day}
"""
SQL = "SELECT item_id, day FROM raw.item WHERE outcome IS NULL\n"
OTHER = "tables:\n  - {name: ops.other, description: Nothing to see here.}\n"
BROKEN = "tables:\n  - name: 'ops.broken\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with faults on `main`, and the branch `change` checked out."""
    folder = new_repository(tmp_path / "warehouse")
    files = {
        "plumbline.yml": "name: Example\ndialect: duckdb\n",
        ".gitignore": ".plumbline/\n",
        "definitions/ops/queue.yml": QUEUE,
        "definitions/ops/queue.sql": SQL,
        "definitions/broken.yml": BROKEN,
    }
    commit(folder, dict(files))
    git(folder, "checkout", "--quiet", "-b", "change")
    return folder


def outcome(folder: Path, since: str = "main", today: datetime.date = TODAY) -> Outcome:
    return judge(folder, Ruler(CHECKS, today), Terms(since)).outcome


def new(folder: Path, since: str = "main") -> list[tuple[str, str]]:
    return [(finding.code, finding.subject) for finding in outcome(folder, since).findings]


def test_nothing_changed_is_nothing_new(repository: Path) -> None:
    told = outcome(repository)
    assert (told.findings, told.gone) == ((), ())
    assert {finding.code for finding in told.left_out} >= {"FL001", "TB002", "CL001"}


@pytest.mark.parametrize("is_committed", [True, False], ids=["committed", "as it lies"])
def test_what_the_change_brings_is_new(repository: Path, *, is_committed: bool) -> None:
    write(repository, {"definitions/other.yml": OTHER})
    if is_committed:
        commit(repository)
    assert new(repository) == [("TB002", "ops.other")]


def test_what_the_change_mends_is_gone(repository: Path) -> None:
    write(repository, {"definitions/broken.yml": OTHER})
    told = outcome(repository)
    assert [(each.code, each.subject) for each in told.gone] == [("FL001", "definitions/broken.yml")]


def test_moved_renamed_and_rewritten_files_bring_nothing(repository: Path) -> None:
    (repository / "definitions" / "new").mkdir()
    git(repository, "mv", "definitions/ops/queue.yml", "definitions/new/renamed.yml")
    git(repository, "mv", "definitions/ops/queue.sql", "definitions/new/queue.sql")
    git(repository, "mv", "definitions/broken.yml", "definitions/new/was_broken_before.yml")
    reformatted = (
        "-- Reformatted\nselect\n  i.item_id,\n  i.day\nfrom raw.item as i\nwhere i.outcome is null\n"
    )
    write(repository, {"definitions/new/queue.sql": reformatted})
    write(repository, {"definitions/new/renamed.yml": "# Moved down\n\n" + QUEUE})
    told = outcome(repository)
    assert (told.findings, told.gone) == ((), ())


def test_a_project_that_moved_as_a_whole_brings_nothing(repository: Path) -> None:
    (repository / "data").mkdir()
    for name in ("plumbline.yml", "definitions", ".gitignore"):
        git(repository, "mv", name, f"data/{name}")
    told = outcome(repository / "data")
    assert (told.findings, told.gone) == ((), ())
    assert {finding.code for finding in told.left_out} >= {"FL001", "TB002", "CL001"}


def test_what_others_did_on_the_base_meanwhile_is_not_blamed_on_the_change(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "main")
    commit(repository, {"definitions/broken.yml": OTHER})
    git(repository, "checkout", "--quiet", "change")
    assert new(repository) == []


def test_a_check_made_stricter_brings_nothing_that_was_there(repository: Path) -> None:
    commit(repository, {"plumbline.yml": "name: Example\ndialect: duckdb\nseverity: {TB002: off}\n"})
    strict = "name: Example\ndialect: duckdb\nseverity: {TB002: error, TB999: error}\n"
    write(repository, {"plumbline.yml": strict, "definitions/other.yml": OTHER})
    assert new(repository, "HEAD") == [("TB002", "ops.other"), ("GV008", "severity:TB999")]


def test_a_waiver_taken_away_brings_its_finding_back(repository: Path) -> None:
    waived = "waivers:\n  - {check: TB002, subject: ops.queue, reason: It forms., until: 2099-12-31}\n"
    settings = (repository / "plumbline.yml").read_text()
    commit(repository, {"plumbline.yml": settings + waived})
    write(repository, {"plumbline.yml": settings})
    assert new(repository, "HEAD") == [("TB002", "ops.queue")]


def test_in_a_new_project_everything_is_new(tmp_path: Path) -> None:
    top = new_repository(tmp_path / "all")
    commit(top, {"README.md": "Nothing yet.\n"})
    write(top, {"data/plumbline.yml": "name: Example\n", "data/definitions/other.yml": OTHER})
    assert new(top / "data", "HEAD") == [("TB002", "ops.other")]


def test_the_past_is_looked_at_once_a_day(repository: Path) -> None:
    outcome(repository)
    for blob in (repository / ".git" / "objects").glob("??/*"):
        if git(repository, "cat-file", "-t", blob.parent.name + blob.name) == "blob":
            blob.unlink()  # What was looked at once is not asked for again.
    assert outcome(repository).findings == ()
    with pytest.raises(CatalogError, match="git does not have the object"):
        outcome(repository, today=TODAY + datetime.timedelta(days=1))


def checked(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["check", *map(str, arguments)])
    shown = capsys.readouterr()
    return int(str(ended.value.code)), shown.out + shown.err


def test_command_fails_only_on_what_is_new(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, shown = checked(capsys, repository)
    assert (code, "error[FL001]" in shown) == (1, True)
    code, shown = checked(capsys, repository, "--since", "main")
    assert code == 0
    assert shown.startswith("Nothing new found\nKnown from `main` and left out: ")
    write(repository, {"definitions/other.yml": OTHER})
    assert checked(capsys, repository, "--since", "main")[0] == 0
    assert checked(capsys, repository, "--since", "main", "--fail-on", "warning")[0] == 1


def test_command_says_what_to_do_without_the_revision(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown = checked(capsys, repository, "--since", "origin/main")
    assert code == 2
    assert shown == "error: git knows no revision `origin/main`\n    Did you mean `main`?\n"


def test_json_names_what_it_was_held_against(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report: dict[str, Any] = json.loads(checked(capsys, repository, "--since=main", "--format=json")[1])
    assert (report["findings"], report["against"]) == ([], "`main`")
    assert report["left_out"] > 0


METRIC = """\
metrics:
  - name: backlog
    label: Backlog
    owner: ops
    description: Work that waits.
    source: ops.queue
    expression: COUNT(item_id)
"""
TOLD = METRIC + "    changes:\n      - {date: 2026-11-20, text: Closed work counts too.}\n"


def test_values_that_change_unannounced_are_told(repository: Path) -> None:
    commit(repository, {"definitions/metric.yml": METRIC})
    git(repository, "branch", "--force", "main")
    write(repository, {"definitions/ops/queue.sql": SQL.replace("IS NULL", "IS NOT NULL")})
    assert new(repository) == [("GT003", "metric:backlog")]
    write(repository, {"definitions/metric.yml": TOLD})
    assert new(repository) == []


def test_a_reformatted_text_changes_no_values(repository: Path) -> None:
    commit(repository, {"definitions/metric.yml": METRIC})
    git(repository, "branch", "--force", "main")
    write(repository, {"definitions/ops/queue.sql": f"-- all of them\n{SQL.lower()}"})
    assert new(repository) == []


def test_a_file_that_cannot_be_read_any_more_changes_no_values(repository: Path) -> None:
    commit(repository, {"definitions/metric.yml": METRIC})
    git(repository, "branch", "--force", "main")
    write(repository, {"definitions/ops/queue.yml": BROKEN})
    assert ("FL001", "definitions/ops/queue.yml") in new(repository)
    assert "GT003" not in dict(new(repository))


def test_an_unannounced_change_can_be_waived(repository: Path) -> None:
    commit(repository, {"definitions/metric.yml": METRIC})
    git(repository, "branch", "--force", "main")
    waiver = "{check: GT003, subject: metric:backlog, reason: Nobody reads it yet., until: 2026-12-31}"
    write(repository, {"plumbline.yml": f"name: Example\ndialect: duckdb\nwaivers: [{waiver}]\n"})
    assert new(repository) == []
    write(repository, {"definitions/ops/queue.sql": SQL.replace("IS NULL", "IS NOT NULL")})
    assert new(repository) == []
    write(repository, {"plumbline.yml": "name: Example\ndialect: duckdb\n"})
    assert new(repository) == [("GT003", "metric:backlog")]
