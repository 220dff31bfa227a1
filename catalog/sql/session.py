"""What earlier statements of a text leave behind for later ones: temporary tables, names, defaults."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlglot import exp

from ..naming import Naming
from .effects import Change, Controls, Effect, join_controls
from .positions import SqlTokens
from .relations import Attribute, Derived, merge
from .results import settled, settled_controls
from .scope import Schema, Scope
from .types import Typing

SCHEMA_FIRST = frozenset({"mysql", "hive", "spark", "spark2", "databricks", "clickhouse", "trino", "presto",
                          "athena", "doris", "starrocks", "duckdb"})  # fmt: skip
"""Dialects in which `USE x` names what this project calls a schema."""


SETTINGS_OF_SCHEMA = frozenset({"SEARCH_PATH", "CURRENT_SCHEMA", "SCHEMA"})


@dataclass(slots=True)
class Session:
    """What is known when a statement is traced.

    `rows` are those of loops and cursors, by name. `behind` tells of temporary tables and rows which tables
    they were read from, and `deciding` which columns decided about their rows. `folded` are names in
    canonical case.
    """

    naming: Naming
    schema: Schema
    typing: Typing
    temporary: dict[str, Derived] = field(default_factory=dict)
    created: dict[str, Mapping[str, str]] = field(default_factory=dict)
    variables: frozenset[str] = frozenset()
    rows: dict[str, Derived] = field(default_factory=dict)
    behind: dict[str, set[str]] = field(default_factory=dict)
    deciding: dict[str, Controls] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> Schema:
        """The columns of all tables that are known. Not joined into one: a text may create thousands."""
        return ChainMap(self.created, self.schema) if self.created else self.schema  # type: ignore[arg-type]


def is_temporary(name: str | None, session: Session) -> bool:
    """Whether a table is known to the text alone."""
    return name is not None and (name in session.temporary or name.startswith(("#", "@")))


def see_through(scope: Scope, session: Session) -> None:
    """Count as read what was read for the temporary tables in a statement, and what decided about them."""
    ledger = scope.walk.ledger
    for name in sorted(ledger.temporary):
        ledger.reads |= session.behind.get(name, set())
        join_controls(scope.controls, session.deciding.get(name, {}))


def remember(effect: Effect, scope: Scope, session: Session) -> None:
    """Keep what later statements may see of this one."""
    if effect.is_temporary or is_temporary(effect.target, session):
        name = effect.target or ""
        session.behind.setdefault(name, set()).update(scope.walk.ledger.reads)
        join_controls(session.deciding.setdefault(name, {}), settled_controls(scope.controls, scope.walk))
    session.variables |= effect.variables
    if effect.target is None:
        return
    if effect.is_temporary:
        attributes = tuple(settled(attribute.named(name), scope.walk) for name, attribute in effect.columns)
        session.temporary[effect.target] = Derived(effect.target, attributes, effect.opens)
        session.created[effect.target] = dict(_columns_of(effect, session.typing))
    elif is_temporary(effect.target, session):
        made_here = tuple((name, settled(attribute, scope.walk)) for name, attribute in effect.columns)
        _fill(effect.target, made_here, session)
    elif effect.kind.startswith("create") and effect.target not in session.schema:
        session.created[effect.target] = dict(_columns_of(effect, session.typing))


def _columns_of(effect: Effect, typing: Typing) -> Iterator[tuple[str, str]]:
    """The columns of a table that is created, with the fields of structs whose type is not known."""
    for name, attribute in effect.columns:
        kind = typing.written(attribute.type) or ""
        yield name, kind
        if not kind:
            yield from ((f"{name}.{part}", "") for part in attribute.fields or {})


def _fill(table: str, columns: tuple[Change, ...], session: Session) -> None:
    """What is put into a temporary table joins what it holds already."""
    held = session.temporary.get(table, Derived(table, ()))
    found: dict[str, Attribute] = {attribute.name: attribute for attribute in held.attributes}
    for name, attribute in columns:
        before = found.get(name)
        is_empty = before is None or not before.sources
        found[name] = replace(attribute, name=name) if is_empty else merge(name, [found[name], attribute])
    session.temporary[table] = replace(held, attributes=tuple(found.values()), known={})


def through(row: str, cursor: str, session: Session) -> None:
    """The row of a loop over a cursor has the columns of its query."""
    name, source = session.naming.column(row), session.naming.column(cursor)
    if source in session.rows:
        session.rows[name] = session.rows[source]
        session.behind[name] = session.behind.get(source, set())


def use(tree: exp.Expr | None, text: SqlTokens, session: Session) -> None:
    """`USE`: names that say less are looked up there from here on."""
    if isinstance(tree, exp.Set | exp.Command | exp.Alter):
        set_to = _schema_set(text)
        if set_to:
            session.naming = replace(session.naming, used_schema=session.naming.part(set_to))
    elif isinstance(tree, exp.Use) and isinstance(tree.this, exp.Table):
        _use(tree, tree.this, session)


def _use(tree: exp.Use, named: exp.Table, session: Session) -> None:
    kind = str(tree.args.get("kind") or "").upper()
    if kind not in ("", "SCHEMA", "DATABASE", "CATALOG"):
        return
    naming = session.naming
    parts = [naming.part(part.name, quoted=bool(part.args.get("quoted"))) for part in named.parts]
    if len(parts) > 1:
        session.naming = replace(naming, used_database=".".join(parts[:-1]), used_schema=parts[-1])
    elif kind == "SCHEMA" or (kind in ("", "DATABASE") and naming.dialect in SCHEMA_FIRST):
        session.naming = replace(naming, used_schema=parts[0])
    else:
        session.naming = replace(naming, used_database=parts[0], used_schema=None)


def _schema_set(text: SqlTokens) -> str:
    """The schema of `SET search_path TO s`, `SET SCHEMA s`, `ALTER SESSION SET CURRENT_SCHEMA = s`."""
    words = " ".join(token.text for token in text.tokens[:12]).replace("=", " = ").replace(",", " , ").split()
    if words[0].upper() != "SET" and [word.upper() for word in words[:2]] != ["ALTER", "SESSION"]:
        return ""
    place = next(
        (index for index, word in enumerate(words) if word.upper() in SETTINGS_OF_SCHEMA), len(words)
    )
    given = [word for word in words[place + 1 :] if word.upper() not in ("TO", "=", ",", "PATH")]
    return next((word.strip("\"'") for word in given if not word.strip("\"'").startswith("$")), "")
