"""Every text of tests/cases/lineage is traced as its comments expect."""

from __future__ import annotations

from pathlib import Path

import pytest
from lineage_cases import CASES, described, in_order, read_case, trace_case

PATHS = sorted(CASES.rglob("*.sql"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(CASES).with_suffix("")))
def test_lineage_is_what_the_case_expects(path: Path) -> None:
    case = read_case(path)
    assert case.expected, "a case says what it expects"
    statements = trace_case(case)
    found = [
        in_order(described(statement, case.expected[index] if index < len(case.expected) else []))
        for index, statement in enumerate(statements)
    ]
    assert found == [in_order(lines) for lines in case.expected]


def test_there_are_cases() -> None:
    assert len(PATHS) >= 60
