"""What is recorded of metrics, cut down for partners: certificates, and how definitions stood."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from .certificates import Certificate
from .certified import Certified
from .dated import DatedMetric, DatedState, difference, recorded_fields, spoken_texts_of
from .model import Catalog, Metric
from .project import Project
from .visibility import internal_identifiers, is_for_partners, names_in

NAMES_TODAY: dict[str, Any] = {"source": None, "dimensions": (), "time_anchor": None, "owner": None}
"""Fields of a metric whose words for partners are those of other things, and an update that empties them."""

Cut = Callable[[Metric], Metric]
"""Makes of a metric what partners may know of it."""


def cut_certified(certified: Certified) -> Certified:
    """The day and what it is worth; who vouched, for which SQL, and what has changed of it stays."""
    day = certified.certificate.certified_on
    left = Certificate.model_construct(
        metric="", by="", certified_on=day, rules="", fingerprint="", not_seen=(), parts=(), note=None
    )
    return Certified(left, certified.validity)


def cut_dated(project: Project, catalog: Catalog, cut: Cut) -> dict[str, DatedMetric]:
    """The states in which partners would have seen the metrics of the cut catalog."""
    names = frozenset(name.casefold() for name in internal_identifiers(project.catalog))
    found = {}
    for name in catalog.metrics:
        recorded = project.dated.get(name, DatedMetric(()))
        states = _cut_states(recorded.states, names, cut)
        if states:
            is_current = recorded.is_current and states[-1].until is None
            found[name] = DatedMetric(states, is_current)
    return found


def _cut_states(states: Iterable[DatedState], names: frozenset[str], cut: Cut) -> tuple[DatedState, ...]:
    """The states for partners. What they saw no difference in is one state, with no break in its numbers.

    What columns, tables and teams are called to partners today is left out: a state is cited with a digest of
    its words, and these stay.
    """
    found: list[DatedState] = []
    for state in states:
        if not _was_for_partners(state, names):
            continue
        definition = cut(state.definition.model_copy(update=NAMES_TODAY))
        before = recorded_fields(found[-1].definition) if found else {}
        changed = tuple(difference(before, recorded_fields(definition))) if found else ()
        if found and not changed and not state.changes_values and found[-1].until == state.day:
            found[-1] = replace(found[-1], until=state.until)
        else:
            found.append(DatedState(state.day, definition, state.until, changed, state.changes_values))
    return tuple(found)


def _was_for_partners(state: DatedState, names: frozenset[str]) -> bool:
    """Did partners see it, and did its words name nothing internal, as it is called now or was then?"""
    if state.stays_inside or not is_for_partners(state.definition):
        return False
    return not any(names_in(text, names) for text in spoken_texts_of(recorded_fields(state.definition)))
