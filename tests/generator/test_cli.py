"""The `plumbline` command, run as users run it: as a process, with a terminal or without."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import pytest

from catalog import CHECKS
from generator.cli import main
from generator.commands import plumbline

COMMAND = str(Path(sys.executable).with_name("plumbline"))
ROOT = Path(__file__).parents[2]

SETTINGS = """
name: Example
dialect: duckdb
"""
CLEAN = """
teams:
  - name: ops
    description: The people who look after the queues.
tables:
  - name: ops.queue
    owner: ops
    description: Work that waits for a reviewer.
    columns:
      - {name: item_id, description: Piece of content to look at, type: TEXT}
"""
MISSPELT = CLEAN.replace("    owner: ops\n", "    owner: ops\n    lable: Queue\n")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text(SETTINGS)
    (tmp_path / "definitions" / "queue.yml").write_text(CLEAN)
    return tmp_path


class Run(Protocol):
    """Runs the command; what it printed and how it ended."""

    def __call__(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process, which is quick."""

    def ran(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        code = ended.value.code
        assert isinstance(code, int)
        return subprocess.CompletedProcess(arguments, code, *capsys.readouterr())

    return ran


def run_process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as its users do, where the environment matters."""
    return subprocess.run(
        [COMMAND, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


def run_in_terminal(*arguments: str | Path, **environment: str) -> str:
    """What a terminal would show."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, *arguments],
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", **environment},
    )
    os.close(theirs)
    shown = b""
    while chunk := _read(ours):
        shown += chunk
    os.close(ours)
    process.wait()
    return shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other end is closed.
        return b""


def test_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version").stdout == f"plumbline {version('plumbline')}\n"


@pytest.mark.parametrize("command", sorted(plumbline.commands))
def test_help_of_each_command_shows_examples(command: str, run: Run) -> None:
    shown = run(command, "--help")
    assert shown.returncode == 0
    assert f"\n  Examples:\n    plumbline {command}" in shown.stdout


def test_clean_project_exits_zero_and_tells_its_coverage(project: Path, run: Run) -> None:
    result = run("check", project)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "Nothing found\nDescribed: 1 of 1 tables (100 %), 1 of 1 columns (100 %)\n"


def test_project_is_found_from_a_folder_inside_it(project: Path, run: Run) -> None:
    assert run("check", project / "definitions").returncode == 0


def test_error_exits_one_and_is_printed_with_its_place_and_a_guess(project: Path, run: Run) -> None:
    (project / "definitions" / "queue.yml").write_text(MISSPELT)
    result = run("check", project)
    assert result.returncode == 1
    assert result.stdout.startswith("definitions/queue.yml:8:5: error[FL002] ")
    assert "\n    Did you mean `label`?\n" in result.stdout
    assert "\nFound 1 error" in result.stdout


def test_warnings_alone_exit_zero(project: Path, run: Run) -> None:
    (project / "plumbline.yml").write_text(SETTINGS + "severity: {FL002: warning}\n")
    (project / "definitions" / "queue.yml").write_text(MISSPELT)
    result = run("check", project)
    assert "warning[FL002]" in result.stdout
    assert result.returncode == 0


def test_json_finding_has_the_promised_keys(project: Path, run: Run) -> None:
    (project / "definitions" / "queue.yml").write_text(MISSPELT)
    report = json.loads(run("check", project, "--format", "json").stdout)
    [finding] = [finding for finding in report["findings"] if finding["code"] == "FL002"]
    assert list(finding) == [
        "code", "name", "severity", "subject", "message", "hint", "path", "line", "column",
    ]  # fmt: skip
    assert (finding["path"], finding["line"], finding["column"]) == ("definitions/queue.yml", 8, 5)
    assert report["summary"]["error"] == 1
    assert report["coverage"]["tables"] == {"described": 1, "total": 1}


def test_github_format_writes_annotations(project: Path, run: Run) -> None:
    (project / "definitions" / "queue.yml").write_text(MISSPELT)
    result = run("check", project, "--format", "github")
    assert result.stdout.startswith(
        "::error file=definitions/queue.yml,line=8,col=5,title=FL002 unknown-key::"
    )
    assert "%0ADid you mean `label`?" in result.stdout


