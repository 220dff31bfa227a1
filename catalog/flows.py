"""Lineage that other tools tell of, held against what was traced: does the SQL say so, too? Pure."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from .model import Flow
from .sql.shards import sharded


class FlowStanding(StrEnum):
    """How a flow that a tool tells of stands to the SQL of the catalog."""

    IN_SQL = "in_sql"
    THROUGH_OTHERS = "through_others"
    ONLY_TOLD = "only_told"


@dataclass(frozen=True, slots=True)
class ToldFlow:
    """A flow, and whether SQL of the catalog says the same."""

    flow: Flow
    standing: FlowStanding


def settle(
    flows: Iterable[Flow], tables: Container[str], above: Mapping[str, Iterable[str]]
) -> tuple[ToldFlow, ...]:
    """The flows into or out of tables that are known, each once, the most frequent first.

    Args:
        flows: Under canonical names; pieces of a table for each day count as the table.
        tables: Those of the catalog.
        above: Table → what its SQL reads.
    """
    found: dict[tuple[str, str, str], Flow] = {}
    for flow in flows:
        source, target = sharded(flow.source, tables), sharded(flow.target, tables)
        if source == target or (source not in tables and target not in tables):
            continue
        key = (source, target, flow.via)
        named = replace(flow, source=source, target=target)
        found[key] = found[key].joined(named) if key in found else named
    ancestors = {flow.target: _ancestors(flow.target, above) for flow in found.values()}
    told = [ToldFlow(flow, _standing(flow, above, ancestors[flow.target])) for flow in found.values()]
    return tuple(
        sorted(told, key=lambda each: (-each.flow.count, each.flow.source, each.flow.target, each.flow.via))
    )


def by_table(told: Iterable[ToldFlow], side: Callable[[Flow], str]) -> dict[str, tuple[ToldFlow, ...]]:
    """Table → the flows that have it on that side."""
    found: dict[str, list[ToldFlow]] = {}
    for each in told:
        found.setdefault(side(each.flow), []).append(each)
    return {table: tuple(flows) for table, flows in found.items()}


def _standing(flow: Flow, above: Mapping[str, Iterable[str]], ancestors: Container[str]) -> FlowStanding:
    if flow.source in above.get(flow.target, ()):
        return FlowStanding.IN_SQL
    return FlowStanding.THROUGH_OTHERS if flow.source in ancestors else FlowStanding.ONLY_TOLD


def _ancestors(table: str, above: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Everything that the SQL behind a table reads, however many tables away."""
    found: set[str] = set()
    waiting = [table]
    for each in waiting:
        new = set(above.get(each, ())) - found
        found |= new
        waiting.extend(sorted(new))
    return frozenset(found)
