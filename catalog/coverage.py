"""How much of the warehouse is described: what is written, against what definitions and SQL know of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .lineage import NodeKind
from .model import Column, Described
from .project import Project


@dataclass(frozen=True, slots=True)
class Share:
    """So many of the things of one kind have a description. `kind` is in the plural: `tables`."""

    kind: str
    described: int
    total: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means all; 100 where there is nothing to describe."""
        return self.described * 100 // self.total if self.total else 100


def coverage_of(project: Project) -> tuple[Share, ...]:
    """The shares of tables, columns, metrics and reports.

    Tables that SQL only mentions and columns that it only produces count as not described.
    """
    catalog = project.catalog
    mentioned = {node.name for link in project.lineage.links for node in link if node.kind is NodeKind.TABLE}
    return (
        _share("tables", catalog.tables.values(), len(mentioned - catalog.tables.keys())),
        _columns(project),
        _share("metrics", catalog.metrics.values()),
        _share("reports", catalog.reports.values()),
    )


def _share(kind: str, things: Iterable[Described], only_mentioned: int = 0) -> Share:
    described = [bool(thing.summary or thing.description) for thing in things]
    return Share(kind, sum(described), len(described) + only_mentioned)


def _columns(project: Project) -> Share:
    described = total = 0
    for name, table in project.catalog.tables.items():
        written: dict[str, Column] = {column.name: column for column in table.columns}
        total += len(written.keys() | project.lineage.outputs(name).keys())
        described += sum(1 for column in written.values() if column.description)
    return Share("columns", described, total)
