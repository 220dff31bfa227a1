"""What a query sees while its canonical form is made: its sources, and what each of their columns means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlglot import exp

from ...naming import Naming
from ..scope import Schema
from .form import Part, PartKind, Step
from .texts import compact, word

Renamed = Mapping[str, Mapping[str, str]]
"""Table → column → the name that it goes by."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column means, down to base tables, and the projections that made it, last one first."""

    text: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """What a query reads: its sources as texts, in order, and the conditions that rows of them meet.

    `tags` are the names of the sources; with `is_ordered`, one of them alone does not tell a source.
    """

    entries: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """What a query yields.

    `rows` is a digest of what decides its rows, `tag` says only what it reads. `opens` are sources whose
    columns are not known and flow through a star. `simple` is what it reads if it does no more than pick
    and filter: then its reader may as well read that itself.
    """

    tag: str
    rows: str
    columns: Mapping[str, Meaning]
    opens: tuple[str, ...] = ()
    simple: Joined | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A relation under the name that a query gives it; its columns mean what `tag` tells apart."""

    tag: str
    columns: Mapping[str, Meaning]
    opens: tuple[str, ...] = ()
    element: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str) -> Meaning | None:
        """The column that is known by that name."""
        return self.columns.get(name)

    def guess(self, name: str) -> Meaning | None:
        """The column of that name, where the source may have columns that are not known."""
        if self.element:
            return Meaning(f"{self.element}.{word(name)}")
        if not self.opens:
            return None
        return Meaning(f"{'|'.join(self.opens)}.{word(self.renamed.get(name, name))}")


def derived_source(relation: Relation, tag: str) -> Source:
    """A query as a source of another: its columns go by the query and by what they mean in it."""
    columns = {
        name: Meaning(f"{tag}<{compact(meaning.text)}>", meaning.steps)
        for name, meaning in relation.columns.items()
    }
    return Source(tag, columns, tuple(f"{tag}<{opened}>" for opened in relation.opens))


@dataclass(frozen=True, slots=True)
class Cte:
    """A query of WITH: how to find its relation, once."""

    relation: Callable[[], Relation]


@dataclass(slots=True)
class Walk:
    """What holds for a whole text. `parts` are those of the statement at hand."""

    naming: Naming
    schema: Schema
    evaluate: Callable[[exp.Expr, Sight], Relation]
    renamed: Renamed = field(default_factory=dict)
    temporary: dict[str, Relation] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    gaps: int = 0

    def name_of(self, identifier: exp.Expr) -> str:
        """A column name or alias in the dialect's own case."""
        return self.naming.column(identifier.name, quoted=bool(identifier.args.get("quoted")))

    def table_name(self, table: exp.Table) -> str:
        """The canonical name of a table."""
        named = [part for part in table.parts if part.name]
        parts = [self.naming.part(part.name, quoted=bool(part.args.get("quoted"))) for part in named]
        if isinstance(table.this, exp.Parameter) or table.this.args.get("temporary"):
            return f"{'@' if isinstance(table.this, exp.Parameter) else '#'}{parts[-1]}"
        return self.naming.table(parts)

    def written(self, node: exp.Expr) -> str:
        """The SQL of a node on one line, without comments."""
        return " ".join(node.sql(self.naming.dialect or None, comments=False).split())


