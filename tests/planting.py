"""A catalog in which every field of every thing holds a text of the test's choice."""

from __future__ import annotations

import datetime
import types
from collections.abc import Callable
from enum import Enum as ClosedSet
from typing import Annotated, Any, Union, get_args, get_origin

from catalog import (
    Audience,
    Catalog,
    Edge,
    EdgeType,
    Finding,
    Gap,
    GapReason,
    Lineage,
    Location,
    Node,
    NodeKind,
    OutputColumn,
    Project,
    Settings,
    Severity,
    StatementLineage,
    Subtype,
)
from catalog.model import KINDS, SqlText, Written
from catalog.trace import Traced, TracedText

Say = Callable[[type[Written], str], str]
"""What to write into a field of a kind of thing."""

REFERENCES = frozenset(
    {"name", "owner", "enum", "references", "source", "replacement", "metric", "column", "metrics", "tables",
     "depends_on", "related", "primary_key", "dimensions", "time_anchor"}
)  # fmt: skip
"""Fields that name a thing: they all hold one name, so that everything refers to everything."""


def planted_project(say: Say, name: str, **chosen: Any) -> Project:
    """A project with one thing of each kind, all of them called `name`; `chosen` overrides fields by name."""
    things = {kind: {name: planted(cls, say, name, **chosen)} for kind, cls in KINDS.items()}
    node = Node(NodeKind.TABLE, name)
    column, source = Node(NodeKind.COLUMN, name, name), Node(NodeKind.COLUMN, f"{name} upstream", name)
    metric, report = Node(NodeKind.METRIC, name), Node(NodeKind.REPORT, name)
    text = say(SqlText, "text")
    place = Location(say(SqlText, "file"), 3, 1)
    edges = (
        Edge(source, column, EdgeType.DIRECT, Subtype.TRANSFORMATION, text, place),
        Edge(source, node, EdgeType.INDIRECT, Subtype.JOIN, text, place),
        Edge(column, metric, EdgeType.DIRECT, Subtype.AGGREGATION, text, place),
    )
    statement = StatementLineage(
        0,
        1,
        "select",
        writes=(name,),
        outputs=(OutputColumn(name, text, 1), OutputColumn(f"{name} more", text, 1)),
        gaps=(Gap(GapReason.UNSUPPORTED, text, 1, column=name),),
    )
    lineage = Lineage(
        Traced((TracedText(SqlText(text, place, "bigquery", name), (statement,)),)),
        edges,
        ((source.whole, node), (node, metric), (metric, report)),
    )
    settings = Settings(name=say(Settings, "name"), repository="https://example.com/repository")
    return Project(settings, Catalog(**things), lineage)  # type: ignore[arg-type]


def planted_findings(say: Say, name: str) -> tuple[Finding, ...]:
    """A finding about each thing of the planted project."""
    place = Location(say(SqlText, "file"), 1, 1)
    subjects = (name, f"{name}.{name}", *(f"{kind}:{name}" for kind in ("metric", "report", "team", "enum")))
    return tuple(
        Finding(
            "TB001", "a-name", Severity.ERROR, subject, say(Finding, "message"), place, say(Finding, "hint")
        )
        for subject in subjects
    )


def planted(cls: type[Written], say: Say, name: str, **chosen: Any) -> Written:
    """One thing with every field filled; not validated, so that no limit of length saves the pages."""
    values = {
        field: chosen.get(field, _value(cls, field, known.annotation, say, name))
        for field, known in cls.model_fields.items()
        if field != "origin"
    }
    return cls.model_construct(**values)


def _value(cls: type[Written], field: str, kind: Any, say: Say, name: str) -> Any:
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    arguments = get_args(kind)
    if get_origin(kind) in {Union, types.UnionType}:
        return _value(cls, field, arguments[0], say, name)
    if get_origin(kind) is tuple:
        return (_value(cls, field, arguments[0], say, name),)
    if get_origin(kind) is dict:
        return {say(cls, field): say(cls, field)}
    return _plain_value(cls, field, kind, say, name)


def _plain_value(cls: type[Written], field: str, kind: Any, say: Say, name: str) -> Any:
    if kind is str:
        return name if field in REFERENCES and (cls, field) != (KINDS["enums"], "source") else say(cls, field)
    if kind is bool:
        return True
    if kind is datetime.date:
        return datetime.date(2026, 11, 21)
    if kind is Audience:
        return Audience.INTERNAL
    if issubclass(kind, ClosedSet):
        return list(kind)[-2] if field == "status" else next(iter(kind))
    return planted(kind, say, name)
