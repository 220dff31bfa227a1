"""How much of the warehouse is described, owned and traced, and what is left to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .certified import Validity
from .lineage import NodeKind
from .model import Certification, Described, Layer, Location, Metric, Report, Table
from .project import Project
from .trend import Figure


@dataclass(frozen=True, slots=True)
class Share:
    """So many of the things of one kind are covered. `kind` is in the plural: `tables`."""

    kind: str
    covered: int
    total: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means all; 100 where there is nothing to cover."""
        return self.covered * 100 // self.total if self.total else 100


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one layer or owner, and the shares of them that are described. `name` may be empty."""

    name: str
    described: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """Something left to write. `lacks` is entry, description or owner; `subject` as in findings."""

    kind: str
    subject: str
    lacks: str
    owner: str | None
    location: Location | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is written, against what definitions and SQL know of.

    Tables that SQL only mentions and columns that it only produces count as not described; such tables have
    no owner either. `traced` is, of the columns that SQL produces, those of which every source is known.
    Groups are sorted by name, layers in their own order; the worklist is sorted by owner, then subject.
    """

    described: tuple[Share, ...]
    owned: tuple[Share, ...]
    certified: Share
    traced: Share
    by_layer: tuple[Group, ...]
    by_owner: tuple[Group, ...]
    worklist: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing that can be covered. `is_owned` is None for what needs no owner of its own."""

    kind: str
    subject: str
    layer: str
    owner: str | None
    has_entry: bool
    is_described: bool
    is_owned: bool | None
    location: Location | None = None


KINDS = ("tables", "columns", "metrics", "reports")


def coverage_of(project: Project) -> Coverage:
    """The coverage of a project."""
    items = tuple(_items(project))
    return Coverage(
        described=_described(items),
        owned=tuple(
            _share(kind, (bool(item.is_owned) for item in items if item.kind == kind))
            for kind in KINDS
            if kind != "columns"
        ),
        certified=_certified(project),
        traced=_traced(project),
        by_layer=_groups(items, _layer_of, [*(str(layer) for layer in Layer), ""]),
        by_owner=_groups(items, _owner_of, sorted({_owner_of(item) for item in items})),
        worklist=tuple(_worklist(items)),
    )


def figures(coverage: Coverage) -> tuple[Figure, ...]:
    """The figures that are shown and recorded: those of kinds of which there is anything."""
    found = (
        *(Figure(f"{share.kind} described", share.covered, share.total) for share in coverage.described),
        *(Figure(f"{share.kind} with an owner", share.covered, share.total) for share in coverage.owned),
        Figure("metrics certified", coverage.certified.covered, coverage.certified.total),
        Figure("produced columns traced", coverage.traced.covered, coverage.traced.total),
    )
    return tuple(figure for figure in found if figure.total)


def _certified(project: Project) -> Share:
    """Those that are declared so, and have not become something else since somebody vouched for them."""
    lapsed = {name for name, each in project.certified.items() if each.validity is Validity.LAPSED}
    metrics = project.catalog.metrics.values()
    return _share(
        "metrics",
        (each.certification is Certification.CERTIFIED and each.name not in lapsed for each in metrics),
    )


def _described(items: Iterable[_Item]) -> tuple[Share, ...]:
    found: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    for item in items:
        found[item.kind].append(item.is_described)
    return tuple(_share(kind, covered) for kind, covered in found.items())


def _share(kind: str, covered: Iterable[bool]) -> Share:
    counted = list(covered)
    return Share(kind, sum(counted), len(counted))


def _groups(
    items: Iterable[_Item], name_of: Callable[[_Item], str], names: Iterable[str]
) -> tuple[Group, ...]:
    grouped: dict[str, list[_Item]] = {name: [] for name in names}
    for item in items:
        grouped[name_of(item)].append(item)
    return tuple(
        Group(name, tuple(share for share in _described(members) if share.total))
        for name, members in grouped.items()
        if members
    )


def _layer_of(item: _Item) -> str:
    return item.layer


def _owner_of(item: _Item) -> str:
    return item.owner or ""


def _worklist(items: Iterable[_Item]) -> Iterator[Lack]:
    for item in sorted(items, key=lambda item: (_owner_of(item), item.kind, item.subject)):
        if not item.has_entry:
            yield _lack(item, "entry")
        elif not item.is_described:
            yield _lack(item, "description")
        if item.has_entry and item.is_owned is False:
            yield _lack(item, "owner")


def _lack(item: _Item, lacks: str) -> Lack:
    return Lack(item.kind, item.subject, lacks, item.owner, item.location)


def _items(project: Project) -> Iterator[_Item]:
    for table in project.catalog.tables.values():
        yield _item("tables", table)
        yield from _columns(project, table)
    for name in sorted(_only_mentioned(project)):
        yield _Item("tables", name, "", None, has_entry=False, is_described=False, is_owned=False)
    for metric in project.catalog.metrics.values():
        yield _item("metrics", metric)
    for report in project.catalog.reports.values():
        yield _item("reports", report)


def _item(kind: str, thing: Table | Metric | Report) -> _Item:
    return _Item(
        kind,
        thing.name if isinstance(thing, Table) else f"{kind.removesuffix('s')}:{thing.name}",
        _layer(thing),
        thing.owner,
        has_entry=True,
        is_described=bool(thing.summary or thing.description),
        is_owned=bool(thing.owner),
        location=thing.at("name"),
    )


def _layer(thing: Described) -> str:
    return str(thing.layer or "") if isinstance(thing, Table) else ""


def _columns(project: Project, table: Table) -> Iterator[_Item]:
    """The columns of a table, written or only produced; a struct counts as written with one of its fields."""
    for column in table.columns:
        yield _column(table, column.name, column.at("name"), is_described=bool(column.description))
    roots = {column.name.partition(".")[0] for column in table.columns}
    for name in project.lineage.outputs(table.name):
        if name not in roots:
            yield _column(table, name, None, is_described=False)


def _column(table: Table, name: str, location: Location | None, *, is_described: bool) -> _Item:
    return _Item(
        "columns",
        f"{table.name}.{name}",
        _layer(table),
        table.owner,
        has_entry=location is not None,
        is_described=is_described,
        is_owned=None,
        location=location,
    )


def _only_mentioned(project: Project) -> set[str]:
    mentioned = {node.name for link in project.lineage.links for node in link if node.kind is NodeKind.TABLE}
    return mentioned - project.catalog.tables.keys()


def _traced(project: Project) -> Share:
    """Columns that SQL produces and whose origin is known: a source column, or that there is none."""
    sources = {(edge.target.name, edge.target.column) for edge in project.lineage.edges if not edge.ambiguous}
    known: dict[tuple[str, str], bool] = {}
    for text in project.lineage.traced.texts:
        for statement in text.statements:
            for table in statement.writes:
                for output in statement.outputs:
                    key = table, output.name
                    known[key] = known.get(key, False) or output.is_generated or key in sources
    return _share("columns", known.values())
