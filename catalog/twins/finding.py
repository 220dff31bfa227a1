"""Catalog + Lineage → what metrics have in common: twins, clashes, relations that do not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from ..conformance import Around, Held, Verdict, held_to
from ..engine import Engine
from ..lineage import Lineage, Node, NodeKind
from ..model import Catalog, ComputedBy, Location, Metric, RelatedMetric, Relation
from ..settings import Settings
from .comparing import differences, is_same, pairs_alike, read_elsewhere
from .reading import Bucket, Ends, Fact, buckets_of, columns_behind, facts_of
from .values import Clash, Kin, Likeness, Twins, Untrue
from .words import Namesake, metrics_by_word, namesakes

NOTHING = Kin()


def find_twins(catalog: Catalog, lineage: Lineage, settings: Settings, engine: Engine) -> Twins:
    """What each metric has in common with others."""
    around = Around(catalog, lineage, settings.naming, engine)
    known = _known(around)
    gathered: dict[str, _Gathered] = {}
    _gather_likenesses(known, gathered)
    _gather_untrue(known, gathered)
    _gather_clashes(known, gathered)
    _gather_places(known, gathered)
    kin = {name: each.kin for name, each in sorted(gathered.items())}
    return {name: each for name, each in kin.items() if each != NOTHING}


@dataclass(slots=True)
class _Gathered:
    """What has been found of a metric so far."""

    alike: list[Likeness] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    untrue: list[Untrue] = field(default_factory=list)
    places: list[Held] = field(default_factory=list)

    @property
    def kin(self) -> Kin:
        """The same, to keep."""
        return Kin(*map(tuple, (self.alike, self.clashes, self.untrue, self.places)))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the metrics: those that share their ends with another, and how metrics are related."""

    around: Around
    ends: Mapping[str, Ends]
    facts: Mapping[str, Fact]
    relations: Mapping[tuple[str, str], Relation]

    def relation(self, one: str, other: str) -> Relation | None:
        """How the two stand to each other, as either says."""
        return self.relations.get((one, other)) or self.relations.get((other, one))

    def differing(self, one: str, other: str) -> tuple[str, ...] | None:
        """How two metrics differ; nothing where they compute the same, None where that is not known."""
        if one not in self.ends or other not in self.ends:
            return None
        if self.ends[one] != self.ends[other]:
            is_related = _tables(self.ends[one]) & _tables(self.ends[other])
            return (read_elsewhere(self.ends[one], self.ends[other], (one, other)),) if is_related else None
        if one not in self.facts or other not in self.facts:
            return None
        mine, theirs = self.facts[one], self.facts[other]
        if mine.bucket != theirs.bucket:
            return None
        if is_same(mine, theirs):
            return ()
        return differences(mine, theirs) or ("they read other rows, or put them together in another way",)


def _tables(ends: Ends) -> frozenset[str]:
    return frozenset(end.removeprefix("rows of ") if " " in end else end.rpartition(".")[0] for end in ends)


def _known(around: Around) -> _Known:
    buckets = buckets_of(around)
    facts: dict[str, Fact] = {}
    for bucket, metrics in buckets.items():
        if len(metrics) > 1:
            facts |= facts_of(metrics, bucket, around)
    ends = {metric.name: bucket.ends for bucket, metrics in buckets.items() for metric in metrics}
    relations = {
        (metric.name, item.name): item.relation
        for metric in around.catalog.metrics.values()
        for item in reversed(metric.related_metrics)
    }
    return _Known(around, ends, facts, relations)


def _gather_likenesses(known: _Known, gathered: dict[str, _Gathered]) -> None:
    """Pairs of one bucket that differ in one thing at most."""
    buckets: dict[Bucket, list[Fact]] = {}
    for fact in known.facts.values():
        buckets.setdefault(fact.bucket, []).append(fact)
    for facts in buckets.values():
        for one, other in pairs_alike(facts):
            told = () if is_same(one, other) else differences(one, other)
            relation = known.relation(one.metric.name, other.metric.name)
            is_settled = relation is not None if told else relation is Relation.SAME_AS
            for mine, theirs in ((one.metric.name, other.metric.name), (other.metric.name, one.metric.name)):
                gathered.setdefault(mine, _Gathered()).alike.append(Likeness(theirs, told, is_settled))