def test_folder_without_a_project_is_an_unusable_run(tmp_path: Path, run: Run) -> None:
    result = run("check", tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("error: there is no `plumbline.yml` in ")
    assert result.stderr.count("\n    ") == 1
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_unknown_option_is_an_unusable_run(run: Run) -> None:
    result = run("check", "--formt", "json")
    assert result.returncode == 2
    assert "--format" in result.stderr


def test_explain_tells_why_and_shows_bad_and_good(run: Run) -> None:
    result = run("explain", "TB002")
    assert result.returncode == 0
    assert result.stdout.startswith("# TB002 table-without-owner (warning)\n")
    assert all(f"\n## {heading}\n" in result.stdout for heading in ("Why", "Bad", "Good"))


@pytest.mark.parametrize("wanted", ["tb002", "table-without-owner"])
def test_explain_takes_a_code_in_small_letters_and_a_name(wanted: str, run: Run) -> None:
    assert run("explain", wanted).stdout == run("explain", "TB002").stdout


@pytest.mark.parametrize(
    ("wanted", "guess"),
    [("TB02", "Did you mean `TB0"), ("table-with-owner", "Did you mean `table-without-owner`?")],
)
def test_explain_guesses_at_an_unknown_check(wanted: str, guess: str, run: Run) -> None:
    result = run("explain", wanted)
    assert result.returncode == 2
    assert guess in result.stderr


def test_explain_lists_all_checks(run: Run) -> None:
    listed = run("explain").stdout.splitlines()
    assert listed[0].split() == ["Code", "Check", "Severity", "Finds"]
    assert any(line.startswith("TB002  table-without-owner ") for line in listed)


def test_schemas_are_json_schemas(run: Run) -> None:
    definitions, settings = json.loads(run("schema").stdout), json.loads(run("schema", "--settings").stdout)
    assert "tables" in definitions["properties"]
    assert "dialect" in settings["properties"]


def test_lineage_tells_both_directions(project: Path, run: Run) -> None:
    (project / "definitions" / "open.yml").write_text(
        """
tables:
  - name: ops.open_queue
    sql: SELECT item_id FROM ops.queue
"""
    )
    assert run("lineage", "ops.queue", project).stdout == (
        "Made from: nothing that is known\nFeeds:\n   1  table   ops.open_queue\n"
    )
    assert run("lineage", "ops.open_queue.item_id", project, "--upstream").stdout == (
        "Made from:\n   1  column  ops.queue.item_id\n"
    )


def test_sites_that_cannot_be_written_are_told_in_one_line(project: Path, run: Run) -> None:
    (project / "site").write_text("no folder")
    result = run("build", project)
    assert result.returncode == 2
    assert f"error: `{project}/site/" in result.stderr
    assert "cannot be used: " in result.stderr
    assert "Traceback" not in result.stderr


def test_lineage_of_an_unknown_name_guesses(project: Path, run: Run) -> None:
    result = run("lineage", "ops.queu", project)
    assert result.returncode == 2
    assert "Did you mean `ops.queue`?" in result.stderr


def test_terminal_gets_colours_and_a_pipe_does_not(project: Path, run: Run) -> None:
    (project / "definitions" / "queue.yml").write_text(MISSPELT)
    assert "\x1b[1;31merror" in run_in_terminal("check", project, NO_COLOR="")
    assert "\x1b" not in run("check", project).stdout


@pytest.mark.parametrize("form", ["json", "github"])
def test_formats_for_machines_are_plain_even_where_colours_are_forced(form: str, project: Path) -> None:
    (project / "definitions" / "queue.yml").write_text(MISSPELT)
    shown = run_process("check", project, "--format", form, FORCE_COLOR="1", NO_COLOR="").stdout
    assert "FL002" in shown
    assert "\x1b" not in shown


def test_no_color_is_respected(project: Path) -> None:
    (project / "definitions" / "queue.yml").write_text(MISSPELT)
    assert "\x1b[1;31m" not in run_in_terminal("check", project, NO_COLOR="1")


def test_long_lines_are_not_folded_in_a_pipe(project: Path) -> None:
    name = "team_" * 40
    (project / "definitions" / "queue.yml").write_text(CLEAN.replace("owner: ops", f"owner: {name}"))
    assert name in run_process("check", project, COLUMNS="40").stdout


def test_output_is_utf8_whatever_the_locale(project: Path) -> None:
    (project / "definitions" / "queue.yml").write_text(CLEAN.replace("owner: ops", "owner: 運営"), "utf-8")
    result = run_process("check", project, LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "`運営`" in result.stdout


def test_closed_pipe_is_no_fuss(project: Path, run: Run) -> None:
    columns = "\n".join(f"      - {{name: c{number}, unknwon: 1}}" for number in range(3000))
    (project / "definitions" / "queue.yml").write_text(CLEAN + columns + "\n")
    result = subprocess.run(
        ["bash", "-c", f'"{COMMAND}" check "{project}" | head -n 1; echo "${{PIPESTATUS[0]}}"'],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.stderr == ""
    assert result.stdout.splitlines()[1] == "1"


@pytest.mark.parametrize("moment", ["while it starts", "while it serves"])
def test_interrupt_is_quiet_and_exits_130(project: Path, moment: str) -> None:
    process = subprocess.Popen(
        [COMMAND, "serve", str(project), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout is not None
    if moment == "while it starts":
        time.sleep(1)
    else:
        process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the run
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.strip() == ""


def test_coverage_is_told_and_recorded_once_a_day(run: Run, project: Path) -> None:
    told = run("coverage", project)
    assert "tables described" in told.stdout
    assert "1 of 1" in told.stdout
    assert not (project / "coverage.csv").exists()
    for _ in range(2):
        assert run("coverage", project, "--record").returncode == 0
    lines = (project / "coverage.csv").read_text().splitlines()
    assert lines[0] == "date,figure,covered,total"
    assert [line.split(",", 1)[1] for line in lines if "tables described" in line] == ["tables described,1,1"]


OWN_CHECK = '''
from catalog import Severity, check


@check("ACME001", "nothing-at-all", Severity.WARNING)
def nothing_at_all(project):
    """Finds nothing."""
    return ()
'''


def test_checks_are_listed_with_those_of_the_project(project: Path, run: Run) -> None:
    (project / "plumbline.yml").write_text(SETTINGS + "checks: [own.py]\n")
    (project / "own.py").write_text(OWN_CHECK)
    listed = json.loads(run("checks", project, "--format", "json").stdout)
    assert listed[0].keys() == {"code", "name", "family", "severity", "finds"}
    assert [each["code"] for each in listed[:-1]] == [check.code for check in CHECKS]
    assert listed[-1] == {
        "code": "ACME001",
        "name": "nothing-at-all",
        "family": "own",
        "severity": "warning",
        "finds": "Finds nothing.",
    }
    shown = run("checks", project).stdout.splitlines()
    assert shown[0].split() == ["Code", "Check", "Family", "Severity", "Finds"]
    assert shown[-1].split()[:4] == ["ACME001", "nothing-at-all", "own", "warning"]


def test_outside_of_a_project_the_checks_of_plumbline_are_listed(tmp_path: Path, run: Run) -> None:
    assert len(json.loads(run("checks", tmp_path, "--format", "json").stdout)) == len(CHECKS)


def test_a_check_that_fails_ends_the_run_with_two_after_all_else(project: Path, run: Run) -> None:
    (project / "plumbline.yml").write_text(SETTINGS + "checks: [own.py]\n")
    (project / "own.py").write_text(OWN_CHECK.replace("return ()", "raise KeyError('gone')"))
    (project / "definitions" / "queue.yml").write_text(MISSPELT)
    result = run("check", project)
    assert result.returncode == 2
    assert "own.py:8:1: error[ACME001] the check `ACME001` failed: KeyError: 'gone'" in result.stdout
    assert "error[FL002]" in result.stdout


def test_one_run_writes_several_reports(project: Path, tmp_path: Path, run: Run) -> None:
    (project / "definitions" / "queue.yml").write_text(MISSPELT)
    result = run("check", project, "--also", f"junit={tmp_path}/a.xml", "--also", f"json={tmp_path}/b.json")
    assert result.returncode == 1
    assert "error[FL002]" in result.stdout
    assert "<testsuites" in (tmp_path / "a.xml").read_text()
    assert json.loads((tmp_path / "b.json").read_text())["summary"]["error"] == 1


@pytest.mark.parametrize("also", ["junti=a.xml", "junit"])
def test_a_misspelt_report_is_told(project: Path, run: Run, also: str) -> None:
    result = run("check", project, "--also", also)
    assert result.returncode == 2
    assert f"`{also}` is not FORMAT=FILE" in result.stderr
