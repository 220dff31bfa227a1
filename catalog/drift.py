"""What a warehouse holds, held against the catalog: what is in one of them only, and what differs. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from .model import Column, Location, Table, TableKind
from .project import Project
from .sql import GapReason, is_same_stored_type
from .sql.shards import SHARD, sharded
from .suggest import did_you_mean, nearest
from .warehouse.values import Parts, SeenColumn, SeenTable, Snapshot, written_name

ELSEWHERE = frozenset({TableKind.SHEET, TableKind.FILE})
"""Kinds of table that no warehouse lists."""


UNSURE = frozenset({GapReason.SYNTAX, GapReason.UNSUPPORTED, GapReason.DYNAMIC_SQL, GapReason.UNKNOWN_STAR})
"""Reasons for which SQL may make columns that nobody saw."""


class DriftKind(StrEnum):
    """How catalog and warehouse differ."""

    UNDOCUMENTED_TABLE = "undocumented_table"
    MISSING_TABLE = "missing_table"
    UNDOCUMENTED_COLUMN = "undocumented_column"
    MISSING_COLUMN = "missing_column"
    OTHER_TYPE = "other_type"
    OTHER_KIND = "other_kind"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `documented` and `stored` are the two types or kinds, where it is about those.

    `location` is that of the definition; None where there is none.
    """

    kind: DriftKind
    table: str
    column: str = ""
    documented: str | None = None
    stored: str | None = None
    location: Location | None = None
    hint: str | None = None

    @property
    def message(self) -> str:
        """The difference in a sentence."""
        name = f"`{self.table}.{self.column}`" if self.column else f"`{self.table}`"
        return {
            DriftKind.UNDOCUMENTED_TABLE: f"{name} is in the warehouse, but not in the catalog",
            DriftKind.MISSING_TABLE: f"{name} is in the catalog, but not in the warehouse",
            DriftKind.UNDOCUMENTED_COLUMN: f"{name} is in the warehouse, but not in the catalog",
            DriftKind.MISSING_COLUMN: f"{name} is in the catalog, but not in the warehouse",
            DriftKind.OTHER_TYPE: f"{name} is `{self.documented}` here, but `{self.stored}` in the warehouse",
            DriftKind.OTHER_KIND: f"{name} is a {self.documented} here, but a {self.stored} in the warehouse",
        }[self.kind]


@dataclass(frozen=True, slots=True)
class Drift:
    """All differences, by table. `compared` tables are in both.

    `elsewhere` counts those of the catalog that cannot be in what was read: of other schemas or dialects.
    """

    differences: tuple[Difference, ...]
    compared: int
    elsewhere: int
    ignored: int


def drift_from(project: Project, snapshot: Snapshot) -> Drift:
    """How the warehouse differs from what the catalog says of it."""
    patterns = project.settings.warehouse.ignore
    stored, documented = _stored(project, snapshot), _documented(project, snapshot)
    ignored = {name for name in (*stored, *documented) if any(fnmatchcase(name, each) for each in patterns)}
    readable = {name: documented[name] for name in _readable(documented, project, snapshot)}
    found: list[Difference] = []
    for name in sorted({*stored, *readable} - ignored):
        seen, table = stored.get(name), documented.get(name)
        if table is None:
            found.append(Difference(DriftKind.UNDOCUMENTED_TABLE, name))
        elif seen is None:
            found.append(_missing(table, stored.keys() - documented.keys()))
        else:
            found += _differences(project, snapshot, table, seen)
    compared = len(stored.keys() & documented.keys() - ignored)
    elsewhere = len(documented.keys() - readable.keys() - stored.keys() - ignored)
    return Drift(tuple(found), compared, elsewhere, len(ignored))


def _stored(project: Project, snapshot: Snapshot) -> dict[str, SeenTable]:
    """The tables of the warehouse by canonical name; pieces of one for each day are one."""
    documented = project.catalog.tables
    found = {_canonical(table.parts, project, snapshot): table for table in snapshot.tables}
    if snapshot.dialect != "bigquery":
        return found
    starts = Counter(shard["start"] for name in found if (shard := SHARD.fullmatch(name)))
    stored: dict[str, SeenTable] = {}
    for name, table in found.items():
        whole, shard = sharded(name, documented), SHARD.fullmatch(name)
        if whole == name and name not in documented and shard and starts[shard["start"]] > 1:
            whole = f"{shard['start']}*"
        stored[whole] = table
    return stored


