"""What a query yields: named attributes, each with the base-table columns it rests on.

Columns are grouped by what happened to them on the way (their traits), so that one more hop changes the
key of a group and touches no column. Traits of several hops are OR-ed; which subtype they add up to is
decided once, when edges are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlglot import exp

TRANSFORMED = 1
AGGREGATED = 2
MASKED = 4
AMBIGUOUS = 8
CONDITION = 16
WINDOW = 32
SORT = 64
INDIRECT = CONDITION | WINDOW | SORT

BaseColumn = tuple[str, str]
"""Table, column (dotted inside a struct)."""

Sources = Mapping[int, frozenset[BaseColumn]]
"""Traits → the base columns that arrive with them. Never changed; no group is empty."""

NOTHING: Sources = {}
NOT_FOUND: Sources = {0: frozenset({("", "")})}
"""Sources of a name that nothing in sight owns; keeps it apart from what is generated."""


def with_traits(sources: Sources, traits: int) -> Sources:
    """The same sources after one more hop."""
    if not traits:
        return sources
    found: dict[int, frozenset[BaseColumn]] = {}
    add_sources(found, sources, traits)
    return found


def together(all_sources: Iterable[Sources]) -> Sources:
    """What all of them rest on."""
    found: dict[int, frozenset[BaseColumn]] = {}
    for sources in all_sources:
        add_sources(found, sources, 0)
    return found


def add_sources(found: dict[int, frozenset[BaseColumn]], sources: Sources, traits: int) -> None:
    """Put sources to those that are found already, after one more hop."""
    for before, columns in sources.items():
        known = found.get(before | traits)
        found[before | traits] = columns if known is None else known | columns


def base_columns(sources: Sources) -> Iterator[tuple[str, str, int]]:
    """Table, column and traits of each way on which a base column arrives."""
    for traits, columns in sources.items():
        for table, column in columns:
            yield table, column, traits


def direct(table: str, column: str) -> Sources:
    """A base column as it is."""
    return {0: frozenset(((table, column),))}


@dataclass(slots=True)
class Made:
    """Where an attribute is made: a projection of a query, or an expression of its own. Never changed.

    `is_bare` says it is a column or star passed on as it is; `is_update`, that it sets a row that exists.
    `span` are its tokens, where these are known at once; `text` is given where it is no part of the source,
    and together with `line` where it is no part of the statement.
    """

    node: exp.Expr
    select: exp.Select | None = None
    index: int = 0
    is_bare: bool = False
    is_update: bool = False
    text: str = ""
    line: int = 0
    span: tuple[int, int] | None = None


# A query makes one attribute per column it names. To freeze them would cost four times as much as
# making them, and be a tenth of all tracing; nothing changes one after it is made.
@dataclass(slots=True)
class Attribute:
    """A column of a relation. Never changed.

    `fields` are a struct's (or an array of structs' element's) where their sources differ; `branches`
    are the attributes of a set operation's queries that meet here.
    """

    name: str
    sources: Sources = field(default_factory=dict)
    type: exp.DataType | None = None
    fields: Mapping[str, Attribute] | None = None
    made: Made | None = None
    branches: tuple[Attribute, ...] = ()

    def named(self, name: str) -> Attribute:
        """The same attribute under another name."""
        if name == self.name:
            return self
        return Attribute(name, self.sources, self.type, self.fields, self.made, self.branches)

    def made_by(self, made: Made) -> Attribute:
        """The same attribute, made elsewhere."""
        return Attribute(self.name, self.sources, self.type, self.fields, made, self.branches)


@dataclass(frozen=True, slots=True)
class Open:
    """A base table of unknown columns that flows through a star, at a node; `hidden` names do not.

    Files are none of the warehouse's tables: `table` is empty, and `label` says how they are written.
    """

    table: str
    node: exp.Expr
    hidden: frozenset[str] = frozenset()
    label: str = ""

    def member(self, name: str) -> Attribute:
        """A column of that table, whose name alone is known."""
        return Attribute(name, direct(self.table, name) if self.table else NOTHING)


@dataclass(frozen=True, slots=True)
class Derived:
    """What a query, a table function or an array yields.

    `element` is set where rows are the elements of an array. A weak relation is asked for an unqualified
    name only when nothing else fits. `passes` are the base tables whose columns a star hands on. One that is
    opaque was not opened, so that nothing can be said about its columns.
    """

    label: str
    attributes: tuple[Attribute, ...] = ()
    opens: tuple[Open, ...] = ()
    element: Attribute | None = None
    is_weak: bool = False
    passes: tuple[str, ...] = ()
    is_opaque: bool = False
    known: dict[str, Attribute] = field(default_factory=dict, compare=False)
    members: dict[str, Attribute] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if not self.known:
            self.known.update([(attribute.name, attribute) for attribute in reversed(self.attributes)])

    def attribute(self, name: str) -> Attribute | None:
        """The attribute known by that name."""
        return self.known.get(name)

    @property
    def owner(self) -> str:
        """The table to blame for a column that is not here: what a star hands on, else the query itself."""
        return self.passes[0] if len(self.passes) == 1 else self.label

    @property
    def is_broken(self) -> bool:
        """A column of it was not found, so that what is missing here may be a consequence."""
        return self.is_opaque or any(attribute.sources == NOT_FOUND for attribute in self.attributes)


@dataclass(frozen=True, slots=True)
class BaseTable:
    """A table of the warehouse. Without declared columns it is open: any name may be its column.

    `dotted` are the declared fields of its structs.
    """

    label: str
    declared: Mapping[str, str]
    pseudo: Mapping[str, str]
    read_type: Callable[[str], exp.DataType | None]
    fold: Callable[[str], str]
    node: exp.Expr
    dotted: tuple[str, ...] = ()
    known: dict[str, Attribute] = field(default_factory=dict, compare=False)
    members: dict[str, Attribute] = field(default_factory=dict, compare=False)
    element: None = None
    is_weak: bool = False
    is_broken: bool = False

    @property
    def owner(self) -> str:
        """The table itself."""
        return self.label

    @property
    def passes(self) -> tuple[str, ...]:
        """The table itself, where its columns are known."""
        return (self.label,) if self.declared else ()

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """All declared columns in order, without fields and pseudo-columns."""
        found = (
            self.attribute(name)
            for name in self.declared
            if name not in self.pseudo and ("." not in name or name.split(".")[0] not in self.declared)
        )
        return tuple(attribute for attribute in found if attribute)

    @property
    def opens(self) -> tuple[Open, ...]:
        """The table itself, where its columns are not known."""
        return () if self.declared else (Open(self.label, self.node),)

    def attribute(self, name: str) -> Attribute | None:
        """The declared column or pseudo-column of that name."""
        found = self.known.get(name)
        if found is not None or not (self.declared or self.pseudo):
            return found
        text = self.declared.get(name, self.pseudo.get(name))
        fields = self._declared_fields(name)
        if text is None and not fields:
            return None
        found = Attribute(name, direct(self.label, name), self.read_type(text or ""))
        if fields:
            typed = {part.name: part for part in fields_of(found, self.fold)}
            found = replace(found, fields={**typed, **fields})
        self.known[name] = found
        return found

    def _declared_fields(self, name: str) -> dict[str, Attribute]:
        if not self.dotted:
            return {}
        start = name + "."
        inner = {path.split(".")[start.count(".")] for path in self.dotted if path.startswith(start)}
        found = {part: self.attribute(start + part) for part in sorted(inner)}
        return {part: replace(column, name=part) for part, column in found.items() if column}


Relation = Derived | BaseTable


def struct_of(kind: exp.DataType | None) -> exp.DataType | None:
    """The struct type behind a type, through arrays; None for anything else."""
    while kind is not None and kind.is_type(exp.DType.ARRAY):
        kind = element_type(kind)
    return kind if kind is not None and kind.is_type(exp.DType.STRUCT) and kind.expressions else None


def element_type(kind: exp.DataType | None) -> exp.DataType | None:
    """The type of an array's elements."""
    if kind is None or not kind.is_type(exp.DType.ARRAY, exp.DType.LIST) or not kind.expressions:
        return None
    inner = kind.expressions[0]
    return inner if isinstance(inner, exp.DataType) else None


