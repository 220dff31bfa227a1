"""Words that metrics go by, and what else goes by one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..conformance import Around
from ..lineage import Node, NodeKind
from ..model import Catalog, Location, Metric, Relation, Status
from ..sql.edges import EdgeType, Subtype
from .values import Kin, Twins


@dataclass(frozen=True, slots=True)
class Namesake:
    """What goes by a word of a metric: an output of a table, or a field that shows one or another metric.

    `columns` are those that a field is computed from in the report itself.
    """

    word: str
    column: str
    of: str
    location: Location
    metric: str = ""
    columns: tuple[str, ...] = ()


def plain_word(word: str) -> str:
    """A word as it is compared: whatever its case, and however its parts are joined."""
    return re.sub(r"[\s_-]+", " ", word.strip().casefold())


def words_of(metric: Metric) -> Iterator[tuple[str, Location]]:
    """What people call a metric, and where that is written."""
    yield metric.name, metric.at("name")
    for key, word in (("label", metric.label), ("abbreviation", metric.abbreviation)):
        if word:
            yield word, metric.at(key)
    for index, word in enumerate(metric.synonyms):
        yield word, metric.at(f"synonyms.{index}")


def is_told(catalog: Catalog, twins: Twins, one: str, other: str) -> bool:
    """Is it known, or said, how two metrics that go by one word stand to each other?"""
    said = [
        item.relation
        for name, related in ((one, other), (other, one))
        for item in catalog.metrics[name].related_metrics
        if item.name == related
    ]
    if Relation.SAME_AS in said or Relation.DIFFERS_FROM in said:
        return True
    of = {one: f"the metric `{other}`", other: f"the metric `{one}`"}
    found = [twins.get(name, Kin()) for name in (one, other)]
    is_same = any(each.other == other and not each.differences for each in found[0].alike)
    clashing = ((kin, of[name]) for kin, name in zip(found, (one, other), strict=True))
    return is_same or any(clash.of == told for kin, told in clashing for clash in kin.clashes)


def metrics_by_word(catalog: Catalog) -> dict[str, dict[str, Location]]:
    """Word → the metrics that go by it, each with the place of the word."""
    found: dict[str, dict[str, Location]] = {}
    for metric in catalog.metrics.values():
        if metric.status is not Status.RETIRED:
            for word, place in words_of(metric):
                found.setdefault(plain_word(word), {}).setdefault(metric.name, place)
    return found


def namesakes(owners: Mapping[str, str], around: Around) -> Iterator[tuple[str, Namesake]]:
    """Metric → what goes by one of its words: outputs that SQL computes, and fields of reports.

    `owners` are the words that one metric alone goes by. What a metric is made from is none of them.
    """
    for table in sorted(around.catalog.tables):
        for output in around.lineage.outputs(table):
            name = owners.get(plain_word(output))
            node = Node(NodeKind.COLUMN, table, output)
            if name and is_computed(node, around):
                yield name, Namesake(output, str(node), f"the output `{node}`", Location(""))
    for report in around.catalog.reports.values():
        for shown in report.fields:
            name = owners.get(plain_word(shown.name))
            if name and not shown.filter and shown.metric != name:
                of = f"the field `{shown.name}` of the report `{report.name}`"
                place = shown.at("name")
                yield (
                    name,
                    Namesake(shown.name, shown.column or "", of, place, shown.metric or "", shown.columns),
                )


def is_computed(node: Node, around: Around) -> bool:
    """Is a column more than the copy of another?"""
    edges = around.lineage.edges_into(node)
    return any(edge.type is not EdgeType.DIRECT or edge.subtype is not Subtype.IDENTITY for edge in edges)
