"""What the readers of our reports ask of them, written anew as rules.

- SARIF: what 2.1.0 (OASIS) says of the parts that we write. Held once by hand against the published schema
  sarif-2.1.0-rtm.5: findings, what was left out, hostile texts, and nothing. Stricter: no key but ours.
- Code Quality: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
- JUnit: the elements and attributes of junit-10.xsd of the xUnit plugin of Jenkins.
- TAP: version 14 (https://testanything.org/tap-version-14-specification.html), its lines as patterns.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

TEXT = {"type": "string"}
RELATIVE_URI = r"^(?:[A-Za-z0-9._~/()-]|%[0-9A-F]{2})+$"
COUNT = {"type": "integer", "minimum": 1}


def record(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def several(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


def mapping(values: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values}


MESSAGE = record({"text": TEXT})
RULE = record(
    {"id": TEXT},
    {
        "name": TEXT,
        "shortDescription": record({"text": TEXT}, {"markdown": TEXT}),
        "help": record({"text": TEXT}, {"markdown": TEXT}),
    },
)
PLACE = record(
    {
        "artifactLocation": record(
            {"uri": {"type": "string", "pattern": r"^(?:[A-Za-z0-9._~/()-]|%[0-9A-F]{2})+$"}},
            {"uriBaseId": TEXT},
        )
    },
    {"region": record({"startLine": COUNT}, {"startColumn": COUNT})},
)
RESULT = record(
    {"message": MESSAGE},
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": -1},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "baselineState": {"enum": ["new", "unchanged", "updated", "absent"]},
        "locations": several(record({"physicalLocation": PLACE})),
        "partialFingerprints": mapping(TEXT),
    },
)
DRIVER = record({"name": TEXT}, {"semanticVersion": TEXT, "rules": several(RULE, uniqueItems=True)})
RUN = record(
    {"tool": record({"driver": DRIVER})},
    {
        "results": several(RESULT),
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "originalUriBaseIds": {
            "type": "object",
            "additionalProperties": record({}, {"description": MESSAGE}),
        },
    },
)
SARIF = record({"version": {"const": "2.1.0"}, "runs": several(RUN)}, {"$schema": {"type": "string"}})

GITLAB = several(
    record(
        {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": record(
                {"path": {"type": "string", "pattern": r"^(?!\./|/)"}, "lines": record({"begin": COUNT})}
            ),
        }
    ),
    uniqueItems=True,
)

JUNIT = {
    "testsuites": ({"name", "time", "tests", "failures", "disabled", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors", "time", "disabled", "skipped", "timestamp", "hostname", "id"},
        {"properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name", "assertions", "time", "classname", "status", "class", "file", "line"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": ({"message", "type"}, set()),
    "system-out": (set(), set()),
}
"""Element → the attributes it may have, and the elements that may stand in it."""

JUNIT_REQUIRED = {"testsuite": {"name", "tests"}, "testcase": {"name"}}

TAP = (
    r"TAP version 14",
    r"1\.\.\d+",
    r"(?:not )?ok \d+ - (?:[^#\\]|\\#|\\\\)+",
    r"  ---",
    r"  [a-z]+: (?:\"(?:[^\"\\]|\\.)*\"|\w+)",
    r"  \.\.\.",
)


def junit_faults(text: str) -> Iterator[str]:
    """Where a JUnit report is not as its readers want it."""
    root = ElementTree.fromstring(text)
    if root.tag not in ("testsuites", "testsuite"):
        yield f"the root is {root.tag}"
    for element in root.iter():
        attributes, inside = JUNIT[element.tag]
        yield from (f"{element.tag} has {name}" for name in set(element.attrib) - attributes)
        yield from (
            f"{element.tag} lacks {name}"
            for name in JUNIT_REQUIRED.get(element.tag, set()) - set(element.attrib)
        )
        yield from (f"{element.tag} holds {each.tag}" for each in element if each.tag not in inside)
    for suite in root.iter("testsuite"):
        if int(suite.attrib["tests"]) != len(suite.findall("testcase")):
            yield "the number of cases is wrong"
        if int(suite.attrib.get("failures", 0)) != len(suite.findall("testcase/failure")):
            yield "the number of failures is wrong"


def tap_faults(text: str) -> Iterator[str]:
    """Lines of a TAP stream that are none."""
    yield from (line for line in text.splitlines() if not any(re.fullmatch(each, line) for each in TAP))
