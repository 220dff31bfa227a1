"""Events of OpenLineage (spec 2) → which table flowed into which, with columns where a facet tells them.

A dataset is a relation if its name is one: what lies in files is known by the table in its `symlinks` facet.
Names lead to tables of the catalog by `aliases:`, as all names do.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..model import Definitions, Flow, Location, Misfit
from ..naming import split_name
from ..reading.document_faults import UnreadableError
from ..reading.tabular import files_in, read_rows
from .asked import Asked
from .building import LEFT_OUT, listed
from .tally import Pair, quoted_name

VIA = "OpenLineage"

DIALECTS = {
    "sqlserver": "tsql",
    "mssql": "tsql",
    "postgresql": "postgres",
    "awsathena": "athena",
}
"""Scheme of a namespace → sqlglot's dialect, where the two differ."""

RELATIONAL = frozenset(
    {"athena", "bigquery", "clickhouse", "databricks", "duckdb", "hive", "mysql", "oracle", "postgres",
     "presto", "redshift", "snowflake", "spark", "sqlite", "teradata", "trino", "tsql"}
)  # fmt: skip
"""Dialects in whose namespaces names are relations."""

FAILED = frozenset({"FAIL", "ABORT"})
"""Kinds of event that end a run which wrote nothing that counts."""


@dataclass(frozen=True, slots=True)
class _Dataset:
    """A relation as an event names it."""

    name: str
    dialect: str


@dataclass(slots=True)
class _Seen:
    """What the events of one run have told: of inputs when it begins, often, and of outputs when it ends."""

    inputs: set[_Dataset] = field(default_factory=set)
    outputs: set[_Dataset] = field(default_factory=set)
    sources: dict[_Dataset, set[_Dataset]] = field(default_factory=dict)
    columns: dict[tuple[_Dataset, _Dataset], set[Pair]] = field(default_factory=dict)
    day: str = ""
    has_failed: bool = False


@dataclass(slots=True)
class _Reading:
    """What reading events needs: runs by their ids, and the namespaces that hold no relations."""

    asked: Asked
    runs: dict[str, _Seen] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)


def read_openlineage(asked: Asked) -> Definitions:
    """The flows that events tell of, each counted by its runs.

    Raises:
        UnreadableError: there is no file, or none with events.
    """
    reading = _Reading(asked)
    for path in files_in(asked.path()):
        for _, event in read_rows(path, asked.file(path)):
            if isinstance(event.get("inputs"), list) or isinstance(event.get("outputs"), list):
                _note(reading, event)
    if not reading.runs:
        raise UnreadableError(
            "there is no event of OpenLineage in it", hint="Name a file of events, one on a line"
        )
    return Definitions(flows=_flows(reading.runs.values()), misfits=_left_out(reading))


def _note(reading: _Reading, event: dict[str, Any]) -> None:
    """Adds what an event tells to its run; one that is of no run tells of a job."""
    job = _keys(event.get("job"))
    run = _keys(event.get("run")).get("runId") or f"{job.get('namespace')} {job.get('name')}"
    seen = reading.runs.setdefault(str(run), _Seen())
    seen.day = max(seen.day, str(event.get("eventTime") or "")[:10])
    seen.has_failed = seen.has_failed or str(event.get("eventType")) in FAILED
    seen.inputs |= {found for each in _items(event.get("inputs")) if (found := _dataset(reading, each))}
    for each in _items(event.get("outputs")):
        output = _dataset(reading, each)
        if output is not None:
            seen.outputs.add(output)
            facet = _keys(_keys(each.get("facets")).get("columnLineage"))
            _note_columns(reading, seen, output, facet)


def _note_columns(reading: _Reading, seen: _Seen, output: _Dataset, facet: dict[str, Any]) -> None:
    """What the facet of an output tells: columns whose values arrive, and tables that only decide."""
    for column, told in _keys(facet.get("fields")).items():
        for item in _items(_keys(told).get("inputFields")):
            source = _dataset(reading, item)
            if source is None:
                continue
            seen.sources.setdefault(output, set()).add(source)
            if item.get("field") and _arrives(item):
                seen.columns.setdefault((source, output), set()).add((str(item["field"]), str(column)))
    for item in _items(facet.get("dataset")):
        source = _dataset(reading, item)
        if source is not None:
            seen.sources.setdefault(output, set()).add(source)


def _arrives(item: dict[str, Any]) -> bool:
    """Whether the value of a column arrives, and does not only decide. Facet 1-0 tells of nothing else."""
    kinds = {str(each.get("type")).upper() for each in _items(item.get("transformations"))}
    return not kinds or kinds != {"INDIRECT"}


def _dataset(reading: _Reading, item: dict[str, Any]) -> _Dataset | None:
    """The relation that a dataset is; None for one that is none, or that nobody names."""
    links = _items(_keys(_keys(_keys(item.get("facets")).get("symlinks"))).get("identifiers"))
    tables = [each for each in links if str(each.get("type")).upper() == "TABLE"]
    for each in (*tables, item):
        namespace, name = str(each.get("namespace") or ""), str(each.get("name") or "")
        scheme = namespace.partition(":")[0].casefold()
        dialect = DIALECTS.get(scheme, scheme)
        is_relation = dialect in RELATIONAL or "://" not in namespace
        if name and is_relation:
            parts = [part for part, _ in split_name(name.removeprefix("table/").replace("/", "."))]
            return _Dataset(quoted_name(parts), dialect if dialect in RELATIONAL else "")
    reading.foreign.add(str(item.get("namespace") or ""))
    return None


def _flows(runs: Iterable[_Seen]) -> tuple[Flow, ...]:
    """The flows of all runs that did not fail, as counted."""
    found: dict[tuple[_Dataset, _Dataset], Flow] = {}
    for seen in runs:
        if seen.has_failed:
            continue
        for source, target in sorted(set(_pairs(seen)), key=repr):
            columns = tuple(sorted(seen.columns.get((source, target), ())))
            flow = Flow(
                source.name, target.name, VIA, 1, _day(seen.day), columns, source.dialect, target.dialect
            )
            known = found.get((source, target))
            found[source, target] = known.joined(flow) if known else flow
    return tuple(found[pair] for pair in sorted(found, key=repr))


def _pairs(seen: _Seen) -> Iterator[tuple[_Dataset, _Dataset]]:
    """From which tables which are filled. Where a facet tells the sources of an output, those are they.

    An input that no facet speaks of may have been read for any output, and is told where there is only one.
    """
    spoken_of = {source for sources in seen.sources.values() for source in sources}
    for output in seen.outputs:
        own = seen.sources.get(output)
        rest = seen.inputs - spoken_of if len(seen.outputs) == 1 else set()
        for source in seen.inputs if own is None else own | rest:
            if source != output:
                yield source, output


def _left_out(reading: _Reading) -> tuple[Misfit, ...]:
    """The namespaces that hold no relations, as one finding."""
    if not reading.foreign:
        return ()
    path = reading.asked.source.path
    message = f"datasets in {listed(reading.foreign)} are no tables of a warehouse, and are left out"
    hint = "Let the events name the table of a file in their facet `symlinks`, if there is one"
    return (Misfit(LEFT_OUT, path, message, Location(path), hint),)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _keys(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
