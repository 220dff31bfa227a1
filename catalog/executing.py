"""Examples of metrics, run: a few rows, the metric's own SQL, and the value that comes out.

The only user of DuckDB, which is imported when the first example is run: it is an extra
(`plumbline[examples]`), and what was run before is remembered.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .sql import GIVEN, ROW_NUMBER, Aggregation, DuckDbSql, Untranslated, for_duckdb

Scalar = str | int | float | bool | datetime.date | None

LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "threads": "1",
    "memory_limit": "256MB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "lock_configuration": "true",
}
"""Nothing that an expression says reaches a file or the network."""


class Ending(StrEnum):
    """How running an example ended: with a value, not at all, or because the rows do not fit the columns."""

    RAN = "ran"
    NOT_RUN = "not_run"
    MISFIT = "misfit"


@dataclass(frozen=True, slots=True)
class ExampleQuestion:
    """Rows over named and typed columns (type "" where unknown), and the SQL to run over them."""

    dialect: str
    aggregation: Aggregation
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Scalar, ...], ...]


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """What running gave. `counted` tells of each row whether it counts; `reason` why there is no value."""

    ending: Ending
    value: str | int | float | bool | None = None
    counted: tuple[bool, ...] = ()
    reason: str | None = None
    is_lasting: bool = True


def run_example(question: ExampleQuestion) -> ExampleOutcome:
    """The value of the expression over the rows, by DuckDB in memory. Never raises on content."""
    translated = for_duckdb(question.aggregation, dict(question.columns), dialect=question.dialect)
    if isinstance(translated, Untranslated):
        return ExampleOutcome(Ending.NOT_RUN, reason=translated.reason)
    try:
        import duckdb
    except ImportError:
        reason = "DuckDB is not installed; `pip install plumbline[examples]` brings it"
        return ExampleOutcome(Ending.NOT_RUN, reason=reason, is_lasting=False)
    try:
        value, counted = _run(translated, question)
    except duckdb.ConversionException as fault:
        return ExampleOutcome(Ending.MISFIT, reason=_first_line(fault))
    except duckdb.Error as fault:
        return ExampleOutcome(Ending.NOT_RUN, reason=_first_line(fault))
    if isinstance(value, float) and not math.isfinite(value):
        return ExampleOutcome(Ending.NOT_RUN, reason="it divides by zero")
    return ExampleOutcome(Ending.RAN, value, counted)


def _run(
    sql: DuckDbSql, question: ExampleQuestion
) -> tuple[str | int | float | bool | None, tuple[bool, ...]]:
    import duckdb

    typed = zip(question.columns, sql.types, strict=True)
    columns = ", ".join(f"{_quoted(name)} {duckdb_type}" for (name, _), duckdb_type in typed)
    places = ", ".join("?" for _ in range(len(question.columns) + 1))
    with duckdb.connect(config=LOCKED) as connection:
        connection.execute(f"CREATE TABLE {GIVEN} ({ROW_NUMBER} INTEGER, {columns})")
        for number, row in enumerate(question.rows):
            connection.execute(f"INSERT INTO {GIVEN} VALUES ({places})", (number, *row))  # noqa: S608 - only marks
        ((value,),) = connection.execute(sql.value).fetchall()
        counting = {number for (number,) in connection.execute(sql.counted).fetchall()}
    return _plain(value), tuple(number in counting for number in range(len(question.rows)))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _plain(value: object) -> str | int | float | bool | None:
    """A value that JSON has too."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return float(value) if isinstance(value, Decimal) else str(value)


def _first_line(fault: Exception) -> str:
    return str(fault).partition("\n")[0]
