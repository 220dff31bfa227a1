"""FROM and JOIN → the sources of a query, each under a tag that does not depend on aliases.

A query that only picks and filters is read through: what it reads is read by its reader itself. Under a LEFT
JOIN that holds only where it hands columns on as they are, since there a missing row makes them null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlglot import exp

from .expressions import conjuncts, normal
from .form import PartKind
from .names import Joined, Meaning, Relation, Sight, Source, add_part, derived_source
from .pivots import pivoted
from .texts import compact, joined, word

INNER = frozenset({"", "INNER", "CROSS", "COMMA"})
OUTER = frozenset({"", "OUTER"})

PLAIN_JOIN = frozenset({"this", "on", "side", "kind", "hint"})
"""Arguments of a join that are understood; any other makes it one that is taken as it stands."""

NAMING = frozenset({"this", "db", "catalog", "alias", "joins", "pivots", "hints", "with_"})
"""Arguments of a source that name it, or are read elsewhere."""


@dataclass(slots=True)
class Reading:
    """What a query reads so far. With `is_plain`, all its joins are inner or left ones."""

    sight: Sight
    is_plain: bool = True
    is_ordered: bool = False
    entries: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)

    def unique(self, tag: str) -> str:
        """The tag, or a numbered one where it is taken; then the order of sources counts."""
        made = tag
        count = 1
        while made in self.tags:
            count += 1
            made = f"{tag}#{count}"
        self.is_ordered |= count > 1
        self.tags.add(made)
        return made


@dataclass(frozen=True, slots=True)
class Read:
    """One source that was read: what readers call it, its entry, and what it was read through to."""

    of: str
    entry: str
    through: Joined | None = None


def read_sources(query: exp.Expr, sight: Sight) -> Joined:
    """Everything that a query reads, put into its sight."""
    first, joins = _first_and_joins(query)
    reading = Reading(sight, is_plain=all(map(_is_plain, joins)))
    reading.is_ordered = not reading.is_plain
    if first is not None:
        read = _source(first, reading, is_left=False)
        _take_inner(read, [], reading)
        if read.through is None:
            add_part(sight, PartKind.SOURCE, read.entry.partition(":")[0], first, of=read.of)
    for join in joins:
        _join(join, reading)
    for lateral in query.args.get("laterals") or []:
        _take_inner(_source(lateral, reading, is_left=False), [], reading)
    tags = frozenset(reading.tags)
    return Joined(tuple(reading.entries), tuple(reading.conditions), tags, reading.is_ordered)


def _first_and_joins(query: exp.Expr) -> tuple[exp.Expr | None, list[exp.Join]]:
    """The first source of a query, and its joins; those that stand with the first source come first."""
    from_ = query.args.get("from_")
    first = from_.this if isinstance(from_, exp.From) else None
    beside = first.args.get("joins") if isinstance(first, exp.Table) else None
    joins = [*(beside or []), *(query.args.get("joins") or [])]
    return first, [join for join in joins if isinstance(join, exp.Join)]


def _is_plain(join: exp.Join) -> bool:
    if any(value for role, value in join.args.items() if role not in PLAIN_JOIN):
        return False
    side, kind = _side(join), str(join.args.get("kind") or "").upper()
    return kind in INNER if not side else side == "LEFT" and kind in OUTER


def _side(join: exp.Join) -> str:
    return str(join.args.get("side") or "").upper()


def _join(join: exp.Join, reading: Reading) -> None:
    """A join: of which kind, with what, and on which condition."""
    side = _side(join)
    read = _source(join.this, reading, is_left=bool(side))
    on = join.args.get("on")
    told = conjuncts(on, reading.sight) if isinstance(on, exp.Expr) else []
    if not reading.is_plain:
        reading.entries.append(f"{_manner(join, reading.sight)}({read.entry}|{_all(told)})")
    elif side:
        inside = read.through.conditions if read.through else ()
        reading.entries.append(f"left({read.entry}|{_all([*told, *inside])})")
    else:
        _take_inner(read, told, reading)
    how = _manner(join, reading.sight)
    written = reading.sight.walk.written(on) if isinstance(on, exp.Expr) else " "
    tag = read.entry.partition(":")[0]
    add_part(reading.sight, PartKind.JOIN, f"{how} {tag} {_all(told)}", join,
             written=written, of=read.of, how=how)  # fmt: skip


def _take_inner(read: Read, told: Iterable[str], reading: Reading) -> None:
    through = read.through
    reading.entries += through.entries if through else [f"inner({read.entry})"]
    reading.conditions += [*told, *(through.conditions if through else ())]


def _all(conditions: Iterable[str]) -> str:
    conditions = list(conditions)
    return joined("and", conditions) if conditions else ""


def _manner(join: exp.Join, sight: Sight) -> str:
    """How a join is made, in words that do not depend on how it is written."""
    side, kind = _side(join), str(join.args.get("kind") or "").upper()
    words = [str(join.args.get("method") or "").upper(), side or ("INNER" if kind in INNER else "")]
    words.append("" if kind in INNER | OUTER else kind)
    using = sorted(word(sight.identifier(name)) for name in join.args.get("using") or [])
    for name in join.args.get("using") or []:
        found = sight.identifier(name)
        sight.merged[found] = Meaning(f"using.{word(found)}")
    words.append(f"USING {','.join(using)}" if using else "")
    known = PLAIN_JOIN | {"method", "using"}
    rest = [(role, value) for role, value in sorted(join.args.items()) if role not in known and value]
    words += [
        f"{role} {normal(value, sight) if isinstance(value, exp.Expr) else value}" for role, value in rest
    ]
    return " ".join(filter(None, words))


def _source(node: exp.Expr, reading: Reading, *, is_left: bool) -> Read:
    """One source, put into sight under its alias."""
    read = SOURCES.get(type(node), _opaque)
    return read(node, reading, is_left)


def _table(node: exp.Expr, reading: Reading, is_left: bool) -> Read:
    table = node if isinstance(node, exp.Table) else exp.Table()
    if not isinstance(table.this, exp.Identifier | exp.Parameter):
        return _opaque(node, reading, is_left)
    walk = reading.sight.walk
    name = walk.table_name(table)
    alias = table.alias_or_name.lower()
    cte = None if table.db else reading.sight.ctes.get(table.name.lower())
    made = cte.relation() if cte is not None else walk.temporary.get(name)
    pivots = table.args.get("pivots")
    more = _modifiers(table, reading.sight)
    if made is not None and not more:
        relation = pivoted(pivots, made, reading.sight) if pivots else made
        alias = (pivots and pivots[-1].alias.lower()) or alias
        return _take(relation, alias, table.name, reading, is_left=is_left)
    if pivots:
        base = Reading(reading.sight.beside())
        read = _base(table, name, more, base)
        relation = Relation(
            name, read.entry, base.sight.sources[alias].columns, base.sight.sources[alias].opens
        )
        relation = pivoted(pivots, relation, reading.sight)
        return _take(relation, pivots[-1].alias.lower() or alias, name, reading, is_left=is_left)
    return _base(table, name, more, reading)


def _base(table: exp.Table, name: str, more: str, reading: Reading) -> Read:
    """A table of the warehouse."""
    tag = reading.unique(word(name) if "." not in name else name)
    declared = reading.sight.walk.schema.get(name, {})
    given = reading.sight.walk.renamed.get(name, {})
    names = [column for column in declared if "." not in column]
    columns = {column: Meaning(f"{tag}.{word(given.get(column, column))}") for column in names}
    source = Source(tag, columns, () if columns else (tag,), renamed=given)
    reading.sight.sources[table.alias_or_name.lower()] = source
    if not table.alias:
        reading.sight.sources.setdefault(name.lower(), source)
        written = ".".join(part.name for part in table.parts).lower()
        reading.sight.sources.setdefault(written, source)
    return Read(name, f"{tag}:{more}")


def _modifiers(node: exp.Expr, sight: Sight) -> str:
    """What a source says beyond its name: a sample, a version, a partition."""
    said = [(role, value) for role, value in sorted(node.args.items()) if role not in NAMING and value]
    return ",".join(f"{role}={_text(value, sight)}" for role, value in said)


def _text(value: object, sight: Sight) -> str:
    if isinstance(value, list):
        return f"[{','.join(_text(each, sight) for each in value)}]"
    return normal(value, sight) if isinstance(value, exp.Expr) else str(value)


def _subquery(node: exp.Expr, reading: Reading, is_left: bool) -> Read:
    inner = node.this
    if not isinstance(inner, exp.Query) or isinstance(inner, exp.Table) or _modifiers(node, reading.sight):
        return _opaque(node, reading, is_left)
    sight = reading.sight
    relation = sight.walk.evaluate(inner, sight.beside())
    relation = renamed(relation, _alias_columns(node, sight))
    pivots = node.args.get("pivots")
    if pivots:
        relation = pivoted(pivots, relation, sight)
    alias = (pivots and pivots[-1].alias.lower()) or node.alias.lower()
    return _take(relation, alias, node.alias or "a query", reading, is_left=is_left)


def _take(relation: Relation, alias: str, of: str, reading: Reading, *, is_left: bool) -> Read:
    """A query as a source: read through where that changes nothing, else under a tag of its own."""
    alias = alias or f" {len(reading.sight.sources)}"
    through = relation.simple
    is_free = through is not None and not through.tags & reading.tags and reading.is_plain
    if through is not None and is_free and (not is_left or _hands_on(relation, through)):
        reading.tags |= through.tags
        reading.is_ordered |= through.is_ordered
        reading.sight.sources[alias] = Source(relation.tag, relation.columns, relation.opens)
        entry = through.entries[0].removeprefix("inner(")[:-1] if is_left else f"{relation.tag}:"
        return Read(of, entry, through)
    tag = reading.unique(relation.tag)
    reading.sight.sources[alias] = derived_source(relation, tag)
    return Read(of, f"{tag}:{relation.rows}")


def _hands_on(relation: Relation, through: Joined) -> bool:
    """Whether all columns of a query are columns of the one table it reads."""
    if len(through.entries) != 1 or not through.entries[0].startswith("inner("):
        return False
    (tag,) = through.tags
    texts = (meaning.text for meaning in relation.columns.values())
    return all(text.startswith(f"{tag}.") and not set("(),") & set(text[len(tag) :]) for text in texts)


def _alias_columns(node: exp.Expr, sight: Sight) -> list[str]:
    alias = node.args.get("alias")
    return [sight.identifier(name) for name in alias.args.get("columns") or []] if alias is not None else []


def renamed(relation: Relation, names: list[str]) -> Relation:
    """The columns under the names that an alias gives them, by position."""
    if not names:
        return relation
    given = dict(zip(names, relation.columns.values(), strict=False))
    rest = list(relation.columns.items())[len(names) :]
    return Relation(relation.tag, relation.rows, given | dict(rest), relation.opens, relation.simple)


def _unnest(node: exp.Expr, reading: Reading, _: bool) -> Read:
    """The elements of an array as rows."""
    sight = reading.sight
    bare = node.copy()
    for role in ("alias", "offset"):
        bare.set(role, None)
    tag = reading.unique(compact(f"{normal(bare, sight)}{'+offset' if node.args.get('offset') else ''}"))
    columns = _alias_columns(node, sight)
    source = Source(tag, {name: Meaning(f"{tag}.{index}") for index, name in enumerate(columns)}, element=tag)
    table = node.alias
    if columns and not table:
        for name in columns:
            sight.sources[name.lower()] = Source(tag, {name: Meaning(tag)}, element=tag)
    else:
        sight.sources[table.lower() or f" {len(sight.sources)}"] = (
            source if not columns else Source(tag, source.columns)
        )
    offset = node.args.get("offset")
    if isinstance(offset, exp.Identifier):
        name = sight.identifier(offset)
        sight.sources[f" {name}"] = Source(tag, {name: Meaning(f"{tag}.+offset")})
    return Read("an array", f"{tag}:")


def _opaque(node: exp.Expr, reading: Reading, _: bool) -> Read:
    """A source that is not opened: known by its whole text, its columns by their names."""
    sight = reading.sight
    bare = node.copy()
    bare.set("alias", None)
    tag = reading.unique(compact(normal(bare, sight)))
    names = _alias_columns(node, sight)
    columns = {name: Meaning(f"{tag}.{index}") for index, name in enumerate(names)}
    sight.sources[node.alias.lower() or f" {len(sight.sources)}"] = Source(tag, columns, (tag,))
    sight.walk.gaps += 1
    add_part(sight, PartKind.OTHER, tag, node)
    return Read(node.alias or "a source", f"{tag}:")


def _lateral(node: exp.Expr, reading: Reading, is_left: bool) -> Read:
    """A query or function that sees the sources before it."""
    inner = node.this
    if not isinstance(inner, exp.Subquery) or not isinstance(inner.this, exp.Query):
        return _opaque(node, reading, is_left)
    sight = reading.sight
    inside = Sight(sight.walk, sight, dict(sight.ctes), sight.within)
    relation = renamed(sight.walk.evaluate(inner.this, inside), _alias_columns(node, sight))
    tag = reading.unique(f"lateral[{relation.tag}]")
    reading.is_ordered = True
    sight.sources[node.alias.lower() or f" {len(sight.sources)}"] = derived_source(relation, tag)
    return Read(node.alias or "a query", f"{tag}:{relation.rows}")


SOURCES: dict[type[exp.Expr], Callable[[exp.Expr, Reading, bool], Read]] = {
    exp.Table: _table,
    exp.Subquery: _subquery,
    exp.Unnest: _unnest,
    exp.Lateral: _lateral,
}
"""Kind of source → how it is read; any other is opaque."""
