"""Whether two metrics, or two periods of one, may be added, divided or compared: a table of truths."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from catalog.answers import Operation
from catalog.audience import publishable
from catalog.comparability import compare_metrics, compare_periods, full_periods, neighbours_of, period_of
from catalog.model import KINDS, Audience, Definitions
from catalog.project import Project, assemble
from catalog.settings import Settings

TODAY = datetime.date(2026, 11, 22)
CASES = {
    "name": "raw.case",
    "columns": [
        {"name": "opened_at", "type": "TIMESTAMP"},
        {"name": "decided_at", "type": "TIMESTAMP"},
        {"name": "minutes", "type": "FLOAT64"},
        {"name": "area", "type": "STRING"},
    ],
}
COUNT = {
    "source": "raw.case", "expression": "COUNT(area)", "time_anchor": "decided_at", "unit": "cases",
    "additivity": "additive", "timezone": "UTC", "population": "All cases", "audience": "partner",
}  # fmt: skip
SHARE = COUNT | {"unit": "percent", "additivity": "non_additive", "type": "ratio"}
MINUTES = COUNT | {"expression": "SUM(minutes)"}


def project(*metrics: dict[str, Any]) -> Project:
    """Metrics `a`, `b` and `c`, called A, B and C unless they say so."""
    written = [
        {"name": name, "label": name.upper(), **metric} for name, metric in zip("abc", metrics, strict=False)
    ]
    return assemble(
        Definitions(
            tables=(KINDS["tables"].model_validate(CASES),),  # type: ignore[arg-type]
            metrics=tuple(KINDS["metrics"].model_validate(each) for each in written),  # type: ignore[misc]
        ),
        Settings(dialect="bigquery"),
    )


def told(operation: Operation, one: dict[str, Any], other: dict[str, Any]) -> tuple[str, str]:
    found = compare_metrics(project(one, other), "a", "b").of(operation)
    return found.answer.value, found.reason


@pytest.mark.parametrize(
    ("operation", "change", "answer", "reason"),
    [
        ("add", {}, "with_care", "nothing is counted in both"),
        ("add", {"unit": "hours"}, "no", "one is in cases, the other in hours"),
        ("add", {"unit": None}, "unknown", "the unit of “B” is not said"),
        ("add", {"additivity": "non_additive"}, "no", "may never be added up"),
        ("add", {"additivity": None}, "unknown", "it is not said whether “B” may be added"),
        ("add", {"additivity": "semi_additive"}, "with_care", "at one and the same moment"),
        ("add", {"unit": "percent"}, "no", "shares are never added"),
        ("add", {"time_anchor": "opened_at"}, "no", "other events date them"),
        ("add", {"timezone": "Asia/Manila"}, "no", "their days begin at other hours (UTC and Asia/Manila)"),
        ("add", {"expression": "COUNT( area )"}, "no", "compute the same"),
        ("add", {"expression": "COUNT(area)", "filter": "area = 'x'"}, "no", "but for one thing"),
        ("divide", {}, "yes", ""),
        ("divide", {"unit": "minutes"}, "yes", ""),
        ("divide", {"unit": "percent"}, "no", "divide the counts behind it"),
        ("divide", {"type": "ratio"}, "no", "is a ratio already"),
        ("divide", {"statistic": "median"}, "no", "is a median"),
        ("divide", {"time_anchor": "opened_at"}, "no", "other events date them"),
        ("divide", {"time_anchor": None}, "unknown", "what dates “B” is not said"),
        ("divide", {"additivity": "semi_additive"}, "with_care", "a stock at a moment"),
        ("divide", {"population": "Cases of children"}, "with_care", "“All cases” is a part of “Cases of"),
        ("divide", {"matures_after": "P28D"}, "with_care", "only once “B” is final too"),
        ("compare", {}, "yes", ""),
        ("compare", {"unit": "hours"}, "no", "one is in cases, the other in hours"),
        ("compare", {"time_anchor": "opened_at"}, "with_care", "other events date them"),
        ("compare", {"matures_after": "P28D"}, "with_care", "only once “B” is final too"),
        ("compare", {"population": "Cases of children"}, "with_care", "of different populations"),
        ("compare", {"statistic": "median"}, "with_care", "one is a mean or sum, the other a median"),
        ("compare", {"direction": "lower_is_better"}, "with_care", "worse for the other"),
        ("compare", {"related_metrics": [{"name": "a", "relation": "differs_from"}]}, "with_care", "not the"),
        ("compare", {"known_issues": [{"since": "2026-10-01", "text": "Odd."}]}, "with_care", "known fault"),
    ],
)
def test_what_tells_two_metrics_apart_is_the_reason(
    operation: str, change: dict[str, Any], answer: str, reason: str
) -> None:
    both = {"matures_after": "P1D", "direction": "higher_is_better"}
    found = told(Operation(operation), COUNT | both, MINUTES | both | change)
    assert found[0] == answer
    assert reason in found[1]


def test_shares_of_a_hundred_and_of_one_need_one_scale() -> None:
    answer, reason = told(Operation.COMPARE, SHARE, SHARE | {"unit": "share from 0 to 1"})
    assert (answer, reason) == (
        "with_care",
        "one is in percent, the other in share from 0 to 1: bring both to one scale first",
    )


LEFT = {"date": "2026-07-10", "text": "Spam left.", "value_changing": True}
LOST = {"since": "2026-08-09", "until": "2026-08-10", "text": "Lost."}


@pytest.mark.parametrize(
    ("operation", "change", "periods", "answer", "reason"),
    [
        ("add", {}, "2026-08 2026-07", "yes", ""),
        ("add", {"additivity": "semi_additive"}, "2026-07 2026-08", "no", "never added over time"),
        ("add", {"additivity": "non_additive"}, "2026-07 2026-08", "no", "compute it anew"),
        ("add", {}, "2026-07 2026-Q3", "no", "days in common"),
        ("compare", {}, "2026-07 2026-08", "yes", ""),
        ("compare", {}, "2026-06 2026-07", "with_care", "they have 30 and 31 days"),
        ("compare", {"additivity": "non_additive"}, "2026-06 2026-07", "yes", ""),
        ("compare", {}, "2026-W06 2026-W07", "yes", ""),
        ("compare", {}, "2026-10 2026-11", "no", "2026-11 is not over"),
        ("compare", {"matures_after": "P28D"}, "2026-W44 2026-W45", "no", "2026-W44 is not final before"),
        ("divide", {"changes": [LEFT]}, "2026-07 2026-08", "no", "changed on 2026-07-10: Spam left"),
        ("compare", {"changes": [LEFT | {"value_changing": False}]}, "2026-07 2026-08", "yes", ""),
        ("compare", {"changes": [LEFT]}, "2026-08 2026-10", "yes", ""),
        ("compare", {"known_issues": [LOST]}, "2026-07 2026-08", "with_care", "known issue: Lost"),
        ("compare", {"effective_from": "2026-07-10"}, "2026-07 2026-08", "with_care", "in force only"),
    ],
)
def test_what_lies_between_two_periods_is_the_reason(
    operation: str, change: dict[str, Any], periods: str, answer: str, reason: str
) -> None:
    one, other = map(period_of, periods.split())
    assert one is not None
    assert other is not None
    found = compare_periods(project(COUNT | change), "a", (one, other), TODAY).of(Operation(operation))
    assert found.answer.value == answer
    assert reason in found.reason


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "26", "2026-02-30", "2026-W60", "May 2026"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert period_of(text) is None


def test_the_last_full_periods_end_before_the_day() -> None:
    named = [(one.name, other.name) for one, other in full_periods(datetime.date(2026, 1, 31))]
    assert named == [("2025-11", "2025-12"), ("2025-Q3", "2025-Q4")]


def test_related_metrics_come_before_those_of_the_topic() -> None:
    found = project(
        COUNT | {"domain": "x"},
        COUNT | {"domain": "x"},
        COUNT | {"domain": "y", "related_metrics": [{"name": "a"}]},
    )
    assert neighbours_of(found, "a") == ("c", "b")


def test_partners_get_reasons_without_issues_that_are_not_theirs() -> None:
    issue = {"since": "2026-10-01", "text": "Lost.", "audience": "internal"}
    other = COUNT | {"domain": "x", "filter": "area = 'x'", "known_issues": [issue]}
    found = project(COUNT | {"domain": "x"}, other)
    (cut,) = publishable(found, Audience.PARTNER).comparable["a"]
    assert cut.of(Operation.ADD).reason.startswith("the two count the same but for one thing")
    assert cut.of(Operation.COMPARE).reason == ""
    assert "known fault" in compare_metrics(found, "a", "b").of(Operation.COMPARE).reason
