"""Findings in the formats of other programs: as these want them, and harmless whatever a definition says."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from markdown_it import MarkdownIt
from report_schemas import GITLAB, SARIF, junit_faults, tap_faults

from catalog import FORMATS, Before, Finding, Location, Outcome, Project, Severity, open_project
from catalog.report.as_markdown import LONGEST

HOSTILE = (
    "100% @admin <img src=x onerror=alert(1)> </details> [x](https://evil.example/) ![x](http://e.example/)"
    " https://evil.example www.evil.example a@evil.example | *b* __c__ #1 !2 GH-3 &4 ~5 `code` `<b>@c` `o\n"
    "::error file=x.py::injected\r\n::set-output name=token::stolen\n##[command]rm\n/approve\n"
    '<!-- plumbline check . -->\n]]> "q" \\ back {0} \x1b[31m \x00 \u202e turned \U0001f600# SKIP'
)

TOKENS = (
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    "glpat-abcdefghijklmnopqrst",
    "AKIAIOSFODNN7EXAMPLE",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    "xoxb-123456789012-abcdefghijklmnop",
    "hunter2hunter2",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("project")
    (folder / "definitions").mkdir()
    (folder / "definitions" / "queue.yml").write_text("tables:\n  - {name: ops.queue, description: Work.}\n")
    (folder / "plumbline.yml").write_text("name: Example\n")
    return open_project(folder)


def finding(message: str = "`a` is not there", **more: Any) -> Finding:
    values = {
        "code": "CL003",
        "name": "column-not-produced",
        "severity": Severity.ERROR,
        "subject": "ops.queue.a",
        "location": Location("d/queue.yml", 12, 5),
        "hint": "Did you mean `b`?",
    }
    return Finding(message=message, **{**values, **more})


WARNING = finding(severity=Severity.WARNING, code="CL004", name="column-not-documented", hint=None)
WHOLE_FILE = finding(
    location=Location("d/a b[1].yml"), code="FL001", name="file-not-read", subject="d/a b[1].yml"
)
NASTY = finding(HOSTILE, hint=HOSTILE, subject=HOSTILE, location=Location(f"d/{HOSTILE}.yml", 1, 1))
OUTCOMES = {
    "nothing": Outcome(()),
    "some": Outcome((finding(), WARNING, WHOLE_FILE, finding()), prefix="data/catalog/"),
    "known": Outcome((finding(),), (WARNING, finding()), (Before("TB001", "ops.a"),), "`origin/main`"),
    "hostile": Outcome((NASTY,), (NASTY,), (Before("TB001", HOSTILE),), f"`{HOSTILE}`"),
}

each_outcome = pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES)


@each_outcome
def test_sarif_is_as_the_standard_says(project: Project, outcome: Outcome) -> None:
    jsonschema.validate(json.loads(FORMATS["sarif"](project, outcome)), SARIF)


@each_outcome
def test_code_quality_is_as_gitlab_says(project: Project, outcome: Outcome) -> None:
    jsonschema.validate(json.loads(FORMATS["gitlab"](project, outcome)), GITLAB)


@each_outcome
def test_junit_is_as_jenkins_says(project: Project, outcome: Outcome) -> None:
    assert list(junit_faults(FORMATS["junit"](project, outcome))) == []


@each_outcome
def test_tap_is_as_version_14_says(project: Project, outcome: Outcome) -> None:
    assert list(tap_faults(FORMATS["tap"](project, outcome))) == []


def sarif(project: Project, name: str) -> dict[str, Any]:
    (run,) = json.loads(FORMATS["sarif"](project, OUTCOMES[name]))["runs"]
    return dict(run)


def test_sarif_names_rule_level_place_and_identity(project: Project) -> None:
    run = sarif(project, "some")
    first, warning, whole, again = run["results"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["CL003", "CL004", "FL001"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("CL003", 0, "error")
    assert (warning["level"], whole["ruleIndex"]) == ("warning", 2)
    assert first["message"]["text"] == "`a` is not there. Did you mean `b`?"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "data/catalog/d/queue.yml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 12, "startColumn": 5}
    assert whole["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("d/a%20b%5B1%5D.yml")
    assert first["partialFingerprints"] != again["partialFingerprints"]


def test_sarif_tells_new_from_known(project: Project) -> None:
    assert [each["baselineState"] for each in sarif(project, "known")["results"]] == [
        "new",
        "unchanged",
        "unchanged",
    ]
    assert "baselineState" not in sarif(project, "some")["results"][0]


def test_no_text_in_sarif_is_a_link(project: Project) -> None:
    text = sarif(project, "hostile")["results"][0]["message"]["text"]
    assert "\\[x\\](https" in text
    assert re.search(r"(?<!\\)[\[\]]", text) is None


def test_gitlab_gets_what_is_known_too_since_it_compares_itself(project: Project) -> None:
    issues = json.loads(FORMATS["gitlab"](project, OUTCOMES["known"]))
    assert [issue["severity"] for issue in issues] == ["major", "minor", "major"]
    assert len({issue["fingerprint"] for issue in issues}) == 3
    (issue, *_) = json.loads(FORMATS["gitlab"](project, OUTCOMES["some"]))
    assert issue["location"] == {"path": "data/catalog/d/queue.yml", "lines": {"begin": 12}}
    assert issue["check_name"] == "CL003 column-not-produced"


def test_fingerprints_do_not_move_with_lines_and_words(project: Project) -> None:
    moved = Outcome((finding("other words", location=Location("x/y.yml", 99, 1)),))
    before, after = (json.loads(FORMATS["gitlab"](project, each)) for each in (Outcome((finding(),)), moved))
    assert before[0]["fingerprint"] == after[0]["fingerprint"]


def test_junit_fails_errors_and_lets_warnings_pass(project: Project) -> None:
    root = ElementTree.fromstring(FORMATS["junit"](project, OUTCOMES["some"]))
    assert (root.attrib["tests"], root.attrib["failures"]) == ("4", "3")
    cases = root.findall("testsuite/testcase")
    assert [case.find("failure") is not None for case in cases] == [True, False, True, True]
    assert cases[0].find("failure").attrib == {"message": "`a` is not there", "type": "CL003"}  # type: ignore[union-attr]
    assert cases[1].find("system-out").text.startswith("warning: `a` is not there | ")  # type: ignore[union-attr]


def test_tap_fails_errors_and_lets_warnings_pass(project: Project) -> None:
    lines = FORMATS["tap"](project, OUTCOMES["some"]).splitlines()
    points = [line for line in lines if line.startswith(("ok", "not ok"))]
    assert lines[1] == "1..4"
    assert points[0] == "not ok 1 - CL003 ops.queue.a"
    assert points[1] == "ok 2 - CL004 ops.queue.a"
    assert FORMATS["tap"](project, OUTCOMES["nothing"]).splitlines()[-1] == "ok 1 - nothing found"


def markdown(project: Project, outcome: Outcome) -> str:
    return FORMATS["markdown"](project, outcome)


def test_comment_shows_errors_and_folds_the_rest(project: Project) -> None:
    assert markdown(project, OUTCOMES["some"]).splitlines()[:10] == [
        "<!-- plumbline check data/catalog -->",
        "### Plumbline: 3 errors, 1 warning",
        "",
        "- **CL003** `data/catalog/d/queue.yml:12` `a` is not there<br>Did you mean `b`?",
        "- **FL001** `data/catalog/d/a b[1].yml` `a` is not there<br>Did you mean `b`?",
        "- **CL003** `data/catalog/d/queue.yml:12` `a` is not there<br>Did you mean `b`?",
        "",
        "<details><summary>1 warning</summary>",
        "",
        "- **CL004** `data/catalog/d/queue.yml:12` `a` is not there",
    ]


def test_comment_says_when_there_is_nothing_new(project: Project) -> None:
    shown = markdown(project, Outcome((), (WARNING,), (), "`origin/main`"))
    assert "### Plumbline: nothing new\n" in shown
    assert "Known from `origin/main` and left out: 1 finding\n" in shown


@pytest.mark.parametrize("text", ["short", "é" * 3_000, HOSTILE])
def test_comment_is_never_too_long_and_says_what_is_missing(project: Project, text: str) -> None:
    findings = [finding(text, severity=severity) for severity in (Severity.ERROR, Severity.WARNING)]
    shown = markdown(project, Outcome(tuple(findings * 2_000)))
    assert len(shown.encode()) <= LONGEST
    assert re.search(
        r"^- [\d,]+ errors more; the whole report is in the artifact of the run$", shown, re.MULTILINE
    )
    assert shown.count("<details>") == shown.count("</details>") == 1


def test_nothing_in_a_comment_is_markup_mention_link_or_command(project: Project) -> None:
    shown = markdown(project, OUTCOMES["hostile"])
    rendered = MarkdownIt("gfm-like", {"html": True}).disable("linkify").render(shown)
    outside_code = re.sub(r"<code>.*?</code>", "", rendered, flags=re.DOTALL)
    tags = set(re.findall(r"</?([a-z0-9]+|!--)", outside_code))
    assert tags <= {"!--", "h3", "ul", "li", "p", "strong", "br", "sub", "details", "summary"}
    assert outside_code.count("<!--") == 1
    assert re.search(r"@\w|#\d|!\d|GH-\d|&amp;\d|~\d|https?:|www\.", outside_code) is None
    assert not any(line.lstrip().startswith(("::", "/", "##[")) for line in shown.splitlines())
    assert "details>" not in outside_code


@pytest.mark.parametrize("form", ["text", "github", "junit", "tap", "markdown", "json", "sarif", "gitlab"])
def test_no_line_of_any_format_is_a_command_to_a_build_log(project: Project, form: str) -> None:
    outcome = OUTCOMES["hostile"]
    outcome = Outcome(
        (finding(HOSTILE, location=Location("::error::a.yml")), *outcome.findings), against="`x`"
    )
    commands = [
        line for line in FORMATS[form](project, outcome).split("\n") if re.match(r"\s*::|.*##\[", line)
    ]
    if form == "github":
        assert len(commands) == len(outcome.findings)
        commands = [line for line in commands if not line.startswith("::error file=")]
    assert commands == []


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_carries_a_secret(project: Project, form: str) -> None:
    said = f"default is {' '.join(TOKENS[:-1])} postgres://me:{TOKENS[-1]}@host/db password={TOKENS[-1]}"
    key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"
    nasty = finding(f"{said} {key}", hint=said, subject=f"ops.{TOKENS[0]}")
    shown = FORMATS[form](project, Outcome((nasty,), (nasty,), (Before("TB001", said),), "`x`"))
    assert [token for token in (*TOKENS, "MIIEpAIBAAKCAQEA") if token in shown] == []
    assert "[hidden]" in shown.replace("\\", "")


@pytest.mark.parametrize("form", FORMATS)
@each_outcome
def test_every_format_ends_in_a_line_break_and_is_the_same_each_time(
    project: Project, form: str, outcome: Outcome
) -> None:
    shown = FORMATS[form](project, outcome)
    assert shown == "" or shown.endswith("\n")
    assert shown == FORMATS[form](project, outcome)
