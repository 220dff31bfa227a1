"""What is written about things, then and now: field by field, each with the class of its change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..model import Catalog, Column, Described, Metric, Report, Table
from .values import Alteration, ChangeClass
from .words import code

COMPARED_APART = frozenset(
    {"name", "columns", "sql", "dialect", "expression", "numerator", "denominator", "filter", "source",
     "dimensions", "known_issues", "changes", "metrics", "tables", "fields", "path"}
)  # fmt: skip
"""Fields that are compared by what they mean, or item by item."""

CLASSES: dict[tuple[type, str], ChangeClass] = {
    (Metric, "unit"): ChangeClass.TYPE,
    (Metric, "type"): ChangeClass.TYPE,
    (Metric, "statistic"): ChangeClass.TYPE,
    (Metric, "additivity"): ChangeClass.TYPE,
    (Metric, "time_anchor"): ChangeClass.COLUMN,
    (Metric, "timezone"): ChangeClass.COLUMN,
    (Column, "type"): ChangeClass.TYPE,
    (Column, "unit"): ChangeClass.TYPE,
}
"""Fields that are more than words."""

INHERITED = frozenset({"description", "unit", "enum", "valid_values", "inherited_from"})
"""Fields of a column that may come from another one, where they are told of."""

PREFIXES: dict[str, str] = {"metrics": "metric:", "reports": "report:", "jobs": "job:", "teams": "team:",
                            "terms": "term:", "enums": "enum:", "tables": ""}  # fmt: skip

NOUNS = {"metrics": "metric", "reports": "report", "jobs": "job", "teams": "team", "terms": "term",
         "enums": "enumeration", "tables": "table"}  # fmt: skip


def altered_definitions(before: Catalog, after: Catalog) -> Iterator[Alteration]:
    """What is written otherwise, of everything that is in both, and what is in one of them only."""
    for kind in PREFIXES:
        then, now = getattr(before, kind), getattr(after, kind)
        for name in sorted(then.keys() | now.keys()):
            if name not in now:
                yield _gone(kind, then[name])
            elif name not in then:
                yield _new(kind, now[name])
            else:
                yield from _thing(f"{PREFIXES[kind]}{name}", then[name], now[name])


def _gone(kind: str, thing: Described) -> Alteration:
    noun = NOUNS[kind]
    sentence = f"the {noun} `{thing.name}` is gone"
    change = ChangeClass.REMOVED if kind in ("metrics", "tables", "reports") else ChangeClass.WORDING
    return Alteration(change, f"{PREFIXES[kind]}{thing.name}", noun, sentence, thing.at(), thing.name)


def _new(kind: str, thing: Described) -> Alteration:
    noun = NOUNS[kind]
    sentence = f"the {noun} `{thing.name}` is new"
    return Alteration(
        ChangeClass.ADDITIVE, f"{PREFIXES[kind]}{thing.name}", noun, sentence, thing.at(), "", thing.name
    )


def _thing(subject: str, before: Described, after: Described) -> Iterator[Alteration]:
    yield from _fields(subject, before, after, COMPARED_APART)
    yield from _lists(subject, before, after)
    if isinstance(before, Table) and isinstance(after, Table):
        yield from _columns(before, after)


def _fields(subject: str, before: Any, after: Any, left_out: Iterable[str]) -> Iterator[Alteration]:
    for name in type(before).model_fields:
        if name in left_out or name == "origin":
            continue
        then, now = getattr(before, name), getattr(after, name)
        if then != now and _plain(then) != _plain(now):
            yield _field(subject, name, (then, now), after)


def _field(subject: str, name: str, values: tuple[Any, Any], after: Any) -> Alteration:
    then, now = map(_written, values)
    kind = CLASSES.get((type(after), name), ChangeClass.WORDING)
    aspect = name.replace("_", " ")
    of = subject.rpartition(":")[2]
    sentence = f"the {aspect} of `{of}` {_turned(then, now)}"
    return Alteration(kind, subject, name, sentence, after.at(name), then, now)


def _turned(then: str, now: str) -> str:
    if not then:
        return f"is given: {code(now)}"
    if not now:
        return f"is no longer given, was {code(then)}"
    return f"is now {code(now)}, was {code(then)}" if len(then) + len(now) < 120 else "is worded otherwise"


def _plain(value: Any) -> Any:
    """A value without the places where its parts stand."""
    if hasattr(value, "model_dump"):
        return value.model_dump(exclude={"origin"})
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _written(value: Any) -> str:
    if value is None or value in ((), {}):
        return ""
    if isinstance(value, tuple):
        return ", ".join(_written(each) for each in value)
    if hasattr(value, "model_dump"):
        named = getattr(value, "name", None) or getattr(value, "text", None) or getattr(value, "value", None)
        return str(named or getattr(value, "title", ""))
    return str(value)


def _lists(subject: str, before: Described, after: Described) -> Iterator[Alteration]:
    """Lists whose items are told of one by one."""
    for name, noun in LISTS.get(type(after), {}).items():
        then, now = (_items(getattr(thing, name)) for thing in (before, after))
        of = subject.rpartition(":")[2]
        for item in sorted(then.keys() - now.keys()):
            sentence = f"`{of}` no longer has the {noun} `{item}`"
            yield Alteration(ChangeClass.REMOVED, subject, name, sentence, after.at(name), item, "")
        for item in sorted(now.keys() - then.keys()):
            sentence = f"`{of}` has the {noun} `{item}` too"
            yield Alteration(ChangeClass.ADDITIVE, subject, name, sentence, after.at(name), "", item)
        for item in sorted(then.keys() & now.keys()):
            if then[item] != now[item]:
                sentence = f"the {noun} `{item}` of `{of}` shows something else"
                yield Alteration(ChangeClass.COLUMN, subject, name, sentence, after.at(name), item, item)
    yield from _issues(subject, before, after)


LISTS: Mapping[type, Mapping[str, str]] = {
    Metric: {"dimensions": "dimension"},
    Report: {"metrics": "metric", "tables": "table", "fields": "field"},
}
"""Kind of thing → its lists, and what an item of each is called."""


def _items(values: Iterable[Any]) -> dict[str, Any]:
    return {getattr(each, "name", each): _plain(each) for each in values}


def _issues(subject: str, before: Any, after: Any) -> Iterator[Alteration]:
    """Entries of the history and known issues: what is written in the thing's own file."""
    for name in ("changes", "known_issues"):
        then, now = (_own(thing, name) for thing in (before, after))
        if then != now:
            of = subject.rpartition(":")[2]
            sentence = f"the {name.replace('_', ' ')} of `{of}` are told otherwise"
            yield Alteration(ChangeClass.WORDING, subject, name, sentence, after.at(name))


