"""All that was read, as it is written and with one thing per name."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .described import Described, Table
from .metrics import Metric
from .places import Location
from .things import KINDS, Enum, Job, Report, Team, Term


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something in a file that could not be read as a definition; a check reports it.

    `code` names the check that owns it (`FL001` …); `subject` is the thing or file concerned.
    """

    code: str
    subject: str
    message: str
    location: Location
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class SqlText:
    """One SQL text of the project.

    `table` is the table whose definition names it, None for a file that stands alone. `start`
    is the place of the text's first character, so that a line of the text has a place in a file; its column
    is below 1 where something was put before the first line. A text that has no lines of its own in a file
    starts at line 0. `home` are the database and schema in which names that state none are found first.
    """

    text: str
    start: Location
    dialect: str
    table: str | None = None
    home: tuple[str, ...] = ()

    @property
    def is_python(self) -> bool:
        """Whether the SQL stands in a Python file."""
        return self.start.file.lower().endswith(".py")

    def at(self, line: int, column: int = 1) -> Location:
        """The place in the file of a line and column of the text, both counted from 1."""
        if not self.start.line:
            return self.start
        if line <= 1:
            return Location(self.start.file, self.start.line, max(self.start.column + column - 1, 1))
        return Location(self.start.file, self.start.line + line - 1, self.start.column - 1 + column)


@dataclass(frozen=True, slots=True)
class Flow:
    """Lineage that another tool tells of, and that was not read from SQL.

    Without a `target`, the source was read and nothing was written. `columns` are pairs of a column of the
    source and one of the target. `via` says who tells of it. `count` is the number of runs in which it was
    seen, 0 where nobody counts, and `last` the day of the latest. `dialect` is that of the names, of the
    target's too unless that has its own.
    """

    source: str
    target: str
    via: str
    count: int = 0
    last: datetime.date | None = None
    columns: tuple[tuple[str, str], ...] = ()
    dialect: str = ""
    target_dialect: str = ""

    def joined(self, other: Flow) -> Flow:
        """This and another one of the same tables: runs added up, the later day, the columns of both."""
        days = [day for day in (self.last, other.last) if day]
        columns = tuple(sorted({*self.columns, *other.columns}))
        return replace(self, count=self.count + other.count, last=max(days, default=None), columns=columns)


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything as it is written: names may repeat, references may dangle."""

    tables: tuple[Table, ...] = ()
    metrics: tuple[Metric, ...] = ()
    reports: tuple[Report, ...] = ()
    jobs: tuple[Job, ...] = ()
    teams: tuple[Team, ...] = ()
    terms: tuple[Term, ...] = ()
    enums: tuple[Enum, ...] = ()
    sql: tuple[SqlText, ...] = ()
    flows: tuple[Flow, ...] = ()
    misfits: tuple[Misfit, ...] = ()

    def things(self) -> Iterator[Described]:
        """All things, kind by kind, in the order they were read."""
        for kind in KINDS:
            yield from getattr(self, kind)


@dataclass(frozen=True, slots=True)
class Catalog:
    """One thing per name. Table and column names are canonical; all mappings are sorted by name.

    `repeats` are the things whose name an earlier one had already taken.
    """

    tables: dict[str, Table]
    metrics: dict[str, Metric]
    reports: dict[str, Report]
    jobs: dict[str, Job]
    teams: dict[str, Team]
    terms: dict[str, Term]
    enums: dict[str, Enum]
    sql: tuple[SqlText, ...] = ()
    flows: tuple[Flow, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    repeats: tuple[Described, ...] = ()

    def things(self) -> Iterator[Described]:
        """All things, kind by kind, by name."""
        for kind in KINDS:
            yield from getattr(self, kind).values()
