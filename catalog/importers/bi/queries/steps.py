"""Steps of a query (`Table.…`): what each does to the columns. A step that is not here is not followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from .rows import Rows, appended
from .syntax import Expression

KEEPS = frozenset(
    {"SelectRows", "Distinct", "Sort", "FirstN", "LastN", "Skip", "Range", "Buffer", "TransformColumnTypes",
     "RemoveRowsWithErrors", "ReplaceValue", "ReplaceErrorValues", "FillDown", "FillUp", "ReorderColumns",
     "TransformColumns", "RemoveFirstN", "RemoveLastN", "AlternateRows", "StopFolding", "AddKey",
     "ReverseRows", "SelectRowsWithErrors", "Repeat", "RemoveMatchingRows", "ReplaceKeys", "Sample", "View",
     "MinN", "MaxN"}
)  # fmt: skip
"""Steps that leave each column the one it was, whatever they do to rows and types."""


@dataclass(frozen=True, slots=True)
class Call:
    """A step: its arguments, what is known of rows in them, and of texts in them."""

    arguments: tuple[Expression, ...]
    rows: Callable[[Expression], Rows | None]
    words: Callable[[Expression], str | None]

    def argument(self, index: int) -> Expression:
        """An argument; an empty one where it is left out."""
        return self.arguments[index] if index < len(self.arguments) else Expression("other")

    def names(self, index: int) -> list[str]:
        """An argument that is a name, or a list of them."""
        given = self.argument(index)
        parts = given.parts if given.kind == "list" else (given,)
        return [name for name in map(self.words, parts) if name is not None]

    def pairs(self, index: int) -> list[tuple[str, Expression]]:
        """An argument that is a list of lists, or one of those; each with the name that it begins with."""
        given = self.argument(index)
        is_one = given.kind == "list" and given.parts and given.parts[0].kind != "list"
        lists = (given,) if is_one else given.parts
        named = ((self.words(each.parts[0]), each) for each in lists if each.kind == "list" and each.parts)
        return [(name, each) for name, each in named if name is not None]


def names_read(body: Expression) -> tuple[str, ...]:
    """The columns of the row that an expression reads."""
    found = (each for each in body.all() if each.kind == "field")
    return tuple(dict.fromkeys(each.name for each in found if not each.parts or each.parts[0].name == "_"))


def _renamed(rows: Rows, call: Call) -> Rows:
    pairs = [(old, call.words(pair.parts[1])) for old, pair in call.pairs(1) if len(pair.parts) > 1]
    columns: dict[str, tuple[str, ...]] = {old: () for old, _ in pairs}
    columns |= {new: rows.column(old) for old, new in pairs if new is not None}
    nested = {**rows.nested, **{new: rows.nested[old] for old, new in pairs if new and old in rows.nested}}
    return replace(rows.having(columns), nested=nested)


def _selected(rows: Rows, call: Call) -> Rows:
    return rows.only({name: rows.column(name) for name in call.names(1)})


def _removed(rows: Rows, call: Call) -> Rows:
    return rows.having(dict.fromkeys(call.names(1), ()))


def _added(rows: Rows, call: Call) -> Rows:
    return rows.having({name: rows.of(names_read(call.argument(2))) for name in call.names(1)})


def _without_source(rows: Rows, call: Call) -> Rows:
    return rows.having(dict.fromkeys(call.names(1), ()))


def _copied(rows: Rows, call: Call) -> Rows:
    sources = rows.of(call.names(1))
    return rows.having(dict.fromkeys(call.names(2), sources))


def _split(rows: Rows, call: Call) -> Rows:
    sources = rows.of(call.names(1))
    names = call.names(3)
    if not names:
        return rows.lost("`Table.SplitColumn` names no columns")
    return rows.having(dict.fromkeys(names, sources))


def _combined(rows: Rows, call: Call) -> Rows:
    sources = rows.of(call.names(1))
    return rows.having(dict.fromkeys(call.names(1), ())).having(dict.fromkeys(call.names(3), sources))


def _grouped(rows: Rows, call: Call) -> Rows:
    made = {name: rows.of(names_read(each)) for name, each in call.pairs(2)}
    return rows.only({**{name: rows.column(name) for name in call.names(1)}, **made})


def _joined(rows: Rows, call: Call) -> Rows:
    other = call.rows(call.argument(2))
    (name,) = call.names(4)[:1] or [""]
    if other is None or not name:
        return rows.lost("`Table.NestedJoin` joins what is not followed")
    tables = tuple(dict.fromkeys((*rows.tables, *other.tables)))
    reasons = tuple(dict.fromkeys((*rows.reasons, *other.reasons)))
    return replace(rows, tables=tables, reasons=reasons, nested={**rows.nested, name: other})


def _expanded_rows(rows: Rows, call: Call) -> Rows:
    (name,) = call.names(1)[:1] or [""]
    other = rows.nested.get(name)
    names = call.names(2)
    if other is None or not names:
        return rows.lost("`Table.ExpandTableColumn` opens what is not followed")
    called = call.names(3) or names
    return rows.having({new: other.column(old) for old, new in zip(names, called, strict=False)})


def _expanded_record(rows: Rows, call: Call) -> Rows:
    (name,) = call.names(1)[:1] or [""]
    names = call.names(2)
    called = call.names(3) or names
    return rows.having(
        {
            new: tuple(f"{column}.{old}" for column in rows.column(name))
            for old, new in zip(names, called, strict=False)
        }
    )


def _appended(rows: Rows, call: Call) -> Rows:
    parts = [call.rows(each) for each in call.argument(0).parts]
    if any(part is None for part in parts):
        return rows.lost("`Table.Combine` appends what is not followed")
    return appended(part for part in parts if part is not None)


STEPS: dict[str, Callable[[Rows, Call], Rows]] = {
    "RenameColumns": _renamed,
    "SelectColumns": _selected,
    "RemoveColumns": _removed,
    "AddColumn": _added,
    "AddIndexColumn": _without_source,
    "DuplicateColumn": _copied,
    "SplitColumn": _split,
    "CombineColumns": _combined,
    "Group": _grouped,
    "NestedJoin": _joined,
    "ExpandTableColumn": _expanded_rows,
    "ExpandRecordColumn": _expanded_record,
    "ExpandListColumn": lambda rows, _: rows,
    "Combine": _appended,
    **{name: lambda rows, _: rows for name in KEEPS},
}
"""Name behind `Table.` → what the step does to the columns."""
