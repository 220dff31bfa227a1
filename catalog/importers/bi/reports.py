"""What every BI tool's files become: reports with fields, and a table for each query that a file holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from ...model import Definitions, Location, Misfit, Origin, Report, SqlText, Table
from ...reading.yaml_values import ORIGIN_KEY
from ..asked import Asked
from ..building import LEFT_OUT, built, listed

LONGEST_NAME = 300
LONGEST_EXPRESSION = 4_000
"""Characters of a formula that pages show."""

MOST_REASONS = 5
NOT_FOLLOWED = "Write these fields by hand under `reports:`, or accept it in `waivers:`"

DIALECTS = {
    "sqlserver": "tsql", "azure_sqldb": "tsql", "azure_sql_dw": "tsql", "fabric": "tsql", "synapse": "tsql",
    "bigquery": "bigquery", "snowflake": "snowflake", "postgres": "postgres", "greenplum": "postgres",
    "redshift": "redshift", "mysql": "mysql", "oracle": "oracle", "databricks": "databricks",
    "spark": "spark", "sparksql": "spark", "athena": "athena", "presto": "presto", "trino": "trino",
    "teradata": "teradata", "vertica": "postgres", "exasolution": "exasol", "hive": "hive",
    "hadoophive": "hive", "clickhouse": "clickhouse", "duckdb": "duckdb", "sqlite": "sqlite",
}  # fmt: skip
"""What tools call a kind of database → SQL dialect."""


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a report. `columns` are `table.column`; one with an expression computes it of them."""

    name: str
    columns: tuple[str, ...] = ()
    expression: str | None = None
    description: str | None = None
    place: Location | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """SQL that a file holds, and the name it goes by as a table."""

    name: str
    text: str
    start: Location
    dialect: str
    title: str


@dataclass(slots=True)
class Gathering:
    """Reports on their way. `unseen` is what could not be followed: report → reason → names of fields."""

    asked: Asked
    tool: str
    reports: list[Report] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    texts: list[SqlText] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    unseen: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def add(self, values: dict[str, Any], fields: Iterable[ShownField], origin: Origin) -> None:
        """A report with its fields, each under a name of its own."""
        shown = [_field(each, origin) for each in _told_apart(fields)]
        report = built(Report, {**values, "tool": self.tool, "fields": shown}, origin, self.misfits)
        self.reports += [report] if report else []

    def add_query(self, query: Query, origin: Origin) -> str:
        """A query as a table; the name that it has got. The same SQL of one file is one table."""
        for text in self.texts:
            if (text.text, text.dialect, text.start.file) == (query.text, query.dialect, query.start.file):
                return text.table or query.name
        taken = {table.name for table in self.tables}
        name = next(each for each in _numbered(query.name) if each not in taken)
        settings = self.asked.settings
        values = {
            "name": name,
            "label": query.title[:80],
            "description": f"Query kept in `{origin.file}`, which reads it like a table.",
            "kind": "query",
            "dialect": query.dialect if query.dialect != settings.dialect else None,
        }
        table = built(Table, values, origin, self.misfits)
        if table is not None:
            self.tables.append(table)
            self.texts.append(SqlText(query.text, query.start, query.dialect, table.name))
        return name

    def note(self, report: str, reason: str, names: Iterable[str] = ()) -> None:
        """What of a report could not be followed, and why."""
        self.unseen.setdefault(report, {}).setdefault(reason, []).extend(names)

    def definitions(self) -> Definitions:
        """All that was gathered; of each report one finding about all that could not be followed."""
        places = {report.name: report.at() for report in self.reports}
        unseen = [
            Misfit(LEFT_OUT, f"report:{name}", _not_followed(name, reasons), places[name], NOT_FOLLOWED)
            for name, reasons in self.unseen.items()
            if name in places
        ]
        return Definitions(
            reports=tuple(self.reports),
            tables=tuple(self.tables),
            sql=tuple(self.texts),
            misfits=(*self.misfits, *unseen),
        )


def _not_followed(report: str, reasons: dict[str, list[str]]) -> str:
    told = [
        f"{reason} ({listed(dict.fromkeys(names))})" if names else reason for reason, names in reasons.items()
    ]
    more = f"; and {len(told) - MOST_REASONS} more" if len(told) > MOST_REASONS else ""
    return f"not all of `{report}` can be followed to columns: {'; '.join(told[:MOST_REASONS])}{more}"


def report_names(files: Iterable[str], folder: str) -> dict[str, str]:
    """File → name of its report: its way below the folder of the source, with the suffix for a second one."""
    found: dict[str, str] = {}
    for file in files:
        path = PurePosixPath(file)
        is_below = path.is_relative_to(folder) and file != folder
        below = path.relative_to(folder) if is_below else PurePosixPath(path.name)
        parts = [_dashed(part) for part in (*below.parts[:-1], below.stem)]
        name = ".".join(filter(None, parts)) or "report"
        if name in found.values():
            name = f"{name}_{plain_name(path.suffix)}"
        found[file] = name
    return found


def _dashed(part: str) -> str:
    """A part of a path as part of a name; its dashes stay, as people write them in names of reports."""
    return re.sub(r"[^\w-]+", "_", part).strip("_-").lower()


def plain_name(text: str) -> str:
    """A text as a name that SQL and addresses take: `Sales by week` is `sales_by_week`."""
    return re.sub(r"\W+", "_", text).strip("_").lower()


def table_name(*parts: str) -> str | None:
    """A table as SQL names it; None where a part is missing or has a dot, which no name here can have."""
    named = [part.strip() for part in parts if part.strip()]
    return ".".join(named) if named and not any("." in part for part in named) else None


def dialect_of(asked: Asked, kind: str) -> str:
    """The SQL dialect of a database that a tool calls so."""
    return asked.source.dialect or DIALECTS.get(kind.lower()) or asked.settings.dialect


def _field(shown: ShownField, origin: Origin) -> dict[str, Any]:
    place = shown.place or origin.at()
    values: dict[str, Any] = {
        "name": shown.name[:LONGEST_NAME],
        ORIGIN_KEY: Origin(place.file, place.line, place.column, source=origin.source),
    }
    columns = [each for each in dict.fromkeys(shown.columns) if len(each) <= LONGEST_NAME]
    if shown.expression is None and len(columns) == 1:
        return {**values, "column": columns[0]}
    expression = (shown.expression or "").strip()
    return {**values, "columns": columns, "expression": expression[:LONGEST_EXPRESSION] or None}


def _told_apart(fields: Iterable[ShownField]) -> Iterator[ShownField]:
    """Fields without blank names; what is told twice in one way is told once."""
    seen: set[tuple[str, tuple[str, ...], str | None]] = set()
    for each in fields:
        key = (each.name, each.columns, each.expression)
        if each.name.strip() and key not in seen:
            seen.add(key)
            yield each


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1
