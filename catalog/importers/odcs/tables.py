"""The tables of a contract, with what the contract says of all of them."""

from __future__ import annotations

from typing import Any

from ...model import Misfit, Table, Team
from ...reading.yaml_values import YamlMapping, without_origins
from ..building import built, narrowed
from ..shapes import Json, as_items, as_keys, texts_of
from .columns import column_of, name_of, ordered, properties_of
from .contracts import Contract, References

KINDS = frozenset({"table", "view", "materialized_view", "external", "sheet", "file"})

TABLE_KEYS = {
    "name": "name",
    "label": "businessName",
    "description": "description",
    "grain": "dataGranularityDescription",
    "kind": "physicalType",
    "columns": "properties",
}
"""Key of a table → the key of an object in the schema that says it."""

ALSO_READ = frozenset({"id", "physicalName", "logicalType", "tags", "customProperties", "relationships"})

CONTRACT_KEYS = frozenset(
    {"apiVersion", "kind", "id", "name", "version", "status", "domain", "tags", "description", "servers",
     "schema", "team", "support", "slaProperties", "customProperties"}
)  # fmt: skip

CUSTOM = {
    "audience": "audience",
    "layer": "layer",
    "clusteredBy": "clustered_by",
    "dialect": "dialect",
    "classification": "classification",
    "refresh": "refresh",
    "contact": "contact",
    "replacement": "replacement",
    "summary": "summary",
    "partitionedBy": "partitioned_by",
    "lastReviewed": "last_reviewed",
    "reviewBy": "review_by",
}
"""Custom property of a table → the key it fills; any other is a custom property here, too."""

PROMISES = {
    "latency": "freshness",
    "freshness": "freshness",
    "frequency": "update_frequency",
    "retention": "retention",
    "endOfLife": "deprecation_date",
}
"""Property of a service level → the key of a table that says it."""

UNITS = {"d": "P{}D", "day": "P{}D", "days": "P{}D", "h": "PT{}H", "hour": "PT{}H", "hours": "PT{}H",
         "m": "P{}M", "month": "P{}M", "months": "P{}M", "y": "P{}Y", "yr": "P{}Y", "years": "P{}Y",
         "min": "PT{}M", "minutes": "PT{}M"}  # fmt: skip
"""Unit of a service level → the ISO 8601 duration of so many."""

OWNERS = frozenset({"owner", "data owner", "product owner"})


def read_tables(contract: Contract, references: References, misfits: list[Misfit]) -> list[Table]:
    """The tables of a contract."""
    contract.lose(contract.root, CONTRACT_KEYS)
    contract.lose_nameless()
    common = _common(contract)
    tables = [_table(contract, each, references, common, misfits) for each in contract.tables]
    return [table for table in tables if table is not None]


def read_team(contract: Contract, misfits: list[Misfit]) -> Team | None:
    """The team that answers for a contract, and how to reach it."""
    name = _owner(contract)
    if name is None:
        return None
    written = as_keys(contract.root.get("team"))
    values = {"name": name, "description": written.get("description"), **_reached(contract)}
    return built(Team, values, contract.place(written, {"name": "name"}), misfits)


def _common(contract: Contract) -> dict[str, Any]:
    """What holds for every table of the contract."""
    root, said = contract.root, as_keys(contract.root.get("description"))
    contract.lose(said, ("purpose", "usage", "limitations"), "description.")
    limitations = said.get("limitations")
    return {
        "owner": _owner(contract),
        "status": root.get("status"),
        "domain": root.get("domain"),
        "purpose": said.get("purpose"),
        "usage": said.get("usage"),
        "limitations": limitations.splitlines() if isinstance(limitations, str) else [],
        **_service_levels(contract),
    }


