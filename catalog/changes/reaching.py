"""Changes → the same with what each reaches: of what is gone, in the earlier project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ..lineage import Node, NodeKind
from ..project import Project
from .reach import reach_of, reach_of_thing
from .values import Alteration, ChangeClass, Reach

NODE_KINDS = {"metric": NodeKind.METRIC, "report": NodeKind.REPORT}
"""What stands before the name of a thing that is no table → its kind in the graph."""


@dataclass
class _Graph:
    """A project's graph, asked about the subjects of changes. What a node reaches is found once."""

    project: Project
    tables: frozenset[str]
    known: dict[tuple[Node, bool], Reach] = field(default_factory=dict)

    def reach(self, change: Alteration) -> Reach:
        """What a change reaches; nothing where it is about a team, a term …"""
        node = self._node(change.subject)
        if node is None:
            return Reach()
        key = (node.whole if node.column == "*" else node, change.kind is ChangeClass.WORDING)
        if key not in self.known:
            self.known[key] = (
                reach_of_thing(self.project, node) if key[1] else reach_of(self.project, [key[0]])
            )
        return self.known[key]

    def _node(self, subject: str) -> Node | None:
        kind, is_said, name = subject.partition(":")
        if is_said:
            return Node(NODE_KINDS[kind], name) if kind in NODE_KINDS else None
        parts = subject.split(".")
        for length in range(len(parts) - 1, 0, -1):
            table = ".".join(parts[:length])
            if subject not in self.tables and table in self.tables:
                return Node(NodeKind.COLUMN, table, ".".join(parts[length:]))
        return Node(NodeKind.TABLE, subject)


def with_reach(changes: Iterable[Alteration], base: Project, head: Project) -> Iterator[Alteration]:
    """The changes with what they reach."""
    earlier, later = _graph(base), _graph(head)
    for change in changes:
        graph = earlier if change.kind is ChangeClass.REMOVED else later
        yield replace(change, reach=graph.reach(change))


def _graph(project: Project) -> _Graph:
    statements = (statement for text in project.lineage.traced.texts for statement in text.statements)
    traced = {table for statement in statements for table in (*statement.writes, *statement.reads)}
    return _Graph(project, frozenset(traced | project.catalog.tables.keys()))
