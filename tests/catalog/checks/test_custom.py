"""Checks of a team's own, and checks that fail: each is told as itself, and hides nothing else."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from git_history import commit, new_repository, write

from catalog import CHECKS, CatalogError, Finding, Outcome, Ruler, Terms, checks_at, explain, judge

TODAY = datetime.date(2026, 11, 22)
SETTINGS = "name: Example\nchecks: [own.py]\n"
QUEUE = "tables:\n  - {name: ops.queue, description: Work that waits for a reviewer.}\n"
OWN = '''\
"""What our team holds its tables to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog import Problem, Project, Severity, check


@dataclass(frozen=True)
class Place:
    """Needs its module, as dataclasses do."""

    name: str


@check("ACME001", "table-outside-warehouse", Severity.ERROR)
def table_outside_warehouse(project: Project) -> Iterator[Problem]:
    """A table lies in no schema of the warehouse."""
    for table in project.catalog.tables.values():
        if not table.name.startswith("warehouse."):
            yield Problem(table.name, f"`{Place(table.name).name}` lies outside", table.at("name"), "Move it")
'''
FAILING = OWN.replace("        if not", "        len(table.name) / 0\n        if not")
SECOND = """

@check("ACME002", "table-beside-warehouse", Severity.WARNING)
def table_beside_warehouse(_project):
    \"\"\"Nothing yet.\"\"\"
    return ()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = new_repository(tmp_path / "warehouse")
    commit(
        folder,
        {
            "plumbline.yml": SETTINGS,
            "own.py": OWN,
            "definitions/queue.yml": QUEUE,
            ".gitignore": ".plumbline/\n",
        },
    )
    return folder


def outcome(folder: Path, terms: Terms | None = None) -> Outcome:
    return judge(folder, Ruler(checks_at(folder), TODAY), terms or Terms()).outcome


def found(folder: Path, code: str) -> Finding:
    (finding,) = (finding for finding in outcome(folder).findings if finding.code == code)
    return finding


def test_check_of_ones_own_is_run_like_ours(project: Path) -> None:
    finding = found(project, "ACME001")
    assert (finding.subject, finding.message) == ("ops.queue", "`ops.queue` lies outside")
    assert str(finding.location) == "definitions/queue.yml:2:12"
    assert found(project, "TB002").subject == "ops.queue"
    assert not outcome(project).is_broken
    assert explain("acme001", checks_at(project)).endswith("A table lies in no schema of the warehouse.\n")


def test_severity_waiver_baseline_and_since_hold_for_it(project: Path) -> None:
    waiver = "waivers: [{check: ACME001, subject: ops.queue, reason: It moves., until: 2099-01-01}]\n"
    assert outcome(project, Terms("HEAD")).findings == ()
    write(project, {"plumbline.yml": SETTINGS + "severity: {ACME001: off}\n"})
    assert [finding.code for finding in outcome(project).findings] == ["TB002"]
    write(project, {"plumbline.yml": SETTINGS + waiver})
    assert [finding.code for finding in outcome(project).findings] == ["TB002"]


def test_a_check_changed_by_the_change_is_measured_on_both_sides(project: Path) -> None:
    assert outcome(project, Terms("HEAD")).findings == ()
    write(project, {"own.py": OWN.replace("Problem(table.name,", 'Problem(f"{table.name}.place",')})
    assert found(project, "ACME001").subject == "ops.queue.place"
    assert outcome(project, Terms("HEAD")).findings == ()


def test_one_of_a_file_can_be_named(project: Path) -> None:
    write(project, {"own.py": OWN + SECOND})
    assert [check.code for check in checks_at(project)[len(CHECKS) :]] == ["ACME001", "ACME002"]
    write(project, {"plumbline.yml": "checks: ['own.py:table_beside_warehouse']\n"})
    assert [check.code for check in checks_at(project)[len(CHECKS) :]] == ["ACME002"]


@pytest.mark.parametrize(
    ("named", "source", "message", "hint"),
    [
        ("owm.py", OWN, "plumbline.yml:1:10: there is no file `owm.py`", "Did you mean `own.py`?"),
        (
            "../own.py",
            OWN,
            "plumbline.yml:1:10: `../own.py` is no Python file of the project",
            "checks.py:name",
        ),
        ("own.sql", OWN, "plumbline.yml:1:10: `own.sql` is no Python file of the project", "checks.py:name"),
        (
            "own.py:table_outside",
            OWN,
            "there is no check `table_outside` in `own.py`",
            "Did you mean `table_outside_warehouse`?",
        ),
        ("own.py", "x = 1\n", "there is no check in `own.py`", "Put `@check("),
        (
            "own.py",
            "import nowhere\n",
            "own.py:1:1: the checks cannot be loaded: ModuleNotFoundError",
            "Mend",
        ),
        ("own.py", "def f(:\n", "own.py:1:7: the checks cannot be loaded: SyntaxError", "Mend `own.py`"),
        (
            "own.py",
            OWN.replace("ACME001", "TB001"),
            "`TB001` is taken by `TB001 undocumented-table`",
            "another",
        ),
        ("own.py", OWN.replace("ACME001", "acme-1"), "`acme-1` is no code of a check", "`ACME001`"),
    ],
)
def test_what_cannot_be_loaded_is_told_with_its_place(
    project: Path, named: str, source: str, message: str, hint: str
) -> None:
    write(project, {"plumbline.yml": f"checks: ['{named}']\n", "own.py": source})
    with pytest.raises(CatalogError) as caught:
        checks_at(project)
    assert message in str(caught.value)
    assert hint in (caught.value.hint or "")


def test_a_check_that_fails_is_told_as_itself_and_hides_nothing(project: Path) -> None:
    write(project, {"own.py": FAILING})
    finding = found(project, "ACME001")
    assert finding.is_failure
    assert finding.subject == "check:ACME001"
    assert finding.message == "the check `ACME001` failed: ZeroDivisionError: division by zero"
    assert (str(finding.location), finding.hint) == ("own.py:22:1", "Mend `own.py`")
    assert found(project, "TB002").subject == "ops.queue"
    assert outcome(project).is_broken


@pytest.mark.parametrize("given", ["return None", "yield 'a text'"])
def test_a_check_that_gives_something_else_fails(project: Path, given: str) -> None:
    head, _, _ = OWN.partition("    for table")
    write(project, {"own.py": f"{head}    {given}\n"})
    assert "failed: TypeError: " in found(project, "ACME001").message


def test_a_failure_is_never_taken_for_known_or_mended(project: Path) -> None:
    write(project, {"plumbline-baseline.json": '{"findings": {"ACME001": ["ops.queue", "check:ACME001"]}}'})
    commit(project, {"own.py": FAILING})
    told = outcome(project, Terms("HEAD"))
    assert [(finding.code, finding.is_failure) for finding in told.findings] == [("ACME001", True)]
    waiver = "waivers: [{check: ACME001, subject: 'check:ACME001', reason: So., until: 2099-01-01}]\n"
    write(project, {"plumbline.yml": SETTINGS + waiver})
    assert outcome(project, Terms("HEAD")).is_broken


def test_a_failing_check_can_be_switched_off(project: Path) -> None:
    write(project, {"own.py": FAILING, "plumbline.yml": SETTINGS + "severity: {ACME001: off}\n"})
    assert not outcome(project).is_broken
