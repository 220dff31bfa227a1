"""Fields of a model → the columns behind them: through its queries, and through DAX that uses each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ....model import Location, Origin
from ..queries import Expression, NotReadableError, Rows, Shared, parse, rows_of, unknown_rows
from ..reports import Gathering, Query, ShownField, dialect_of, plain_name, table_name
from .dax import names_in
from .model import Member, Model, ModelTable, Partition

GENERATED = ("LocalDateTable_", "DateTableTemplate_")
"""How tables begin that Power BI makes for itself."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A model that is being read: its report, and what is known of the rows of its tables so far."""

    found: Gathering
    report: str
    model: Model
    rows: dict[str, Rows] = field(default_factory=dict)

    def table(self, name: str) -> ModelTable | None:
        """A table of the model; case does not matter in DAX."""
        return next((each for each in self.model.tables if each.name.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Behind:
    """What a field rests on: columns, or why they are not known."""

    columns: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def fields_of(reading: Reading) -> list[ShownField]:
    """The columns and measures that the model shows; what could not be followed is noted."""
    for table in reading.model.tables:
        reading.rows[table.name] = _rows(reading, table)
    fields: list[ShownField] = []
    for table in reading.model.tables:
        for member in table.members:
            if not (table.is_hidden or member.is_hidden or table.name.startswith(GENERATED)):
                fields.append(_field(reading, table, member))
    return fields


def tables_of(reading: Reading) -> list[str]:
    """All tables of the warehouse and queries that the model reads, each once."""
    return list(dict.fromkeys(name for rows in reading.rows.values() for name in rows.tables))


def _field(reading: Reading, table: ModelTable, member: Member) -> ShownField:
    name = member.name if member.is_measure else f"{table.name}[{member.name}]"
    behind = _behind(reading, table, member, set())
    for reason in behind.reasons:
        reading.found.note(reading.report, reason, [name])
    return ShownField(name, behind.columns, member.expression or None, place=member.place)


def _behind(reading: Reading, table: ModelTable, member: Member, seen: set[tuple[str, str]]) -> Behind:
    """The columns behind a member, through all DAX."""
    if (table.name, member.name) in seen:
        return Behind()
    seen.add((table.name, member.name))
    if not member.expression:
        rows = reading.rows[table.name]
        columns = rows.column(member.source or member.name)
        return Behind(columns, () if columns else rows.reasons)
    columns_read: list[str] = []
    reasons: list[str] = []
    for of, name in names_in(member.expression):
        holder = reading.table(of) if of else table
        found = _member(reading, holder, name, is_alone=not of)
        if found is not None:
            behind = _behind(reading, *found, seen)
            columns_read += behind.columns
            reasons += behind.reasons
    return Behind(tuple(dict.fromkeys(columns_read)), tuple(dict.fromkeys(reasons)))


def _member(
    reading: Reading, table: ModelTable | None, name: str, *, is_alone: bool
) -> tuple[ModelTable, Member] | None:
    """A column or measure by its name; one named alone may be a measure of any table."""
    others = reading.model.tables if is_alone else ()
    for holder in (*((table,) if table else ()), *others):
        for member in holder.members:
            if member.name.lower() == name.lower() and (holder is table or member.is_measure):
                return holder, member
    return None


def _rows(reading: Reading, table: ModelTable) -> Rows:
    """The rows of a table of the model: of its first partition, since all have the same columns."""
    if not table.partitions:
        return Rows()
    partition = table.partitions[0]
    match partition.kind:
        case "m":
            return _queried(reading, table, partition)
        case "query":
            return _table(_native(reading, table, partition.place)(partition.text, ""))
        case "entity":
            name = table_name(*partition.text.split("."))
            return _table(name) if name else unknown_rows("the model does not say which table it is")
        case "calculated" | "calculationGroup":
            return Rows()
    return unknown_rows(f"a partition of the kind `{partition.kind}` is not followed")


def _queried(reading: Reading, table: ModelTable, partition: Partition) -> Rows:
    try:
        query = parse(partition.text)
    except NotReadableError as fault:
        return unknown_rows(f"in `{table.name}` {fault}")
    return rows_of(query, Shared(_shared(reading), _native(reading, table, partition.place)))


def _shared(reading: Reading) -> Mapping[str, Expression]:
    """The queries of the model that others use; one that is not understood is not known to them."""
    found: dict[str, Expression] = {}
    for name, text in reading.model.queries.items():
        try:
            found[name] = parse(text)
        except NotReadableError:
            continue
    return found


def _native(reading: Reading, table: ModelTable, place: Location) -> Callable[[str, str], str]:
    """What makes a table of SQL that a query of the model holds."""

    def add(sql: str, kind: str) -> str:
        name = f"powerbi.{plain_name(reading.report)}.{plain_name(table.name) or 'query'}"
        start = Location(place.file)  # The lines of SQL in M are not those of the file.
        title = f"{table.name} of {reading.report}"
        query = Query(name, sql, start, dialect_of(reading.found.asked, kind), title)
        origin = Origin(place.file, place.line, place.column, source=f"{reading.found.tool}, `{place.file}`")
        return reading.found.add_query(query, origin)

    return add


def _table(name: str) -> Rows:
    return Rows((name,), {}, (name,))
