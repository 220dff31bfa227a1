"""Examples of a metric as its page shows them: rows in, which of them count, and the value."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog import RunExample, Scalar
from generator.words import date_words


@dataclass(frozen=True, slots=True)
class ShownExample:
    """An example in words. Each row is its cells and whether it counts.

    `is_right` is None, and every row counts, where it was not run, for that reason.
    """

    title: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], bool], ...]
    value: str
    actual: str
    note: str | None
    is_right: bool | None
    reason: str | None

    @property
    def was_run(self) -> bool:
        """Is it known which rows count?"""
        return self.is_right is not None


def shown_examples(
    examples: Iterable[RunExample], unit: str | None, *, is_percent: bool
) -> list[ShownExample]:
    """The examples of a metric as its page shows them. In the SQL, a percentage is a share of 1."""
    return [
        ShownExample(
            example.title,
            example.columns,
            tuple(_rows(example)),
            _value(example.expected, unit, is_percent=is_percent),
            _value(example.outcome.value, unit, is_percent=is_percent),
            example.note,
            example.is_right,
            example.outcome.reason,
        )
        for example in examples
    ]


def _rows(example: RunExample) -> Iterator[tuple[tuple[str, ...], bool]]:
    for number, row in enumerate(example.rows):
        counts = not example.outcome.counted or example.outcome.counted[number]
        yield tuple(map(_cell, row)), counts


def _cell(value: Scalar) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return date_words(value)
    return f"{value:,}" if isinstance(value, int | float) else value


def _value(value: Scalar, unit: str | None, *, is_percent: bool) -> str:
    """A value with its unit."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _cell(value)
    if is_percent:
        return f"{round(value * 100, 6):,.6g} %"
    return f"{_cell(value)} {unit}" if unit else _cell(value)
