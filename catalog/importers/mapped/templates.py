"""SQL of a tool with names of its own in it → SQL. What cannot be known is no SQL."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ..aggregation import NoExpressionError, NotUnderstoodError
from ..paths import Item, items_at, text_at
from .source import Entry, MappedSource

CALL = re.compile(r"\{\{-?\s*(\w+)\(\s*(.*?)\s*\)\s*-?\}\}", re.DOTALL)
ARGUMENT = re.compile(r"\"\"\"(.*?)\"\"\"|'''(.*?)'''|'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)
HOLE = re.compile(r"\{(\w+)[^{}]*\}")
LEFT_OVER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\$\{.*?\}", re.DOTALL)

Member = Callable[[str], str | None]
"""The SQL of a metric or measure over the same relation, by its name; None where there is none."""


def plain_sql(source: MappedSource, relation: Entry | None, sql: str, member: Member) -> str:
    """SQL with its functions called and what it names put in its place.

    Raises:
        NoExpressionError: it calls or names what is not known, or what is of another relation.
    """
    text = CALL.sub(lambda call: _called(source, call), sql) if source.functions else sql
    for pattern in source.mapping.references:
        text = _pattern(pattern).sub(lambda found: _named(source, relation, found, member), text)
    left = LEFT_OVER.search(text)
    if left is not None:
        raise NotUnderstoodError(f"what `{left[0].replace('`', '')}` stands for is not known")
    return text.strip()


def _called(source: MappedSource, call: re.Match[str]) -> str:
    """A function of the source with its arguments, in order, in the places of its SQL."""
    function = source.functions.get(call[1])
    if function is None:
        return call[0]
    arguments = [next(filter(None, found.groups()), "") for found in ARGUMENT.finditer(call[2])]
    names = list(dict.fromkeys(hole[1] for hole in HOLE.finditer(function)))
    given = dict(zip(names, arguments, strict=False))
    if len(given) < len(names):
        raise NotUnderstoodError(f"`{call[1]}` is called with too few values")
    filled = re.sub(r"\{(\w+)\}", lambda hole: given.get(hole[1], hole[0]), function)
    return filled.strip()


@lru_cache(maxsize=64)
def _pattern(reference: str) -> re.Pattern[str]:
    """How SQL names something, as a pattern; behind it a dot may stand."""
    parts = [re.escape(part).replace(r"\ ", r"\s*").replace("'", "['\"]") for part in reference.split("*", 1)]
    return re.compile(r"\s*([\w.]+)\s*".join(parts) + r"(\.(?=[\w\"`\[]))?")


def _named(source: MappedSource, relation: Entry | None, found: re.Match[str], member: Member) -> str:
    """What stands for a name: nothing for the relation itself, the SQL of a metric or dimension."""
    own = {*source.mapping.own_words, *_prefixes(source, relation)}
    if found[2] and found[1] in own:
        return ""
    prefix, _, name = found[1].rpartition(source.mapping.separator)
    behind = found[2] or ""
    if prefix and prefix not in own:
        raise NoExpressionError(f"it reads `{found[1]}`, which is of another relation")
    metric = member(name)
    sql = metric if metric and not behind else _field(source, relation, name, member)
    if sql is None:
        raise NotUnderstoodError(f"what `{found[1]}` stands for is not known")
    return sql + behind


def _prefixes(source: MappedSource, relation: Entry | None) -> tuple[str, ...]:
    """What may stand before a name of the relation's own."""
    if relation is None:
        return ()
    keys = source.mapping.relation_keys.prefixes
    if keys is None:
        return (relation.name,)
    found = (text_at(relation.item, each.strip()) for each in keys.split("|"))
    return tuple(filter(None, found))


def _field(source: MappedSource, relation: Entry | None, name: str, member: Member) -> str | None:
    """The SQL of a dimension of the relation."""
    keys = source.mapping.relation_keys
    if relation is None or keys.fields is None:
        return None
    places = (place.strip() for place in keys.fields.split("|"))
    for item in (item for place in places for item in items_at(relation.item.value, place)):
        if (text_at(item, "name") or item.name) == name:
            own = Item(item.name, item.value, (relation.item.value, *relation.item.around))
            sql = text_at(own, keys.field_sql) or name
            return (
                sql if sql == name else _in_brackets(plain_sql(source, relation, sql, _without(name, member)))
            )
    return None


def _without(name: str, member: Member) -> Member:
    """The same, but for the name that is being read: what is made of itself is not known."""

    def known(other: str) -> str | None:
        if other == name:
            raise NoExpressionError(f"`{name}` is made of itself")
        return member(other)

    return known


def _in_brackets(sql: str) -> str:
    return sql if re.fullmatch(r"[\w.]+", sql) else f"({sql})"
