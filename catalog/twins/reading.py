"""What metrics compute, read down to what those that may be twins have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..conformance import Around, Asking, between, query_of, question_about
from ..examples import value_expression
from ..lineage import Node, NodeKind
from ..model import Metric, Status
from ..sql.canonical import Part, PartKind
from ..sql.conforming import AggregateCall, Computation, ComputationQuestion

Ends = frozenset[str]
"""The columns at the far end of a metric; of what only counts rows, the tables whose rows they are."""


class Bucket(NamedTuple):
    """What twins have in common: where their values come from in the end, and the tables read there."""

    ends: Ends
    tables: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a metric computes, and what places its rows in time: columns at the far end, and the time zone."""

    metric: Metric
    bucket: Bucket
    computation: Computation
    anchor: Ends
    zone: str

    @property
    def filters(self) -> tuple[Part, ...]:
        """The conditions that its rows meet."""
        return tuple(part for part in self.computation.parts if part.kind is PartKind.FILTER)

    @property
    def frame(self) -> tuple[str, ...]:
        """What else decides which rows there are: what is read, how it is joined and grouped."""
        return tuple(part.text for part in self.computation.parts if part.kind is not PartKind.FILTER)

    @property
    def calls(self) -> tuple[AggregateCall, ...]:
        """Its aggregates."""
        return self.computation.aggregates

    @property
    def time(self) -> tuple[Ends, str]:
        """What a value's place in time depends on."""
        return self.anchor, self.zone


def buckets_of(around: Around) -> dict[Bucket, list[Metric]]:
    """Metrics by what they rest on; those of one bucket may be twins, and no others."""
    found: dict[Bucket, list[Metric]] = {}
    rows: dict[str, frozenset[str]] = {}
    for metric in around.catalog.metrics.values():
        if may_be_twin(metric):
            source = metric.source or ""
            rows[source] = rows.get(source) or _rows_of(source, around)
            ends = _ends(Node(NodeKind.METRIC, metric.name), around) or rows[source]
            found.setdefault(Bucket(ends, rows[source]), []).append(metric)
    return found


def may_be_twin(metric: Metric) -> bool:
    """Is it in use, and does it say what it computes from what?"""
    in_use = metric.status not in (Status.DEPRECATED, Status.RETIRED)
    return in_use and metric.source is not None and value_expression(metric) is not None


def _ends(node: Node, around: Around) -> Ends:
    """The columns at the far end; in the place of one that counts rows, the tables whose rows they are."""
    reached = around.lineage.rests_on(node)
    last = [each for each in reached if not around.lineage.has_values_from(each)]
    found: set[str] = set()
    for each in last:
        is_made = around.lineage.productions(each.name)
        found |= _rows_of(each.name, around) if is_made else {str(each)}
    return frozenset(found)


def columns_behind(columns: Iterable[str], around: Around) -> Ends:
    """The columns at the far end of columns (`table.column`), and these themselves."""
    nodes = [Node(NodeKind.COLUMN, *name.rpartition(".")[::2]) for name in columns]
    return frozenset(map(str, nodes)).union(*(_ends(node, around) for node in nodes))


def _rows_of(table: str, around: Around) -> frozenset[str]:
    """The tables at the far end of a table, itself where it is made from no other."""
    behind = around.behind([table])
    return frozenset(f"rows of {name}" for name in behind if not around.reads(name) - {name})


def facts_of(metrics: Sequence[Metric], bucket: Bucket, around: Around) -> Mapping[str, Fact]:
    """What each metric of a bucket computes, by its name; those of which it is not known are left out."""
    sources = {metric.source or "" for metric in metrics}
    # All are read down to the same tables: to their one source, else to what all of them are made from.
    stops = frozenset.intersection(*(around.behind([source]) for source in sources))
    asked = [(metric, question) for metric in metrics if (question := _question(metric, stops, around))]
    answers = around.engine.compute([question for _, question in asked])
    return {
        metric.name: Fact(metric, bucket, answer, _anchor(metric, around), (metric.timezone or "").strip())
        for (metric, _), answer in zip(asked, answers, strict=True)
        if not answer.reason and answer.is_whole
    }


def _question(metric: Metric, stops: frozenset[str], around: Around) -> ComputationQuestion | None:
    source = metric.source or ""
    table = around.catalog.tables.get(source)
    text = query_of(metric, (table and table.dialect) or around.naming.dialect)
    opened = between([source], stops, around)
    return question_about(text, Asking("", "metric_value", opened, frozenset([source])), around)


def _anchor(metric: Metric, around: Around) -> Ends:
    """The columns at the far end of what places the rows in time."""
    if not metric.time_anchor:
        return frozenset()
    node = Node(NodeKind.COLUMN, metric.source or "", metric.time_anchor)
    return _ends(node, around) or frozenset([str(node)])
