"""Names of tables and columns: how each SQL dialect folds case, and the one canonical form.

Pure text, no parser, so that reading a cached project needs no SQL engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

UPPER_CASE = frozenset({"snowflake", "oracle", "exasol", "teradata"})
"""Dialects that fold an unquoted name to upper case; quoted names stay."""

CASE_INSENSITIVE = frozenset(
    {"duckdb", "mysql", "redshift", "sqlite", "spark", "spark2", "databricks", "hive", "trino", "presto",
     "athena", "tsql", "fabric", "drill", "doris", "starrocks"}
)  # fmt: skip
"""Dialects in which quoting does not make a name case-sensitive."""

TABLES_KEEP_CASE = frozenset({"bigquery", "clickhouse", "mysql"})
"""Dialects in which table names are case-sensitive even unquoted."""

COLUMNS_KEEP_CASE = frozenset({"clickhouse"})
"""Dialects in which column names are case-sensitive even unquoted."""

PIPELINE = "live"
"""The schema by which statements of a Databricks pipeline name its own tables: `LIVE.orders` is `orders`."""

QUOTES = {'"': '"', "`": "`", "[": "]"}


@dataclass(frozen=True, slots=True)
class Naming:
    """The rule by which names of a project become canonical.

    A canonical table name has no default database in front and always a schema where a default one is
    known: with `database="acme"`, `acme.ops.queue` and `ops.queue` are both `ops.queue`. `aliases` are pairs
    of a database (or `database.schema`) and the one that it is another name of. `used_database` and
    `used_schema` are what a text has chosen with `USE`: names in it that say less are found there.
    """

    dialect: str = ""
    database: str | None = None
    schema: str | None = None
    aliases: tuple[tuple[str, str], ...] = ()
    used_database: str | None = None
    used_schema: str | None = None

    def column(self, name: str, *, quoted: bool = False) -> str:
        """A column name in the dialect's own case; dotted struct paths are folded as a whole."""
        if self.dialect in COLUMNS_KEEP_CASE:
            return name
        if quoted and self.dialect not in CASE_INSENSITIVE and self.dialect != "bigquery":
            return name
        return name.upper() if self.dialect in UPPER_CASE else name.lower()

    def part(self, name: str, *, quoted: bool = False) -> str:
        """One part of a table name in the dialect's own case."""
        if self.dialect in TABLES_KEEP_CASE:
            return name
        if quoted and self.dialect not in CASE_INSENSITIVE:
            return name
        return name.upper() if self.dialect in UPPER_CASE else name.lower()

    def table(self, parts: Sequence[str]) -> str:
        """The canonical name from folded parts, outermost first."""
        names = [part for part in parts if part]
        if len(names) == 2 and names[0] == PIPELINE and self.dialect == "databricks":
            del names[0]
        schema = self.used_schema or self.schema
        if len(names) == 1 and schema:
            names.insert(0, schema if self.used_schema else self.part(schema))
        if len(names) == 2 and self.used_database:
            names.insert(0, self.used_database)
        names = self._without_alias(names)
        if len(names) > 2 and self.database and names[:-2] == self.part(self.database).split("."):
            names = names[-2:]
        return ".".join(names)

    def _without_alias(self, names: list[str]) -> list[str]:
        """The parts of a name, its database under the name that is no alias."""
        for alias, meant in self.aliases:
            begins = [self.part(part) for part in alias.split(".")]
            if len(names) > 2 and names[: len(begins)] == begins:
                return [*(self.part(part) for part in meant.split(".")), *names[len(begins) :]]
        return names

    def of(self, dialect: str | None) -> Naming:
        """The same rule in another dialect; in its own where none is given."""
        return replace(self, dialect=dialect) if dialect else self

    def at(self, home: Sequence[str]) -> Naming:
        """The same rule in a text whose names are found in a database and schema, as after `USE`."""
        *database, schema = [self.part(part, quoted=True) for part in home] or [""]
        used = ".".join(database) or self.used_database
        return replace(self, used_database=used, used_schema=schema or self.used_schema)

    def written(self, name: str) -> str:
        """The canonical form of a table name as a person writes it, quotes and all."""
        return self.table([self.part(text, quoted=quoted) for text, quoted in split_name(name)])


def split_name(name: str) -> list[tuple[str, bool]]:
    """The parts of a dotted name, each with whether it was quoted. Back-quoted dots split too (BigQuery)."""
    parts: list[tuple[str, bool]] = []
    rest = name.strip()
    while rest:
        close = QUOTES.get(rest[0])
        if close and close in rest[1:]:
            end = rest.index(close, 1)
            inside = rest[1:end]
            parts += [(text, True) for text in (inside.split(".") if rest[0] == "`" else [inside])]
            rest = rest[end + 1 :].lstrip(".")
        else:
            text, _, rest = rest.partition(".")
            parts.append((text, False))
    return parts