def field_names(attribute: Attribute, fold: Callable[[str], str]) -> tuple[str, ...]:
    """The fields of a struct, empty where they are not known."""
    if attribute.fields is not None:
        return tuple(attribute.fields)
    struct = struct_of(attribute.type)
    return tuple(fold(part.name) for part in struct.expressions) if struct else ()


def field_of(attribute: Attribute, name: str, fold: Callable[[str], str]) -> Attribute | None:
    """A field of a struct; None where the fields are known and it is not among them."""
    if attribute.fields is not None:
        return attribute.fields.get(name)
    struct = struct_of(attribute.type)
    sources = _inside(attribute.sources, name)
    if struct is None:
        return Attribute(name, sources, made=attribute.made)
    for part in struct.expressions:
        if fold(part.name) == name:
            kind = part.args.get("kind") if isinstance(part, exp.ColumnDef) else None
            return Attribute(
                name, sources, kind if isinstance(kind, exp.DataType) else None, made=attribute.made
            )
    return None


def fields_of(attribute: Attribute, fold: Callable[[str], str]) -> tuple[Attribute, ...]:
    """All fields of a struct, in order; empty where they are not known."""
    found = (field_of(attribute, name, fold) for name in field_names(attribute, fold))
    return tuple(part for part in found if part)


def _inside(sources: Sources, name: str) -> Sources:
    """A field of one untouched column is a path into it; of anything else, all of it."""
    columns = sources.get(0, ())
    if len(sources) != 1 or len(columns) != 1:
        return sources
    ((table, column),) = columns
    return direct(table, f"{column}.{name}") if column else sources


def merge(name: str, attributes: Iterable[Attribute]) -> Attribute:
    """One attribute that rests on all of them, typed as the first."""
    found = tuple(attributes)
    sources = together(attribute.sources for attribute in found)
    first = found[0]
    return Attribute(name, sources, first.type, first.fields, first.made)
