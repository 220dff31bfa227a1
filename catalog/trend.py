"""How much was described, owned, certified and traced on past days: a small file beside the settings."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass

HISTORY_FILE = "coverage.csv"
"""Beside `plumbline.yml`; written by `plumbline coverage --record`, and meant for version control."""
HEADER = ("date", "figure", "covered", "total")


@dataclass(frozen=True, slots=True)
class Figure:
    """So many of so many. `name` tells of what: `columns described`."""

    name: str
    covered: int
    total: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means all; 100 where there is nothing to cover."""
        return self.covered * 100 // self.total if self.total else 100


@dataclass(frozen=True, slots=True)
class Recorded:
    """The figures of one day."""

    day: datetime.date
    figures: tuple[Figure, ...]


def with_day(history: Iterable[Recorded], new: Recorded) -> tuple[Recorded, ...]:
    """The history with the figures of one more day; a day that is told again is told anew."""
    others = [recorded for recorded in history if recorded.day != new.day]
    return tuple(sorted([*others, new], key=lambda recorded: recorded.day))


def history_text(history: Iterable[Recorded]) -> str:
    """The file: a line for each figure of each day, oldest first."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(HEADER)
    for recorded in history:
        for figure in recorded.figures:
            lines.writerow([recorded.day.isoformat(), figure.name, figure.covered, figure.total])
    return written.getvalue()
