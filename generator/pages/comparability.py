"""What a metric may be added to, divided by and compared with, as its page shows it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog import (
    Answer,
    Answered,
    Comparability,
    Metric,
    Operation,
    compare_metrics,
    compare_periods,
    full_periods,
    neighbours_of,
)
from generator.site import Site
from generator.words import date_words, month_words

DAYS = re.compile(r"\b(\d{4}-\d\d-\d\d)\b")
MONTHS = re.compile(r"\b(\d{4}-\d\d)\b(?!-)")
QUARTERS = re.compile(r"\b(\d{4})-Q([1-4])\b")

SAID = {
    (Operation.ADD, Answer.YES): "May be added",
    (Operation.ADD, Answer.WITH_CARE): "Add with care",
    (Operation.ADD, Answer.UNKNOWN): "Adding: not known",
    (Operation.ADD, Answer.NO): "Do not add",
    (Operation.DIVIDE, Answer.YES): "May be divided",
    (Operation.DIVIDE, Answer.WITH_CARE): "Divide with care",
    (Operation.DIVIDE, Answer.UNKNOWN): "Dividing: not known",
    (Operation.DIVIDE, Answer.NO): "Do not divide",
    (Operation.COMPARE, Answer.YES): "May be compared",
    (Operation.COMPARE, Answer.WITH_CARE): "Compare with care",
    (Operation.COMPARE, Answer.UNKNOWN): "Comparing: not known",
    (Operation.COMPARE, Answer.NO): "Do not compare",
}

SAID_OF_GROWTH = {
    (Operation.DIVIDE, Answer.YES): "Growth may be told",
    (Operation.DIVIDE, Answer.WITH_CARE): "Growth with care",
    (Operation.DIVIDE, Answer.UNKNOWN): "Growth: not known",
    (Operation.DIVIDE, Answer.NO): "No growth",
}

HEADS = {Operation.ADD: "Added", Operation.DIVIDE: "Divided", Operation.COMPARE: "Compared"}

LOOKS = {
    Answer.YES: ("good", "check"),
    Answer.WITH_CARE: ("warn", "alert"),
    Answer.UNKNOWN: ("none", "alert"),
    Answer.NO: ("bad", "stop"),
}


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer as a mark, and its reason as a sentence; `head` stands above its column."""

    head: str
    said: str
    tone: str
    icon: str
    reason: str
    is_never: bool = False


@dataclass(frozen=True, slots=True)
class ShownComparison:
    """What may be done with a metric and another, or with two periods."""

    other: str
    answers: tuple[ShownAnswer, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """Comparisons with the answers that differ among them; those that are the same for all stand apart.

    `never` are those of which nothing in the table is right.
    """

    for_all: tuple[ShownAnswer, ...]
    rows: tuple[ShownComparison, ...]
    never: tuple[ShownComparison, ...] = ()


def shown_neighbours(metric: Metric, site: Site) -> ShownTable:
    """The metric with those around it. What partners may read of it was worked out before the cut."""
    project = site.project
    found = (
        project.comparable.get(metric.name, ())
        if site.is_for_partners
        else [compare_metrics(project, metric.name, other) for other in neighbours_of(project, metric.name)]
    )
    table = _table(found, SAID, HEADS)
    never = tuple(row for row in table.rows if all(answer.is_never for answer in row.answers))
    return ShownTable(table.for_all, tuple(row for row in table.rows if row not in never), never)


def shown_periods(metric: Metric, site: Site) -> ShownTable:
    """The last full months and quarters of the metric with those before them."""
    found = [
        compare_periods(site.project, metric.name, periods, site.today)
        for periods in full_periods(site.today)
    ]
    return _table(found, SAID | SAID_OF_GROWTH, HEADS | {Operation.DIVIDE: "Growth"})


def _table(
    comparisons: Sequence[Comparability],
    said: Mapping[tuple[Operation, Answer], str],
    heads: Mapping[Operation, str],
) -> ShownTable:
    """Comparisons of which each operation that has one answer for all is told once."""
    is_uniform = {
        operation: len(comparisons) > 1 and len({each.of(operation) for each in comparisons}) == 1
        for operation in Operation
    }

    def shown(comparison: Comparability, *, uniform: bool) -> tuple[ShownAnswer, ...]:
        answers = (each for each in comparison.answers if is_uniform[each.operation] is uniform)
        return tuple(
            _shown(each, heads[each.operation], said[each.operation, each.answer]) for each in answers
        )

    return ShownTable(
        tuple(answer for each in comparisons[:1] for answer in shown(each, uniform=True)),
        tuple(ShownComparison(_name(each), shown(each, uniform=False)) for each in comparisons),
    )


def _name(comparison: Comparability) -> str:
    """The other metric; two periods in words."""
    is_period = bool(re.match(r"\d{4}", comparison.one))
    if not is_period:
        return comparison.other
    told = spoken(f"{comparison.one} and {comparison.other}")
    return told[:1].upper() + told[1:]


def _shown(answer: Answered, head: str, said: str) -> ShownAnswer:
    tone, icon = LOOKS[answer.answer]
    reason = spoken(answer.reason)
    return ShownAnswer(
        head, said, tone, icon, reason[:1].upper() + reason[1:], is_never=answer.answer is Answer.NO
    )


def spoken(text: str) -> str:
    """A sentence with its days, months and quarters in words."""
    text = DAYS.sub(lambda match: date_words(datetime.date.fromisoformat(match[1])), text)
    text = MONTHS.sub(lambda match: month_words(datetime.date.fromisoformat(f"{match[1]}-01")), text)
    return QUARTERS.sub(r"quarter \2 of \1", text)
