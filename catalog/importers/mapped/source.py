"""A source of metrics as its mapping sees it: relations, measures, metrics and functions, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...mapping import MetricKeys, MetricMapping
from ...model import Location, Misfit, Origin
from ...reading.yaml_values import ORIGIN_KEY, YamlMapping
from ...suggest import did_you_mean
from ..asked import Asked
from ..building import LEFT_OUT
from ..paths import Item, items_at, place_of, text_at
from .files import MetricFile


@dataclass(frozen=True, slots=True)
class Entry:
    """A relation, measure or metric. `relation` is the one that it stands in, by place in the file."""

    item: Item
    name: str
    file: MetricFile
    keys: MetricKeys | None = None
    relation: Entry | None = None
    is_metric: bool = False

    def origin(self, keys: dict[str, str | None], source: str) -> Origin:
        """Where it stands, and where the values of those keys of ours do."""
        own = self.item.value.get(ORIGIN_KEY)
        start = own.at() if isinstance(own, Origin) else Location(self.file.file, 1, 1)
        places = ((key, place_of(self.item, each)) for key, each in keys.items())
        marks = tuple((key, place.line, place.column) for key, place in places if place and place.line)
        return Origin(start.file, start.line, start.column, marks, source)


Named = Mapping[tuple[str, str], list[Entry]]
"""File and name → the entries of that name in it; of `ANY_FILE` those of all."""

ANY_FILE = ""


@dataclass(frozen=True, slots=True)
class MappedSource:
    """All that the files of a source hold. `by_name` has measures, then metrics.

    `dimensions` are those of relations that were asked for, by the identity of the relation.
    """

    asked: Asked
    mapping: MetricMapping
    relations: tuple[Entry, ...]
    metrics: tuple[Entry, ...]
    functions: Mapping[str, str]
    by_name: Named
    relations_by_name: Named
    dimensions: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """What pages say of where a thing was imported from."""
        return f"{self.mapping.name}, `{self.asked.source.path}`"

    @property
    def dialect(self) -> str:
        """The SQL dialect of the expressions."""
        return self.asked.source.dialect or self.asked.settings.dialect

    def relation(self, name: str, beside: Entry) -> Entry | None:
        """The relation of that name: of the same file, else the only one there is."""
        same_file = self.relations_by_name.get((beside.file.file, name), [])
        candidates = same_file or self.relations_by_name.get((ANY_FILE, name), [])
        return candidates[0] if len(candidates) == 1 else None

    def aggregated(self, name: str, beside: Entry) -> Entry | None:
        """The measure or metric of that name: over the same relation, of the same file, else the only one."""
        same_file = self.by_name.get((beside.file.file, name), [])
        own = [each for each in same_file if each.relation is not None and each.relation is beside.relation]
        if own or same_file:
            return (own or same_file)[0]
        found = self.by_name.get((ANY_FILE, name), [])
        return found[0] if len({each.file.file for each in found}) == 1 else None

    def metric_name(self, metric: Entry, relation: Entry | None) -> str:
        """What a metric is called here."""
        values = {
            "name": metric.name,
            "file": metric.file.stem,
            "relation": relation.name if relation else "",
        }
        return filled(self.mapping.metric_name, values).strip(".")


def gathered(
    asked: Asked, mapping: MetricMapping, files: list[MetricFile], misfits: list[Misfit]
) -> MappedSource:
    """What the mapping finds in the files. A file in which it finds nothing is noted."""
    relations: list[Entry] = []
    measures: list[Entry] = []
    metrics: list[Entry] = []
    functions: dict[str, str] = {}
    for file in files:
        before = len(relations) + len(measures) + len(metrics) + len(functions)
        for root in file.roots:
            own = list(_entries(root, file, mapping.relations, mapping.relation_keys.name))
            relations += own
            measures += _standing_in(root, file, mapping, own, is_metric=False)
            metrics += _standing_in(root, file, mapping, own, is_metric=True)
            functions |= _functions(root, mapping)
        if before == len(relations) + len(measures) + len(metrics) + len(functions):
            misfits += _unmet(file, mapping)
    by_name, relations_by_name = _by_name([*measures, *metrics]), _by_name(relations)
    return MappedSource(
        asked, mapping, tuple(relations), tuple(metrics), functions, by_name, relations_by_name
    )


def _by_name(entries: list[Entry]) -> Named:
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for file in (entry.file.file, ANY_FILE):
            found.setdefault((file, entry.name), []).append(entry)
    return found


def _entries(root: Any, file: MetricFile, places: tuple[str, ...], name: str) -> Iterator[Entry]:
    for place in places:
        for item in items_at(root, place):
            yield Entry(item, text_at(item, name) or item.name, file)


def _standing_in(
    root: Any, file: MetricFile, mapping: MetricMapping, relations: list[Entry], *, is_metric: bool
) -> Iterator[Entry]:
    """The metrics or measures of a file, each with the relation that it stands in."""
    places, keys = mapping.measures, mapping.measure_keys
    if is_metric:
        places, keys = mapping.metrics, mapping.metric_keys
    by_value = {id(relation.item.value): relation for relation in relations}
    for entry in _entries(root, file, places, keys.name):
        around = (by_value.get(id(each)) for each in entry.item.around)
        relation = next(filter(None, around), None)
        yield Entry(entry.item, entry.name, file, keys, relation, is_metric)


def _functions(root: Any, mapping: MetricMapping) -> dict[str, str]:
    items = items_at(root, mapping.functions) if mapping.functions else ()
    found = ((item.name, text_at(item, mapping.function_sql)) for item in items)
    return {name: sql for name, sql in found if sql}


def _unmet(file: MetricFile, mapping: MetricMapping) -> Iterator[Misfit]:
    """The finding about a file that is not laid out as the mapping says, and about nothing else."""
    looked_at = (*mapping.metrics, *mapping.measures, *mapping.relations, mapping.functions or "")
    heads = sorted({place.partition(".")[0] for place in looked_at if place})
    for root in file.roots[:1]:
        keys = [key for key in root if key != ORIGIN_KEY] if isinstance(root, YamlMapping) else []
        if keys and all(key in mapping.passed_over or key in heads for key in keys):
            return
        where = ", ".join(f"`{each}`" for each in heads)
        message = f"nothing in `{file.file}` is where the mapping `{mapping.name}` looks ({where})"
        guesses = (did_you_mean(str(key), heads) for key in keys if key not in mapping.passed_over)
        otherwise = "Name the places of its metrics in a mapping of your own, or leave it out with `files:`"
        hint = next(filter(None, guesses), otherwise)
        yield Misfit(LEFT_OUT, file.file, message, Location(file.file, 1, 1), hint)


def filled(pattern: str, values: dict[str, str]) -> str:
    """A pattern with its places in braces filled; what is none of them stays."""
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern
