"""Findings as text, JSON and workflow commands."""

import json
from pathlib import Path
from typing import Any

import pytest

from catalog import FORMATS, Before, Finding, Location, Outcome, Project, Severity, open_project

TABLE = """
tables:
  - name: ops.queue
    description: Work that waits.
    columns:
      - {name: item_id}
"""

NASTY = "100%\r\n::error file=x.py::injected,a:b"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "definitions" / "queue.yml").write_text(TABLE)
    (tmp_path / "plumbline.yml").write_text("name: Example\n")
    return open_project(tmp_path)


def finding(
    message: str = "`a` has no description",
    hint: str | None = "Write one",
    location: Location = Location("d/queue.yml", 12, 5),  # noqa: B008
    severity: Severity = Severity.ERROR,
) -> Finding:
    return Finding("CL001", "column-without-description", severity, "ops.queue.a", message, location, hint)


def told(*findings: Finding, **more: Any) -> Outcome:
    return Outcome(findings, **more)


def test_text_has_place_severity_code_and_the_hint_below(project: Project) -> None:
    assert FORMATS["text"](project, told(finding())) == (
        "d/queue.yml:12:5: error[CL001] `a` has no description\n"
        "    Write one\n"
        "\n"
        "Found 1 error\n"
        "Described: 1 of 1 tables (100 %), 0 of 1 columns (0 %)\n"
    )


def test_text_of_no_findings_says_so(project: Project) -> None:
    assert FORMATS["text"](project, told()).startswith("Nothing found\n")


def test_text_counts_by_severity(project: Project) -> None:
    severities = [Severity.WARNING, Severity.ERROR, Severity.WARNING, Severity.INFO]
    shown = FORMATS["text"](project, told(*(finding(severity=severity) for severity in severities)))
    assert "\nFound 1 error, 2 warnings, 1 info\n" in shown


def test_text_tells_what_was_left_out_and_what_is_gone(project: Project) -> None:
    outcome = told(
        left_out=(finding(), finding()), gone=(Before("CL001", "ops.queue.b"),), against="`origin/main`"
    )
    assert FORMATS["text"](project, outcome).splitlines()[:2] == [
        "Nothing new found",
        "Known from `origin/main` and left out: 2 findings; gone: 1 finding",
    ]


def test_json_tells_what_was_left_out_and_what_is_gone(project: Project) -> None:
    outcome = told(left_out=(finding(),), gone=(Before("CL001", "ops.queue.b"),), against="`origin/main`")
    report = json.loads(FORMATS["json"](project, outcome))
    assert (report["findings"], report["left_out"], report["against"]) == ([], 1, "`origin/main`")
    assert report["gone"] == [{"code": "CL001", "subject": "ops.queue.b"}]


def test_annotations_are_found_from_the_top_of_the_repository(project: Project) -> None:
    shown = FORMATS["github"](project, told(finding(), prefix="data/catalog/"))
    assert shown.startswith("::error file=data/catalog/d/queue.yml,line=12,")


def test_a_finding_on_a_whole_file_has_no_line(project: Project) -> None:
    whole = finding(location=Location("d/queue.yml"))
    assert FORMATS["text"](
        project,
        told(
            whole,
        ),
    ).startswith("d/queue.yml: error[CL001] ")
    assert FORMATS["github"](
        project,
        told(
            whole,
        ),
    ).startswith("::error file=d/queue.yml,title=CL001 ")


def test_a_message_of_several_lines_stays_one_paragraph(project: Project) -> None:
    shown = FORMATS["text"](
        project,
        told(
            finding("first\nd/other.yml:1:1: error[XX000] not one", None),
        ),
    )
    assert shown.splitlines()[1] == "    d/other.yml:1:1: error[XX000] not one"


def test_json_gives_every_key_and_the_coverage(project: Project) -> None:
    report = json.loads(
        FORMATS["json"](
            project,
            told(
                finding(NASTY),
            ),
        )
    )
    assert report["findings"] == [
        {
            "code": "CL001",
            "name": "column-without-description",
            "severity": "error",
            "subject": "ops.queue.a",
            "message": NASTY,
            "hint": "Write one",
            "path": "d/queue.yml",
            "line": 12,
            "column": 5,
        }
    ]
    assert report["summary"] == {"error": 1, "warning": 0, "info": 0}
    assert report["coverage"]["columns"] == {"described": 0, "total": 1}


def test_no_text_of_a_definition_can_give_a_workflow_command(project: Project) -> None:
    nasty = finding(NASTY, NASTY, Location(f"{NASTY}.yml", 1, 1))
    shown = FORMATS["github"](
        project,
        told(
            nasty,
        ),
    )
    assert len(shown.splitlines()) == 1
    properties, said = shown.removeprefix("::error ").split("::", 1)
    assert properties == (
        "file=100%25%0D%0A%3A%3Aerror file=x.py%3A%3Ainjected%2Ca%3Ab.yml,line=1,col=1,"
        "title=CL001 column-without-description"
    )
    assert "\r" not in said
    assert said.startswith("100%25%0D%0A::error")


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_each_severity_has_its_command(project: Project, severity: Severity, command: str) -> None:
    assert FORMATS["github"](
        project,
        told(
            finding(severity=severity),
        ),
    ).startswith(f"::{command} ")


def test_same_findings_give_the_same_bytes(project: Project) -> None:
    for write in FORMATS.values():
        assert write(project, told(finding())) == write(project, told(finding()))