def _table(
    contract: Contract, written: YamlMapping, references: References, common: Json, misfits: list[Misfit]
) -> Table | None:
    contract.lose(written, {*TABLE_KEYS.values(), *ALSO_READ}, "schema.")
    properties = list(properties_of(written.get("properties")))
    if not all(name_of(as_keys(each)) for each in as_items(written.get("properties"))):
        contract.lost["schema.properties without a name"] = None
    columns = [column_of(contract, each, references) for each in properties]
    _add_references(contract, written, columns, references)
    kind = str(written.get("physicalType") or "").lower()
    own = {
        "label": written.get("businessName") or _label(contract, written),
        "description": written.get("description"),
        "grain": written.get("dataGranularityDescription"),
    }
    values = {
        **common,
        **{key: value for key, value in own.items() if value},
        "name": contract.relation(written),
        "kind": kind if kind in KINDS else None,
        "tags": [*texts_of(contract.root.get("tags")), *texts_of(written.get("tags"))],
        "primary_key": ordered(properties, "primaryKey", "primaryKeyPosition"),
        "partitioned_by": ordered(properties, "partitioned", "partitionKeyPosition"),
        "columns": columns,
        **_custom(contract, written),
    }
    return built(Table, values, contract.place(written, TABLE_KEYS), misfits)


def _label(contract: Contract, written: Json) -> str | None:
    """The name of a contract of one table, if it says more than the table's own."""
    name = contract.root.get("name")
    is_named_alike = name in (contract.relation(written), written.get("name"), contract.root.get("id"))
    return name if isinstance(name, str) and len(contract.tables) == 1 and not is_named_alike else None


def _add_references(
    contract: Contract, written: Json, columns: list[dict[str, Any]], references: References
) -> None:
    """Keys of one column that the table states as a whole; longer ones have no place here."""
    for each in map(as_keys, as_items(written.get("relationships"))):
        source, target = each.get("from"), references.of(contract, each.get("to"))
        name = source.replace("/properties/", ".").rpartition(".")[2] if isinstance(source, str) else ""
        column = next((column for column in columns if column["name"] == name), None)
        if column is None or target is None:
            contract.lost["schema.relationships"] = None
        else:
            column["references"] = target


def _custom(contract: Contract, written: Json) -> dict[str, Any]:
    """Custom properties of the contract and of the table: keys of ours, and free ones."""
    found: dict[str, Any] = {}
    free: dict[str, Any] = {}
    for holder, known in ((contract.root, {}), (written, CUSTOM)):
        for each in map(as_keys, as_items(holder.get("customProperties"))):
            name, value = str(each.get("property")), without_origins(each.get("value"))
            if name in known:
                found[known[name]] = value
            else:
                free[name] = value
    return {**narrowed(found), "custom_properties": free}


def _service_levels(contract: Contract) -> dict[str, Any]:
    """Promises as durations where they are one; those with no place here are lost."""
    found: dict[str, Any] = {}
    for each in map(as_keys, as_items(contract.root.get("slaProperties"))):
        key = PROMISES.get(str(each.get("property")))
        value, unit = each.get("value"), str(each.get("unit") or "").lower()
        if key is None or value is None:
            contract.lost["slaProperties"] = None
        elif isinstance(value, int) and unit in UNITS:
            found[key] = UNITS[unit].format(value)
        else:
            found[key] = f"{value} {unit}".strip()
    return found


def _owner(contract: Contract) -> str | None:
    """The team's name; else the member who owns, else the first (3.0 has a list of members alone)."""
    team = contract.root.get("team")
    written = as_keys(team)
    name = written.get("name")
    if isinstance(name, str) and name.strip():
        contract.lose(written, ("id", "name", "description"), "team.")
        return name
    members = [as_keys(each) for each in as_items(written.get("members") or team)]
    named = [each for each in members if isinstance(each.get("username"), str)]
    owners = [each for each in named if str(each.get("role") or "").lower() in OWNERS]
    if len(named) > 1:
        contract.lost["team"] = None
    return next((str(each["username"]) for each in [*owners, *named]), None)


def _reached(contract: Contract) -> dict[str, Any]:
    """The first address and the first channel."""
    found: dict[str, Any] = {}
    for each in map(as_keys, as_items(contract.root.get("support"))):
        url = str(each.get("url") or "")
        if url.startswith("mailto:"):
            found.setdefault("email", url.removeprefix("mailto:"))
        else:
            found.setdefault("channel", each.get("channel"))
    return found
