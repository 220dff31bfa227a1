"""Two periods of a metric → whether their values may be added, divided or compared."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..answers import Answer, Comparability, Doubt, Operation, answered
from ..durations import duration
from ..model import Additivity, Audience, Metric
from ..project import Project
from ..timing import MetricTime
from .metrics import issues_for

DAY = datetime.timedelta(days=1)

FORMS = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|W(?P<week>\d\d)|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?\Z"
)
"""`2026`, `2026-Q2`, `2026-05`, `2026-W07`, `2026-05-31`."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, from its first to its last."""

    name: str
    first: datetime.date
    last: datetime.date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def period_of(text: str) -> Period | None:
    """The period of that name: a year, quarter, month, ISO week or day; None if it is none."""
    match = FORMS.match(text.strip())
    if match is None:
        return None
    said = {name: int(number) for name, number in match.groupdict().items() if number}
    try:
        first, last = _ends(said)
    except ValueError:
        return None
    return Period(text.strip(), first, last)


def _ends(said: dict[str, int]) -> tuple[datetime.date, datetime.date]:
    year = said["year"]
    if "week" in said:
        first = datetime.date.fromisocalendar(year, said["week"], 1)
        return first, first + 6 * DAY
    if "day" in said:
        day = datetime.date(year, said["month"], said["day"])
        return day, day
    month, length = said.get("month", 1), 1 if "month" in said else 12
    if "quarter" in said:
        month, length = 3 * said["quarter"] - 2, 3
    first = datetime.date(year, month, 1)
    return first, _before(first, -length) - DAY


def full_periods(today: datetime.date) -> tuple[tuple[Period, Period], ...]:
    """The last two full months and the last two full quarters before a day, the earlier one first."""
    month = today.replace(day=1)
    quarter = month.replace(month=month.month - (month.month - 1) % 3)
    months = _month_named(_before(month, 2)), _month_named(_before(month, 1))
    return months, (_quarter_named(_before(quarter, 6)), _quarter_named(_before(quarter, 3)))


def _month_named(first: datetime.date) -> Period:
    return Period(f"{first.year}-{first.month:02}", first, _before(first, -1) - DAY)


def _quarter_named(first: datetime.date) -> Period:
    return Period(f"{first.year}-Q{(first.month + 2) // 3}", first, _before(first, -3) - DAY)


def _before(day: datetime.date, months: int) -> datetime.date:
    number = day.year * 12 + day.month - 1 - months
    return datetime.date(number // 12, number % 12 + 1, 1)


def compare_periods(
    project: Project,
    name: str,
    periods: tuple[Period, Period],
    today: datetime.date,
    audience: Audience = Audience.INTERNAL,
) -> Comparability:
    """Whether the values of a metric in two periods may be added, divided (growth) and compared.

    Args:
        project: The whole project.
        name: Name of a metric.
        periods: Two periods, in any order.
        today: The day on which it is asked: a value that is not final yet is a reason.
        audience: Who reads it: issues of the data that they may not know of are no reason.
    """
    metric = project.catalog.metrics[name]
    first, second = sorted(periods, key=lambda each: (each.first, each.last))
    asked = _Asked(metric, project.times.get(name, MetricTime()), first, second, today, audience)
    comparing = [*_standing(asked), *_lengths(asked)]
    return Comparability(
        first.name,
        second.name,
        (
            answered(Operation.ADD, [*_adding(asked), *_standing(asked)]),
            answered(Operation.DIVIDE, comparing),
            answered(Operation.COMPARE, comparing),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """Two periods of a metric, the earlier one first, and when and for whom it is asked."""

    metric: Metric
    time: MetricTime
    first: Period
    second: Period
    today: datetime.date
    audience: Audience


def _adding(asked: _Asked) -> Iterator[Doubt]:
    match asked.metric.additivity:
        case Additivity.NON_ADDITIVE:
            yield Answer.NO, "its values are never added: compute it anew over both periods"
        case Additivity.SEMI_ADDITIVE:
            yield Answer.NO, "it is a stock at a moment, and is never added over time"
        case None:
            yield Answer.UNKNOWN, "it is not said whether its values may be added up"
        case Additivity.ADDITIVE:
            pass
    if asked.second.first <= asked.first.last:
        yield Answer.NO, "the two periods have days in common"


def _standing(asked: _Asked) -> Iterator[Doubt]:
    """Whether both values are final, of one definition, and right."""
    yield from _changes(asked)
    yield from _finality(asked)
    effective = asked.metric.effective_from
    has_history = any(change.date <= asked.first.first for change in asked.metric.changes)
    if effective and asked.first.first < effective and not has_history:
        yield Answer.WITH_CARE, f"its definition is in force only since {effective}"
    for issue in issues_for(asked.metric, asked.audience):
        for period in (asked.first, asked.second):
            if issue.since <= period.last and (issue.until or datetime.date.max) >= period.first:
                yield Answer.WITH_CARE, f"in {period.name} there is a known issue: {issue.text.rstrip('.')}"


def _changes(asked: _Asked) -> Iterator[Doubt]:
    for change in asked.metric.changes:
        if change.value_changing and asked.first.first < change.date <= asked.second.last:
            yield Answer.NO, f"its definition changed on {change.date}: {change.text.rstrip('.')}"


def _finality(asked: _Asked) -> Iterator[Doubt]:
    length = duration(asked.metric.matures_after or "")
    for period in (asked.first, asked.second):
        if period.last >= asked.today:
            yield Answer.NO, f"{period.name} is not over"
        elif length and period.last + length >= asked.today:
            final = period.last + length + DAY
            yield Answer.NO, f"{period.name} is not final before {final}"


def _lengths(asked: _Asked) -> Iterator[Doubt]:
    is_sum = asked.metric.additivity is Additivity.ADDITIVE
    if is_sum and asked.first.days != asked.second.days:
        yield Answer.WITH_CARE, f"they have {asked.first.days} and {asked.second.days} days: compare by day"
    is_by_week = asked.time.period == "week"
    if is_by_week and any(each.first.weekday() or each.days % 7 for each in (asked.first, asked.second)):
        yield Answer.WITH_CARE, "it is by week, and weeks lie across the ends of these periods"
