"""Tables as data contracts of the Open Data Contract Standard 3.1.0 (bitol-io), one YAML file for each.

Source of the form: odcs-json-schema-v3.1.0.json. What it has no place for (audience, history, known issues,
labels of enumeration values) is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..lineage import Node, NodeKind
from ..logical_types import Kind, kind_of
from ..model import Audience, Column, Table, Team
from ..naming import split_name
from ..project import Project
from ..sql.edges import EdgeType
from ..yaml_text import yaml_text
from .exporting import ExportFile, Exporting, file_stems, filled

API_VERSION = "v3.1.0"

FIRST_VERSION = "1.0.0"
"""Of a contract whose table has no version in its history."""

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Contracts:
    """What is exported, and in which file each table has its contract."""

    project: Project
    files: dict[str, str]


def as_odcs(exporting: Exporting) -> Iterator[ExportFile]:
    """A contract for each table."""
    tables = exporting.project.catalog.tables
    files = {name: f"{stem}.odcs.yaml" for name, stem in file_stems(tables).items()}
    contracts = _Contracts(exporting.project, files)
    for name, table in tables.items():
        yield ExportFile(files[name], yaml_text(_contract(table, contracts)).encode("utf-8", "replace"))


def _contract(table: Table, contracts: _Contracts) -> Content:
    server = _server(table, contracts)
    team = contracts.project.catalog.teams.get(table.owner or "")
    versions = [change.version for change in table.changes if change.version]
    return filled(
        apiVersion=API_VERSION,
        kind="DataContract",
        id=table.name,
        name=table.title,
        version=versions[-1] if versions else FIRST_VERSION,
        status=table.status.value,
        domain=table.domain,
        tags=list(table.tags),
        description=filled(
            purpose=table.purpose, usage=table.usage, limitations="\n".join(table.limitations)
        ),
        servers=[server] if server else [],
        schema=[_schema(table, contracts)],
        team=_team(table, team),
        support=_support(team),
        slaProperties=list(_service_levels(table)),
        customProperties=_custom(table.custom_properties),
    )


def _server(table: Table, contracts: _Contracts) -> Content:
    """Where the table lies: its database and schema, without a connection, which nobody has written down."""
    *outer, _ = _parts(table.name)
    settings = contracts.project.settings
    schema = outer[-1] if outer else None
    database = ".".join(outer[:-1]) or (settings.database if schema else None)
    dialect = table.dialect or settings.dialect
    if dialect == "bigquery" and database and schema:
        return {"server": "warehouse", "type": "bigquery", "project": database, "dataset": schema}
    if dialect in ("redshift", "databricks") and database and schema:
        key = "catalog" if dialect == "databricks" else "database"
        return {"server": "warehouse", "type": dialect, key: database, "schema": schema}
    if schema is None:
        return {}
    return filled(server="warehouse", type="custom", database=database, schema=schema)


def _schema(table: Table, contracts: _Contracts) -> Content:
    name = _parts(table.name)[-1]
    return filled(
        id=_stable_id(name),
        name=name,
        physicalName=name,
        physicalType=table.kind.value if table.kind else None,
        logicalType="object",
        businessName=table.label,
        description=table.description or table.summary,
        dataGranularityDescription=table.grain,
        properties=_nested(table, contracts),
        customProperties=_custom(
            {
                "audience": _restricted(table),
                "layer": table.layer and table.layer.value,
                "clusteredBy": list(table.clustered_by),
                "dialect": table.dialect,
                "classification": table.classification and table.classification.value,
                "refresh": table.refresh,
                "contact": table.contact,
                "replacement": table.replacement,
                "partitionedBy": [] if _is_by_columns(table) else list(table.partitioned_by),
                "lastReviewed": table.last_reviewed and table.last_reviewed.isoformat(),
                "reviewBy": table.review_by and table.review_by.isoformat(),
                "summary": table.summary if table.description else None,
            }
        ),
    )


def _is_by_columns(table: Table) -> bool:
    """Is it partitioned by columns alone, and not by what is computed from them?"""
    return all(table.column(name) for name in table.partitioned_by)


def _nested(table: Table, contracts: _Contracts) -> list[Content]:
    """The columns as properties, fields of structs inside of their columns."""
    top: list[Content] = []
    places: dict[str, Content] = {}
    for column in table.columns:
        written = _property(table, column, contracts)
        parent = places.get(column.name.rpartition(".")[0])
        places[column.name] = written
        if parent is None:
            top.append(written)
        else:
            written["name"] = written["physicalName"] = column.name.rpartition(".")[2]
            _inside(parent).append(written)
    return top


def _inside(parent: Content) -> list[Content]:
    """The list of what is in a struct, or in the structs of an array."""
    if parent.get("logicalType") == Kind.ARRAY:
        parent = parent.setdefault("items", {"logicalType": Kind.OBJECT.value})
    else:
        parent["logicalType"] = Kind.OBJECT.value
    inner: list[Content] = parent.setdefault("properties", [])
    return inner


def _property(table: Table, column: Column, contracts: _Contracts) -> Content:
    kind = kind_of(column.type)
    relationships = _relationships(column, contracts)
    is_key, is_partition = (
        column.name in table.primary_key,
        _is_by_columns(table) and column.name in table.partitioned_by,
    )
    return filled(
        id=_stable_id(column.name) if is_key else None,
        name=column.name,
        physicalName=column.name,
        businessName=column.label,
        description=column.description,
        logicalType=kind.value if kind else None,
        physicalType=column.type,
        primaryKey=True if is_key else None,
        primaryKeyPosition=table.primary_key.index(column.name) + 1 if is_key else None,
        required=column.required,
        unique=column.unique,
        partitioned=True if is_partition else None,
        partitionKeyPosition=table.partitioned_by.index(column.name) + 1 if is_partition else None,
        classification=column.classification and column.classification.value,
        examples=list(column.examples),
        tags=list(column.tags),
        relationships=relationships,
        quality=_quality(column, contracts),
        customProperties=_custom(
            {
                "audience": _restricted(column),
                "unit": column.unit,
                "personalData": column.personal_data or None,
                "references": None if relationships else column.references,
            }
        ),
        **_made_from(table, column, contracts),
    )


def _relationships(column: Column, contracts: _Contracts) -> list[Content]:
    """What the column is a key of, in the contract of that table; needs a key of one column there."""
    other = contracts.project.catalog.tables.get(column.references or "")
    if other is None or len(other.primary_key) != 1:
        return []
    table, key = _stable_id(_parts(other.name)[-1]), _stable_id(other.primary_key[0])
    return [{"type": "foreignKey", "to": f"{contracts.files[other.name]}#/schema/{table}/properties/{key}"}]


def _quality(column: Column, contracts: _Contracts) -> list[Content]:
    enum = contracts.project.catalog.enums.get(column.enum or "")
    values = column.valid_values or tuple(each.value for each in (enum.values if enum else ()))
    if not values:
        return []
    return [
        {
            "type": "library",
            "metric": "invalidValues",
            "arguments": {"validValues": list(values)},
            "mustBe": 0,
        }
    ]


def _made_from(table: Table, column: Column, contracts: _Contracts) -> Content:
    """The columns whose values arrive in it, and the SQL, as its statement has them."""
    edges = contracts.project.lineage.edges_into(Node(NodeKind.COLUMN, table.name, column.name))
    direct = [edge for edge in edges if edge.type is EdgeType.DIRECT]
    expressions = {edge.expression for edge in direct if edge.expression}
    return {
        "transformSourceObjects": sorted({str(edge.source) for edge in direct}),
        "transformLogic": next(iter(expressions)) if len(expressions) == 1 else None,
    }


def _team(table: Table, team: Team | None) -> Content:
    return filled(name=table.owner, description=team.description if team else None)


def _support(team: Team | None) -> list[Content]:
    """Where to ask."""
    if team is None:
        return []
    channels = [{"channel": team.channel}] if team.channel else []
    return channels + ([{"channel": "email", "url": f"mailto:{team.email}"}] if team.email else [])


def _service_levels(table: Table) -> Iterator[Content]:
    """Promises of the table; spans of time as a number and a unit where they are one."""
    for name, text in (
        ("latency", table.freshness),
        ("frequency", table.update_frequency),
        ("retention", table.retention),
        ("endOfLife", table.deprecation_date and table.deprecation_date.isoformat()),
    ):
        if text:
            span = re.fullmatch(r"P(?:(\d+)([DMY])|T(\d+)(H))", text)
            number, unit = (span[1] or span[3], span[2] or span[4]) if span else (text, None)
            value = int(number) if span else text
            yield filled(property=name, value=value, unit=unit and unit.lower())


def _restricted(thing: Table | Column) -> str | None:
    """The audience, where it is smaller than that of everything imported."""
    return Audience.RESTRICTED.value if thing.audience is Audience.RESTRICTED else None


def _custom(properties: dict[str, Any]) -> list[Content]:
    return [{"property": name, "value": value} for name, value in filled(**properties).items()]


def _parts(name: str) -> list[str]:
    return [part for part, _ in split_name(name)] or [name]


def _stable_id(name: str) -> str:
    """A name as an id of the standard can be."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", name)
