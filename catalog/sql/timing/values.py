"""Questions about what places values in time, and the answers. Flat, printable, comparable."""

from __future__ import annotations

from dataclasses import dataclass

from ..conforming import ComputationQuestion


@dataclass(frozen=True, slots=True)
class TimingQuestion:
    """Outputs of a query, and the output that dates them.

    Of `query`, the texts and names are used; its `column` is not.
    """

    query: ComputationQuestion
    outputs: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True, order=True)
class DatedColumn:
    """A column that a value comes from ("": rows are counted), and the column of its table that dates it."""

    table: str
    column: str
    date: str


@dataclass(frozen=True, slots=True)
class Age:
    """A condition on how old a row is on the day of the run: at least so many minutes, or else at most."""

    minutes: int
    is_least: bool
    written: str
    line: int


@dataclass(frozen=True, slots=True)
class Timing:
    """What places an output in time.

    `dated` are sorted, and empty where that is not known, for that `reason`. `ages` are conditions that its
    rows meet, `period` what times are cut to (`day`, `week` …), `zone` the time zone they are cut in; both
    are "" where the SQL does not say. With `is_of_run`, rows are dated by the day of the run alone.
    """

    output: str
    dated: tuple[DatedColumn, ...] = ()
    ages: tuple[Age, ...] = ()
    period: str = ""
    zone: str = ""
    is_of_run: bool = False
    reason: str = ""

    @property
    def dates(self) -> frozenset[tuple[str, str]]:
        """The columns that date its rows, with their tables."""
        return frozenset((each.table, each.date) for each in self.dated)