def _gather_untrue(known: _Known, gathered: dict[str, _Gathered]) -> None:
    """Relations that say the same of what differs, or the other way round."""
    for metric in known.around.catalog.metrics.values():
        for item in metric.related_metrics:
            differing = known.differing(metric.name, item.name)
            sentence = _untruth(metric, item, differing) if differing is not None else ""
            if sentence:
                found = Untrue(item.name, item.relation, sentence, item.at("relation"))
                gathered.setdefault(metric.name, _Gathered()).untrue.append(found)


def _untruth(metric: Metric, item: RelatedMetric, differing: tuple[str, ...]) -> str:
    if item.relation is Relation.SAME_AS and differing:
        return f"`{metric.name}` is said to be the same as `{item.name}`: {'; '.join(differing)}"
    if item.relation is Relation.DIFFERS_FROM and not differing:
        return f"`{metric.name}` is said to differ from `{item.name}`, and both compute the same"
    return ""


def _gather_clashes(known: _Known, gathered: dict[str, _Gathered]) -> None:
    """Metrics that go by one word, and compute two things."""
    met: set[tuple[str, str]] = set()
    for word, places in metrics_by_word(known.around.catalog).items():
        for one, other in combinations(places, 2):
            differing = known.differing(one, other)
            is_settled = known.relation(one, other) in (Relation.SAME_AS, Relation.DIFFERS_FROM)
            if differing and not is_settled and (one, other) not in met:
                met.add((one, other))
                found = Clash(word, f"the metric `{one}`", differing, places[other])
                gathered.setdefault(other, _Gathered()).clashes.append(found)


def _gather_places(known: _Known, gathered: dict[str, _Gathered]) -> None:
    """Outputs and fields that go by the name of a metric, held to it."""
    words = metrics_by_word(known.around.catalog)
    owners = {word: next(iter(places)) for word, places in words.items() if len(places) == 1}
    met: set[tuple[str, str]] = set()
    for name, namesake in namesakes(owners, known.around):
        key = name, namesake.column or namesake.of
        if key in met or name not in known.ends:
            continue
        met.add(key)
        found = _held_to_name(name, namesake, known)
        if isinstance(found, Clash):
            gathered.setdefault(name, _Gathered()).clashes.append(found)
        elif found is not None:
            gathered.setdefault(name, _Gathered()).places.append(found)


def _held_to_name(name: str, namesake: Namesake, known: _Known) -> Clash | Held | None:
    """The clash of a namesake with a metric, or the place that computes it; None where there is neither."""
    if namesake.metric:
        is_settled = known.relation(name, namesake.metric) is not None
        differing = None if is_settled else known.differing(name, namesake.metric)
        return _clash(namesake, differing) if differing else None
    if namesake.columns:
        lacking = known.ends[name] - columns_behind(namesake.columns, known.around)
        if not lacking or any(end.startswith("rows of ") for end in lacking):
            return None
        listed = ", ".join(f"`{end}`" for end in sorted(lacking))
        return _clash(namesake, (f"it does not read {listed}",))
    metric = known.around.catalog.metrics[name]
    if not namesake.column or _is_known_place(metric, namesake.column, known.around):
        return None
    held = held_to(metric, ComputedBy(column=namesake.column), known.around)
    if held.verdict is not Verdict.DIFFERS:
        return _at_column(held, namesake, known.around)
    found = _clash(namesake, tuple(each.sentence for each in held.differences))
    return found if found.location.file else replace(found, location=held.differences[0].location)


def _clash(namesake: Namesake, differing: tuple[str, ...]) -> Clash:
    return Clash(namesake.word, namesake.of, differing, namesake.location)


def _is_known_place(metric: Metric, column: str, around: Around) -> bool:
    """Does the metric name it, or is it made from it?"""
    upstream = around.lineage.rests_on(Node(NodeKind.METRIC, metric.name))
    return column in {str(node) for node in upstream} | {item.column for item in metric.computed_by}


def _at_column(held: Held, namesake: Namesake, around: Around) -> Held:
    """The place with where it is documented."""
    table, _, column = namesake.column.rpartition(".")
    known = around.catalog.tables.get(table)
    entry = known and known.column(column)
    location = entry.at() if entry else known.at() if known else Location("")
    return Held(held.of, held.verdict, location, held.differences, held.compared, held.reason)