@dataclass(slots=True)
class Sight:
    """What one query sees. `within` is the WITH query that it is or stands in.

    `seen` are the columns met since it was last emptied. With `is_local`, a column's text says what it is
    called in its source, not what it means. With `keeps_order`, the order of rows counts.
    """

    walk: Walk
    outer: Sight | None = None
    ctes: dict[str, Cte] = field(default_factory=dict)
    within: str = ""
    sources: dict[str, Source] = field(default_factory=dict)
    merged: dict[str, Meaning] = field(default_factory=dict)
    aliases: dict[str, Meaning] = field(default_factory=dict)
    windows: dict[str, exp.Expr] = field(default_factory=dict)
    bound: frozenset[str] = frozenset()
    seen: list[Meaning] = field(default_factory=list)
    queries: dict[tuple[int, bool], str] = field(default_factory=dict)
    is_local: bool = False
    may_be_alias: bool = False
    keeps_order: bool = False

    @property
    def dialect(self) -> str:
        """The name of the dialect."""
        return self.walk.naming.dialect

    def beside(self, within: str = "") -> Sight:
        """The sight of a query in this one's FROM clause, or of its WITH."""
        return Sight(self.walk, self.outer, dict(self.ctes), within or self.within)

    def identifier(self, identifier: exp.Expr) -> str:
        """A name in the dialect's own case."""
        return self.walk.name_of(identifier)

    def window(self, name: exp.Expr) -> exp.Expr | None:
        """The definition of a named window."""
        return self.windows.get(self.walk.name_of(name))

    def binding(self, names: Iterable[exp.Expr]) -> Sight:
        """The same, with the parameters of a function in sight."""
        bound = self.bound | {self.walk.name_of(name) for name in names}
        return replace(self, bound=bound)

    def query(self, query: exp.Expr, *, only_rows: bool = False) -> str:
        """The text of a query within an expression; what decides its rows is part of the expression."""
        key = (id(query), only_rows)
        if key not in self.queries:
            outside, self.walk.parts = self.walk.parts, []
            inner = Sight(self.walk, self, dict(self.ctes), self.within, keeps_order=not only_rows)
            relation = self.walk.evaluate(query, inner)
            self.walk.parts = outside
            self.seen.extend(relation.columns.values())
            columns = ",".join(meaning.text for meaning in relation.columns.values())
            opens = "".join(f",{opened}.*" for opened in relation.opens)
            self.queries[key] = f"query({relation.rows}{'' if only_rows else ':' + columns + opens})"
        return self.queries[key]

    def column(self, column: exp.Expr) -> str:
        """The text of a column."""
        meaning = self._meaning(column)
        self.seen.append(meaning)
        mark = "+outer" if column.args.get("join_mark") else ""
        return meaning.text + mark

    def _meaning(self, column: exp.Expr) -> Meaning:
        names = [self.walk.name_of(part) for part in _parts(column)]
        if names[0] in self.bound:
            return Meaning(f"bound.{'.'.join(map(word, names))}")
        for depth, sight in enumerate(self._outwards()):
            found = sight._qualified(names, is_local=self.is_local)
            if found is not None:
                return found if not depth else replace(found, text=f"{'^' * depth}({found.text})")
        for depth, sight in enumerate(self._outwards()):
            found = sight._bare(names, is_local=self.is_local)
            if found is not None:
                return found if not depth else replace(found, text=f"{'^' * depth}({found.text})")
        return Meaning(f"?.{'.'.join(map(word, names))}")

    def _outwards(self) -> Iterator[Sight]:
        sight: Sight | None = self
        while sight is not None:
            yield sight
            sight = sight.outer

    def _qualified(self, names: list[str], *, is_local: bool) -> Meaning | None:
        """A column named with its source."""
        for length in range(len(names) - 1, 0, -1):
            source = self.sources.get(".".join(names[:length]).lower())
            if source is not None and (length == 1 or not source.element):
                return _into(source, names[length:], is_local=is_local)
        return None

    def _bare(self, names: list[str], *, is_local: bool) -> Meaning | None:
        """A column named alone, or a field of it."""
        name = names[0]
        if name in self.merged:
            return _field(self.merged[name], names[1:])
        whole = self.sources.get(name.lower())
        if whole is not None and whole.element and len(names) == 1:
            return Meaning(whole.element)
        owners = [source for source in self.sources.values() if source.find(name) is not None]
        owners = list({id(source): source for source in owners}.values())
        alias = self.aliases.get(name)
        if alias is not None and (self.may_be_alias or not owners):
            return self._alias(alias, [_into(owner, names[:1], is_local=is_local) for owner in owners], names)
        owners = owners or [source for source in self.sources.values() if source.guess(name) is not None]
        owners = list({id(source): source for source in owners}.values())
        if len(owners) == 1:
            return _into(owners[0], names, is_local=is_local)
        return Meaning(f"?.{'.'.join(map(word, names))}") if owners else None

    def _alias(self, alias: Meaning, columns: list[Meaning], names: list[str]) -> Meaning:
        """What a projection made; where a column has the same name, it may be that one."""
        texts = sorted({alias.text, *(column.text for column in columns)})
        text = texts[0] if len(texts) == 1 else f"either({','.join(texts)})"
        return _field(Meaning(text, alias.steps), names[1:])


def add_part(sight: Sight, kind: PartKind, text: str, node: exp.Expr, **more: str) -> None:
    """Write down something that decides about rows."""
    written = more.pop("written", "") or sight.walk.written(node)
    part = Part(kind, text, written, line_of(node), within=sight.within, **more)
    sight.walk.parts.append(part)


def line_of(node: exp.Expr) -> int:
    """The first line on which something of a node stands; 0 where it is not known."""
    lines = [line for part in node.walk() if isinstance(line := part.meta_get("line"), int)]
    return min(lines, default=0)


def _parts(column: exp.Expr) -> list[exp.Expr]:
    return list(column.parts) if isinstance(column, exp.Column) else [column]


def _into(source: Source, names: list[str], *, is_local: bool) -> Meaning:
    if source.element:
        return _field(Meaning(source.element), names)
    found = source.find(names[0]) or source.guess(names[0])
    if found is None:
        found = Meaning(f"{source.tag}.?{word(names[0])}")
    if is_local:
        found = Meaning(f"{source.tag}.{word(names[0])}", found.steps)
    return _field(found, names[1:])


def _field(meaning: Meaning, names: list[str]) -> Meaning:
    if not names:
        return meaning
    return replace(meaning, text=f"{meaning.text}.{'.'.join(map(word, names))}")
