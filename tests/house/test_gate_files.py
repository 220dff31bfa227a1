"""The action, the GitLab include and the pre-commit hook: valid, and run for real in a scratch repository."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from code_host import CodeHost, code_host
from git_history import commit, git, new_repository, write

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
PIPELINE = yaml.safe_load((ROOT / ".ci" / "plumbline.gitlab-ci.yml").read_text("utf-8"))
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))

SETTINGS = "name: Example\ndialect: duckdb\nseverity: {TB002: error, CL001: error}\n"
QUEUE = """\
tables:
  - name: ops.queue
    description: Work that waits for a reviewer.
    sql: queue.sql
    columns:
      - {name: item_id, description: Piece of content to look at.}
      - {name: day}
"""
HOSTILE = "x@acme <img src=x> ::set-output name=a::b"
OTHER = f"tables:\n  - name: ops.other\n    description: Nothing to see here.\n    owner: '{HOSTILE}'\n"


def tool(*arguments: str | Path, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [str(BIN / arguments[0]), *map(str, arguments[1:])]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"),
        (
            "check-jsonschema",
            "--builtin-schema",
            "vendor.gitlab-ci",
            "--data-transform",
            "gitlab-ci",
            ".ci/plumbline.gitlab-ci.yml",
        ),
        ("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"),
    ],
    ids=["action", "gitlab", "pre-commit"],
)
def test_file_is_as_its_schema_says(arguments: tuple[str, ...]) -> None:
    run = tool(*arguments)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A monorepo whose catalog in `data/` has a fault on `main`, and the branch `change` checked out."""
    folder = new_repository(tmp_path / "all")
    files = {
        "data/plumbline.yml": SETTINGS,
        "data/.gitignore": ".plumbline/\n",
        "data/definitions/queue.yml": QUEUE,
        "data/definitions/queue.sql": "SELECT item_id, day FROM raw.item\n",
    }
    commit(folder, dict(files))
    git(folder, "checkout", "--quiet", "-b", "change")
    return folder


@pytest.fixture
def host() -> Iterator[CodeHost]:
    with code_host() as running:
        yield running


class Runner:
    """Runs the steps of the action that are scripts, as GitHub does; one without `if` not after a failure."""

    def __init__(self, repository: Path, host: CodeHost, folder: Path) -> None:
        self.repository = repository
        self.temp = folder / "runner"
        self.temp.mkdir()
        event = folder / "event.json"
        event.write_text(json.dumps({"pull_request": {"number": 7}}))
        self.summary = folder / "summary.md"
        self.base = git(repository, "rev-parse", "main")
        self.environment = {
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_REPOSITORY": "acme/warehouse",
            "GITHUB_API_URL": host.url,
        }

    def run(self, **inputs: str) -> tuple[list[str], str, bool]:
        """Names of the steps that ran, what they said, and whether all went well."""
        values = {f"inputs.{name}": each.get("default", "") for name, each in ACTION["inputs"].items()}
        values |= {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
        context = {"github.event.pull_request.base.sha": self.base, "github.token": "secret-token"}
        names, said, is_well = [], "", True
        for step in ACTION["runs"]["steps"]:
            wanted = _holds(step["if"], values) if "if" in step else is_well
            if "run" not in step or step["name"] == "Install" or not wanted:
                continue
            environment = {
                name: _filled(_filled(text, values), context) for name, text in step.get("env", {}).items()
            }
            run = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=self.repository,
                env={**self.environment, **environment},
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            names.append(step["name"])
            said += run.stdout + run.stderr
            is_well = is_well and run.returncode == 0
        return names, said, is_well


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: values.get(found[1], found[0]), text)


def _holds(condition: str, values: dict[str, str]) -> bool:
    """Whether an `if:` of ours holds on a pull request."""
    terms = {"always()": True, "github.event.pull_request": True}
    terms |= {f"{name} == 'true'": value == "true" for name, value in values.items()}
    return all(terms[term] for term in condition.split(" && "))


def test_no_step_puts_an_expression_into_a_script() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert scripts
    assert all("${{" not in script for script in scripts)


def test_action_annotates_comments_and_fails_on_what_is_new(
    repository: Path, host: CodeHost, tmp_path: Path
) -> None:
    runner = Runner(repository, host, tmp_path)
    commit(repository, {"data/definitions/other.yml": OTHER})
    names, said, is_well = runner.run(path="data")
    assert (names, is_well) == (["Check", "Comment"], False)
    commands = [line for line in said.splitlines() if line.startswith("::")]
    assert [line.split(",")[0] for line in commands] == ["::error file=data/definitions/other.yml"]
    assert "Comment written" in said
    (body,) = host.bodies
    assert body.startswith("<!-- plumbline check data -->\n### Plumbline: 1 error that this change brings\n")
    assert "`data/definitions/other.yml:4`" in body
    assert "secret-token" not in said + body
    assert (tmp_path / "summary.md").read_text() == body
    kept = {path.name for path in (runner.temp / "plumbline").iterdir()}
    assert kept == {"comment.md", "findings.json", "findings.sarif"}