def _own(thing: Any, name: str) -> list[Any]:
    return [_plain(each) for each in getattr(thing, name, ()) if each.origin.file == thing.origin.file]


def _columns(before: Table, after: Table) -> Iterator[Alteration]:
    """What is written about columns that are in both; which there are is told by the SQL, if there is any."""
    then = {column.name: column for column in before.columns}
    for column in after.columns:
        old = then.get(column.name)
        if old is not None:
            is_inherited = old.inherited_from or column.inherited_from
            left_out = INHERITED if is_inherited else frozenset({"inherited_from"})
            yield from _fields(f"{after.name}.{column.name}", old, column, left_out)


def documented_columns(before: Table, after: Table, *, is_made: bool) -> Iterator[Alteration]:
    """Columns that are written down in one only. Where SQL makes the table, that changes no values."""
    then, now = ({column.name: column for column in table.columns} for table in (before, after))
    gone = [column for name, column in then.items() if name not in now]
    new = [column for name, column in now.items() if name not in then]
    names = {} if is_made else _renamed(gone, new)
    for column in gone:
        yield _column_gone(after.name, column, names.get(column.name), is_made=is_made)
    for column in new:
        told = "is written down" if is_made else "is new"
        kind = ChangeClass.WORDING if is_made else ChangeClass.ADDITIVE
        sentence = f"the column `{column.name}` of `{after.name}` {told}"
        yield Alteration(
            kind, f"{after.name}.{column.name}", "column", sentence, column.at(), "", column.name
        )


def _column_gone(table: str, column: Column, new: str | None, *, is_made: bool) -> Alteration:
    told = f"is renamed to `{new}`" if new else "is no longer written down" if is_made else "is gone"
    kind = ChangeClass.WORDING if is_made else ChangeClass.REMOVED
    sentence = f"the column `{column.name}` of `{table}` {told}"
    place = column.at()
    return Alteration(
        kind,
        f"{table}.{column.name}",
        "renamed" if new else "column",
        sentence,
        place,
        column.name,
        new or "",
    )


def _renamed(gone: Iterable[Column], new: Iterable[Column]) -> dict[str, str]:
    """Name → new name, of columns of which the same is said, and more than a type."""
    found = {}
    for column in gone:
        alike = [each for each in new if column.description and _said(each) == _said(column)]
        if len(alike) == 1:
            found[column.name] = alike[0].name
    return found


def _said(column: Column) -> Any:
    return column.model_dump(exclude={"origin", "name", "label"})
