"""`plumbline baseline`: what is there today does not fail, what is new does, what is mended can't return."""

import json
from pathlib import Path
from typing import Protocol

import pytest
from git_history import commit, new_repository, write

from generator.cli import main

SETTINGS = "name: Example\nseverity: {TB002: error, CL001: error}\n"
QUEUE = """\
tables:
  - name: ops.queue
    description: Work that waits for a reviewer.
    columns:
      - {name: item_id, description: Piece of content to look at.}
      - {name: day}
"""
DESCRIBED = QUEUE.replace("{name: day}", "{name: day, description: Day on which it came in.}")
OTHER = "tables:\n  - {name: ops.other, description: Nothing to see here.}\n"


class Run(Protocol):
    """Runs a command on the project: exit code and what was printed."""

    def __call__(self, command: str, *arguments: str) -> tuple[int, str]: ...


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two faults, `TB002 ops.queue` and `CL001 ops.queue.day`."""
    folder = new_repository(tmp_path / "warehouse")
    write(folder, {"plumbline.yml": SETTINGS, "definitions/queue.yml": QUEUE, ".gitignore": ".plumbline/\n"})
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], project: Path) -> Run:
    """Runs a command on the project: exit code and what was printed."""

    def ran(command: str, *arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main([command, str(project), *arguments])
        shown = capsys.readouterr()
        return int(str(ended.value.code)), shown.out + shown.err

    return ran


def baseline(project: Path) -> dict[str, object]:
    written: dict[str, object] = json.loads((project / "plumbline-baseline.json").read_text("utf-8"))
    return written


def codes(shown: str) -> list[str]:
    return [line.split("[")[1][:5] for line in shown.splitlines() if ": error[" in line]


def test_file_lists_code_and_subject_and_what_is_described(project: Path, run: Run) -> None:
    code, shown = run("baseline")
    assert code == 0
    assert shown == "plumbline-baseline.json: 2 findings\nLeast described: 50 % of columns, 100 % of tables\n"
    assert baseline(project)["findings"] == {"CL001": ["ops.queue.day"], "TB002": ["ops.queue"]}
    assert baseline(project)["described"] == {"columns": 50, "tables": 100}


def test_what_is_listed_does_not_fail_and_what_is_new_does(project: Path, run: Run) -> None:
    assert run("check")[0] == 1
    run("baseline")
    code, shown = run("check")
    assert code == 0
    assert "Known from the baseline and left out: 2 findings\n" in shown
    write(project, {"definitions/other.yml": OTHER})
    code, shown = run("check")
    assert (code, codes(shown)) == (1, ["TB002"])
    assert codes(run("check", "--no-baseline")[1]) == ["TB002", "TB002", "CL001"]


def test_what_is_mended_has_to_leave_and_can_not_return(project: Path, run: Run) -> None:
    run("baseline")
    write(project, {"definitions/queue.yml": DESCRIBED})
    code, shown = run("check")
    assert (code, codes(shown)) == (1, ["GT002"])
    assert "the baseline lists what is mended: `CL001 ops.queue.day`" in shown
    assert run("baseline")[1].startswith("plumbline-baseline.json: 1 finding, 1 fewer\n")
    assert run("check")[0] == 0
    write(project, {"definitions/queue.yml": QUEUE})
    code, shown = run("check")
    assert (code, sorted(codes(shown))) == (1, ["CL001", "GT001"])


def test_nothing_new_slips_in_unless_asked_for(project: Path, run: Run) -> None:
    run("baseline")
    before = baseline(project)
    write(project, {"definitions/other.yml": OTHER})
    assert "stay out; `--accept-new` takes them in" in run("baseline")[1]
    assert baseline(project) == before
    assert run("baseline", "--accept-new")[1].startswith("plumbline-baseline.json: 3 findings, 1 more\n")
    assert run("check")[0] == 0


def test_what_is_described_only_rises(project: Path, run: Run) -> None:
    write(project, {"definitions/queue.yml": DESCRIBED})
    run("baseline")
    write(project, {"definitions/queue.yml": QUEUE})
    run("baseline", "--accept-new")
    assert baseline(project)["described"] == {"columns": 100, "tables": 100}
    code, shown = run("check")
    assert (code, codes(shown)) == (1, ["GT001"])
    assert "50 % of columns are described (1 of 2), at least 100 % have to be" in shown


def test_least_coverage_is_set_in_the_settings_or_for_a_run(project: Path, run: Run) -> None:
    run("baseline")
    assert run("check", "--min-coverage", "66")[0] == 0
    assert codes(run("check", "--min-coverage", "67")[1]) == ["GT001"]
    write(project, {"plumbline.yml": SETTINGS + "min_coverage: 67\n"})
    assert codes(run("check")[1]) == ["GT001"]
    run("baseline", "--accept-new")
    assert codes(run("check")[1]) == ["GT001"]


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("min_coverge: 80", "unknown key `min_coverge` in `plumbline.yml`", "Did you mean `min_coverage`?"),
        ("min_coverage: 180", "`min_coverage` is `180`, at most 100 is allowed", ""),
        ("min_coverage: most", "`min_coverage` needs a whole number, not `most`", ""),
    ],
)
def test_misspelt_setting_is_told(project: Path, run: Run, written: str, message: str, hint: str) -> None:
    write(project, {"plumbline.yml": f"{SETTINGS}{written}\n"})
    shown = run("check")[1]
    assert message in shown
    assert hint in shown


def test_same_findings_give_the_same_file(project: Path, run: Run) -> None:
    run("baseline")
    first = (project / "plumbline-baseline.json").read_bytes()
    run("baseline")
    assert (project / "plumbline-baseline.json").read_bytes() == first


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('{"findings": {\n<<<<<<< ours\n', "plumbline-baseline.json:2:1: this is no JSON"),
        ("[]", "plumbline-baseline.json: `findings` is no mapping"),
        ('{"findings": {"TB002": "ops.queue"}}', "the findings of a code are no list of texts"),
        ('{"described": {"tables": "all"}}', "`described` needs whole numbers from 0 to 100"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(project: Path, run: Run, written: str, told: str) -> None:
    write(project, {"plumbline-baseline.json": written})
    code, shown = run("check")
    assert code == 2
    assert told in shown
    assert "run `plumbline baseline`" in shown


def test_since_and_baseline_hold_together(project: Path, run: Run) -> None:
    run("baseline")
    commit(project, {"definitions/other.yml": OTHER})
    write(project, {"definitions/third.yml": OTHER.replace("other", "third")})
    code, shown = run("check", "--since", "HEAD")
    assert (code, codes(shown)) == (1, ["TB002"])
    assert "ops.third" in shown
    assert "Known from `HEAD` or the baseline and left out: 3 findings" in shown


def test_what_others_mended_before_is_not_asked_of_this_change(project: Path, run: Run) -> None:
    run("baseline")
    commit(project, {"definitions/queue.yml": DESCRIBED})
    assert codes(run("check")[1]) == ["GT002"]
    assert run("check", "--since", "HEAD")[0] == 0


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"definitions/queue.yml": "tables:\n  - name: 'ops.queue\n"}, "FL001"),
        ({"definitions/queue.sql": "SELECT FROM WHERE"}, "LN002"),
    ],
    ids=["definitions", "SQL"],
)
def test_what_cannot_be_read_is_not_taken_for_mended(
    project: Path, run: Run, broken: dict[str, str], code: str
) -> None:
    write(project, {"definitions/queue.yml": QUEUE.replace("    columns", "    sql: queue.sql\n    columns")})
    write(project, {"definitions/queue.sql": "SELECT item_id, day, age FROM ops.item"})
    run("baseline")
    before = baseline(project)
    write(project, broken)
    assert codes(run("check")[1]) == [code]
    ended, shown = run("baseline")
    assert (ended, baseline(project)) == (2, before)
    assert shown.endswith(
        ", which may hide what the baseline lists\n    Mend it, then run `plumbline baseline` again\n"
    )


def test_a_check_that_fails_takes_nothing_out_of_the_baseline(project: Path, run: Run) -> None:
    own = "from catalog import Problem, Severity, check\n\n@check('OWN001', 'own', Severity.ERROR)\n"
    finds = "def own(project):\n    yield Problem('ops.queue', 'is wrong', project.settings.at('name'))\n"
    write(project, {"plumbline.yml": f"{SETTINGS}checks: [own.py]\n", "own.py": f"{own}{finds}"})
    run("baseline")
    before = baseline(project)
    write(project, {"own.py": f"{own}def own(project):\n    raise ValueError('no')\n"})
    assert run("baseline", "--accept-new")[0] == 2
    assert baseline(project) == before


def test_nothing_is_said_to_stay_out_where_all_is_listed(project: Path, run: Run) -> None:
    run("baseline")
    write(project, {"definitions/queue.yml": DESCRIBED})
    assert "stay out" not in run("baseline")[1]