def test_next_push_renews_the_comment(repository: Path, host: CodeHost, tmp_path: Path) -> None:
    runner = Runner(repository, host, tmp_path)
    commit(repository, {"data/definitions/other.yml": OTHER})
    runner.run(path="data")
    commit(repository, {"data/definitions/other.yml": None})
    names, said, is_well = runner.run(path="data")
    assert (names, is_well) == (["Check", "Comment"], True)
    assert "Comment renewed" in said
    (body,) = host.bodies
    assert "### Plumbline: nothing new\n" in body


def test_without_anything_new_there_is_no_comment(repository: Path, host: CodeHost, tmp_path: Path) -> None:
    _, said, is_well = Runner(repository, host, tmp_path).run(path="data")
    assert (is_well, host.comments) == (True, [])
    assert "Comment not needed" in said


def test_inputs_of_the_action_reach_the_check(repository: Path, host: CodeHost, tmp_path: Path) -> None:
    runner = Runner(repository, host, tmp_path)
    names, said, is_well = runner.run(path="data", min_coverage="90", comment="false")
    assert (names, is_well) == (["Check"], False)
    assert "GT001" in said
    assert runner.run(path="data", since="")[2] is False
    assert runner.run(path="data", since="nowhere")[1].count("git knows no revision `nowhere`") == 1


def test_a_fork_whose_token_may_not_write_does_not_fail_for_that(
    repository: Path, host: CodeHost, tmp_path: Path
) -> None:
    host.refuses = 403
    commit(repository, {"data/definitions/third.yml": "terms: [{name: queue, definition: Work.}]\n"})
    _, said, is_well = Runner(repository, host, tmp_path).run(path="data", fail_on="error")
    assert is_well, said


def test_gitlab_job_writes_its_reports_and_the_note(repository: Path, host: CodeHost, tmp_path: Path) -> None:
    commit(repository, {"data/definitions/other.yml": OTHER})
    job = PIPELINE["plumbline"]
    environment = {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        **PIPELINE["variables"],
        "PLUMBLINE_PROJECT": "data",
        "PLUMBLINE_SINCE": git(repository, "rev-parse", "main"),
        "CI_PROJECT_ID": "12",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_API_V4_URL": host.url,
        "GITLAB_TOKEN": "secret-token",
    }

    def ran(lines: list[str]) -> int:
        script = "\n".join(lines)
        command = ["bash", "-eo", "pipefail", "-c", script]
        return subprocess.run(command, cwd=repository, env=environment, check=False).returncode

    assert ran(job["script"]) == 1
    assert ran(job["after_script"]) == 0
    assert len(host.bodies) == 1
    reports: dict[str, Any] = job["artifacts"]["reports"]
    (new, *_) = json.loads((repository / reports["codequality"]).read_text())
    assert new["location"]["path"] == "data/definitions/other.yml"
    assert (repository / reports["junit"]).is_file()


def hook(repository: Path) -> subprocess.CompletedProcess[str]:
    """Runs the hook with pre-commit itself, from the installed command instead of a new environment."""
    local = {**HOOK, "language": "system", "args": ["data", *HOOK["args"]]}
    config = repository / ".pre-commit-config.yaml"
    config.write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [local]}]}))
    git(repository, "add", "--all")
    environment = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PRE_COMMIT_HOME": f"{repository}.home"}
    return tool("pre-commit", "run", folder=repository, **environment)


def test_hook_stops_a_commit_that_brings_something_new(repository: Path) -> None:
    write(repository, {"data/definitions/other.yml": OTHER})
    run = hook(repository)
    assert run.returncode == 1
    assert "definitions/other.yml:4:12: error[GV004]" in run.stdout
    assert "queue.yml" not in run.stdout


def test_hook_lets_pass_what_was_there_and_what_is_no_definition(repository: Path) -> None:
    write(repository, {"data/definitions/queue.sql": "SELECT day, item_id\nFROM raw.item\n"})
    assert "Passed" in hook(repository).stdout
    commit(repository)
    write(repository, {"README.md": "Words.\n"})
    assert "Skipped" in hook(repository).stdout
