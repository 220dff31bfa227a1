import datetime
from pathlib import Path

import pytest

from catalog import CHECKS, open_project, run_checks

TODAY = datetime.date(2026, 11, 20)
TABLE = "tables:\n  - name: ops.queue\n    owner: ops\nteams:\n  - name: ops\n"
WAIVER = """
name: Example
waivers:
  - {{check: TB003, subject: {subject}, reason: The text is being written., until: {until}}}
"""


def found(folder: Path, settings: str) -> list[tuple[str, int]]:
    (folder / "definitions").mkdir()
    (folder / "definitions" / "queue.yml").write_text(TABLE)
    (folder / "plumbline.yml").write_text(settings)
    findings = run_checks(open_project(folder), CHECKS, today=TODAY)
    return [(finding.code, finding.location.line) for finding in findings]


def test_a_waived_finding_is_left_out_to_the_end_of_its_last_day(tmp_path: Path) -> None:
    assert found(tmp_path, WAIVER.format(subject="ops.queue", until="2026-11-20")) == []


def test_the_day_after_the_finding_is_back_and_the_waiver_is_one_too(tmp_path: Path) -> None:
    settings = WAIVER.format(subject="ops.queue", until="2026-11-19")
    assert found(tmp_path, settings) == [("TB003", 2), ("GV002", 4)]


def test_a_waiver_for_something_else_waives_nothing(tmp_path: Path) -> None:
    settings = WAIVER.format(subject="ops.queues", until="2099-12-31")
    assert found(tmp_path, settings) == [("TB003", 2), ("GV001", 4)]


@pytest.mark.parametrize("code", ["TB003", "GV001"])
def test_a_check_that_is_switched_off_finds_nothing(tmp_path: Path, code: str) -> None:
    settings = WAIVER.format(subject="ops.queues", until="2099-12-31") + f"severity: {{{code}: 'off'}}\n"
    assert code not in {each for each, _ in found(tmp_path, settings)}
