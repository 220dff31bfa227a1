"""A source of metrics as its mapping sees it: relations, measures, metrics and functions, by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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

    def origin(self, keys: dict[str, str | None], source: str) -> Origin:
        """Where it stands, and where the values of those keys of ours do."""
        own = self.item.value.get(ORIGIN_KEY)
        start = own.at() if isinstance(own, Origin) else Location(self.file.file, 1, 1)
        places = ((key, place_of(self.item, each)) for key, each in keys.items())
        marks = tuple((key, place.line, place.column) for key, place in places if place and place.line)
        return Origin(start.file, start.line, start.column, marks, source)


@dataclass(frozen=True, slots=True)
class MappedSource:
    """All that the files of a source hold."""

    asked: Asked
    mapping: MetricMapping
    relations: tuple[Entry, ...]
    measures: tuple[Entry, ...]
    metrics: tuple[Entry, ...]
    functions: dict[str, str]

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
        found = [each for each in self.relations if each.name == name]
        same = [each for each in found if each.file.file == beside.file.file]
        candidates = same or found
        return candidates[0] if len(candidates) == 1 else None

    def aggregated(self, name: str, beside: Entry | None = None) -> Entry | None:
        """The measure or metric of that name; the one over the same relation, where there is one."""
        found = [each for each in (*self.measures, *self.metrics) if each.name == name]
        own = [each for each in found if beside and each.relation and each.relation == beside.relation]
        return next(iter(own or found), None)

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
            measures += _standing_in(root, file, mapping.measures, mapping.measure_keys, own)
            metrics += _standing_in(root, file, mapping.metrics, mapping.metric_keys, own)
            functions |= _functions(root, mapping)
        if before == len(relations) + len(measures) + len(metrics) + len(functions):
            misfits += _unmet(file, mapping)
    return MappedSource(asked, mapping, tuple(relations), tuple(measures), tuple(metrics), functions)


def _entries(root: Any, file: MetricFile, places: tuple[str, ...], name: str) -> Iterator[Entry]:
    for place in places:
        for item in items_at(root, place):
            yield Entry(item, text_at(item, name) or item.name, file)


def _standing_in(
    root: Any, file: MetricFile, places: tuple[str, ...], keys: MetricKeys, relations: list[Entry]
) -> Iterator[Entry]:
    """The entries at places, each with the relation that it stands in."""
    by_value = {id(relation.item.value): relation for relation in relations}
    for entry in _entries(root, file, places, keys.name):
        around = (by_value.get(id(each)) for each in entry.item.around)
        yield Entry(entry.item, entry.name, file, keys, next(filter(None, around), None))


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