def _canonical(parts: Parts, project: Project, snapshot: Snapshot) -> str:
    naming = project.settings.naming.of(snapshot.dialect)
    return naming.written(written_name(parts, snapshot, naming))


def _documented(project: Project, snapshot: Snapshot) -> dict[str, Table]:
    """The tables of the catalog that a warehouse could list; of its dialect, where some are."""
    own = project.settings.dialect
    tables = {name: each for name, each in project.catalog.tables.items() if each.kind not in ELSEWHERE}
    speaking = {name: each for name, each in tables.items() if (each.dialect or own) == snapshot.dialect}
    return speaking or tables


def _readable(names: Iterable[str], project: Project, snapshot: Snapshot) -> Iterator[str]:
    """Those tables that would have been seen: their schema was read, or all of their database."""
    homes = {_canonical((*schema, "any"), project, snapshot) for schema in snapshot.schemas}
    schemas = {home.rpartition(".")[0] for home in homes}
    databases = {schema.rpartition(".")[0] for schema in schemas} if snapshot.is_whole else set()
    for name in names:
        schema = name.rpartition(".")[0]
        if schema in schemas or schema.rpartition(".")[0] in databases:
            yield name


def _missing(table: Table, others: Iterable[str]) -> Difference:
    same_name = {each.rpartition(".")[2]: each for each in sorted(others)}
    guess = nearest(table.name.rpartition(".")[2], same_name)
    hint = f"Did you mean `{same_name[guess]}`?" if guess else None
    return Difference(DriftKind.MISSING_TABLE, table.name, location=table.at("name"), hint=hint)


def _differences(project: Project, snapshot: Snapshot, table: Table, seen: SeenTable) -> Iterator[Difference]:
    """What differs in a table that is in both. Where nobody knows its columns, they are not compared."""
    if table.kind and seen.kind and table.kind is not seen.kind:
        yield Difference(
            DriftKind.OTHER_KIND,
            table.name,
            documented=_words(table.kind),
            stored=_words(seen.kind),
            location=table.at("kind"),
        )
    naming = project.settings.naming.of(table.dialect or snapshot.dialect)
    stored = {naming.column(column.name): column for column in seen.columns}
    written = {column.name: column for column in table.columns}
    known = {**dict.fromkeys(_produced(project, table.name)), **written}
    if stored and known:
        yield from _columns(table, stored, known, snapshot, project)


def _columns(
    table: Table,
    stored: Mapping[str, SeenColumn],
    known: Mapping[str, Column | None],
    snapshot: Snapshot,
    project: Project,
) -> Iterator[Difference]:
    """Columns in one of the two only, and types. A struct may be described as a whole on either side."""
    dialect = table.dialect or project.settings.dialect
    new = [name for name in stored if name not in known and not _is_within(name, known)]
    for name in known:
        column, seen = known[name], stored.get(name)
        place = column.at("name") if column else table.at()
        if seen is None and not _is_within(name, stored):
            hint = did_you_mean(name, new)
            yield Difference(DriftKind.MISSING_COLUMN, table.name, name, location=place, hint=hint)
        elif seen and column and _has_other_type(column, seen, (dialect, snapshot.dialect)):
            place = column.at("type")
            yield Difference(DriftKind.OTHER_TYPE, table.name, name, column.type, seen.type, place)
    for name in new:
        yield Difference(DriftKind.UNDOCUMENTED_COLUMN, table.name, name, location=table.at())


def _has_other_type(column: Column, seen: SeenColumn, dialects: tuple[str, str]) -> bool:
    if column.type is None or seen.type is None:
        return False
    return not is_same_stored_type((column.type, dialects[0]), (seen.type, dialects[1]))


def _is_within(name: str, others: Collection[str]) -> bool:
    """Whether it is a field of a struct that the other side has without any field."""
    top = name.partition(".")[0]
    return "." in name and top in others and not any(other.startswith(f"{top}.") for other in others)


def _produced(project: Project, table: str) -> Iterable[str]:
    """The columns that the SQL of a table makes; none where some of them are not known."""
    gaps = (gap.reason for gap, _ in project.lineage.gaps(table))
    return () if any(reason in UNSURE for reason in gaps) else project.lineage.outputs(table)


def _words(kind: TableKind) -> str:
    return str(kind).replace("_", " ")
