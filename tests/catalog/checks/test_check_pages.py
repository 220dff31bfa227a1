"""The page of each check is its test: *Bad* brings this finding and no other, *Good* brings none."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog import (
    CHECKS,
    CatalogError,
    Check,
    Ruler,
    Terms,
    Versions,
    compare_versions,
    explain,
    judge,
    open_project,
)
from catalog.checks import FAMILIES, family_of

TODAY = datetime.date(2026, 11, 20)

SETTINGS = "name: Example\n"
TEAM = "teams:\n  - name: ops\n    label: Operations\n"
"""What every example takes for granted: settings, and the team `ops`."""

FENCE = re.compile(
    r"^```(?P<language>yaml|sql|json|text)(?: (?P<path>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


def section(check: Check, heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", check.documentation, re.MULTILINE | re.DOTALL)
    assert found, f"{check.code} has no section {heading}"
    return found[1]


def files(text: str) -> Iterator[tuple[str, str]]:
    for found in FENCE.finditer(text):
        yield (
            found["path"] or f"definitions/example.{'yml' if found['language'] == 'yaml' else 'sql'}",
            found["text"],
        )


def findings(check: Check, heading: str, folder: Path) -> list[str]:
    write(check, heading, folder)
    found = [finding.code for finding in judge(folder, Ruler(CHECKS, TODAY), Terms()).outcome.findings]
    if "## Before" in check.documentation:
        write(check, "Before", folder / "before")
        versions = Versions(open_project(folder / "before"), open_project(folder))
        found += [finding.code for finding in compare_versions(versions).findings]
    return found


def write(check: Check, heading: str, folder: Path) -> None:
    written = {
        "plumbline.yml": SETTINGS,
        "definitions/teams.yml": TEAM,
        **dict(files(section(check, heading))),
    }
    for path, text in written.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def also_reported(check: Check) -> list[str]:
    found = re.search(r"^Also reports: (.*)$", check.documentation, re.MULTILINE)
    return found[1].split(", ") if found else []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_the_bad_example_brings_this_finding_alone(check: Check, tmp_path: Path) -> None:
    assert sorted(findings(check, "Bad", tmp_path)) == sorted([check.code, *also_reported(check)])


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_the_good_example_brings_none(check: Check, tmp_path: Path) -> None:
    assert findings(check, "Good", tmp_path) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_page_says_what_and_why(check: Check) -> None:
    assert check.summary.endswith(".")
    assert section(check, "Why").strip()
    assert check.find.__name__ == check.name.replace("-", "_")


def test_codes_are_unique_and_in_order() -> None:
    codes = [check.code for check in CHECKS]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"[A-Z]{2}\d{3}", code) for code in codes)


def test_each_check_is_of_a_family() -> None:
    assert {family_of(check) for check in CHECKS} == set(FAMILIES.values())


def test_explain_finds_a_check_by_code_and_by_name() -> None:
    assert explain("tb002") == explain("table-without-owner")
    assert explain("TB002").startswith("# TB002 table-without-owner (warning)\n\nA table names nobody")


def test_explain_guesses_at_a_misspelt_check() -> None:
    with pytest.raises(CatalogError) as raised:
        explain("table-without-ownr")
    assert raised.value.hint == "Did you mean `table-without-owner`?"
