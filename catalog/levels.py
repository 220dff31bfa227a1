"""How well a metric is backed: gold, silver or bronze, by rules alone. Nobody declares a level.

The rules are the table at the end. A level is reached when all of its rules are met, and all of those below.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from .certified import Validity
from .conformance import Verdict
from .fingerprints import Hops, Upstream, not_seen, upstream_of
from .lineage import Node
from .model import Metric, MetricType
from .project import Project

SHOWN = 3
"""Names that are told of what is missing."""

SOME, ALL = 70, 100
"""Percent of the columns upstream that are described, for silver and for gold."""


class Level(StrEnum):
    """How much of what can be known about a metric is known, best first."""

    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What rules look at. `hidden` is where the lineage was not seen whole."""

    metric: Metric
    project: Project
    upstream: Upstream
    hidden: tuple[str, ...]
    today: datetime.date


@dataclass(frozen=True, slots=True)
class Rule:
    """What a level asks for. `missing` says what is missing: empty if nothing, None if it is not asked."""

    level: Level
    text: str
    missing: Callable[[Evidence], str | None]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of a rule."""

    level: Level
    text: str
    missing: str = ""

    @property
    def is_met(self) -> bool:
        """Is nothing missing?"""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Leveled:
    """The level of a metric, None where it reaches not even bronze, and what became of each rule."""

    level: Level | None
    rulings: tuple[Ruling, ...] = ()


def levels_of(project: Project, today: datetime.date) -> dict[str, Leveled]:
    """The level of each metric of a project on that day."""
    whole: dict[str, bool] = {}
    hops: Hops = {}
    found = {}
    for name, metric in project.catalog.metrics.items():
        upstream = upstream_of(project.lineage, metric, hops)
        hidden = not_seen(metric, upstream, project.lineage, project.catalog, whole)
        found[name] = _leveled(Evidence(metric, project, upstream, hidden, today))
    return found


def _leveled(evidence: Evidence) -> Leveled:
    asked = [(rule, rule.missing(evidence)) for rule in RULES]
    rulings = tuple(Ruling(rule.level, rule.text, found) for rule, found in asked if found is not None)
    return Leveled(_reached(rulings), rulings)


def _reached(rulings: Iterable[Ruling]) -> Level | None:
    failed = {ruling.level for ruling in rulings if not ruling.is_met}
    reached = None
    for level in reversed(Level):
        if level in failed:
            break
        reached = level
    return reached


def _unless(is_met: object, missing: str) -> str:
    return "" if is_met else missing


def _owner(evidence: Evidence) -> str:
    owner = evidence.metric.owner
    return _unless(owner in evidence.project.catalog.teams, f"no team `{owner}`" if owner else "`owner`")


def _in_words(evidence: Evidence) -> str:
    return _unless(evidence.metric.summary or evidence.metric.description, "`summary` or `description`")


def _formula(evidence: Evidence) -> str:
    metric = evidence.metric
    parts = (metric.numerator, metric.denominator)
    return _unless(metric.formula or all(part and part.label for part in parts), "`formula`")


def _computed(evidence: Evidence) -> str:
    is_traced = evidence.project.lineage.expressions(evidence.metric.name)
    is_known = evidence.metric.source in evidence.project.catalog.tables
    return _unless(is_traced and is_known, "SQL over a table of the catalog")


def _given(*keys: str) -> Callable[[Evidence], str]:
    """Asks for fields of the definition."""

    def missing(evidence: Evidence) -> str:
        return ", ".join(f"`{key}`" for key in keys if not getattr(evidence.metric, key))

    return missing


def _placed_in_time(evidence: Evidence) -> str | None:
    """A metric made of others may have no rows of its own to place in time."""
    if evidence.metric.type is MetricType.DERIVED:
        return None
    return _unless(evidence.metric.time_anchor, "`time_anchor`")


def _described(percent: int) -> Callable[[Evidence], str]:
    """Asks for descriptions of so many percent of the columns upstream."""

    def missing(evidence: Evidence) -> str:
        columns = evidence.upstream.columns
        bare = [node for node in columns if not _is_described(node, evidence.project)]
        is_enough = len(bare) * 100 <= len(columns) * (100 - percent)
        named = ", ".join(f"`{node}`" for node in bare[:SHOWN])
        more = f" and {len(bare) - SHOWN} more" if len(bare) > SHOWN else ""
        return _unless(is_enough, f"of {len(columns)}: {named}{more}")

    return missing


def _is_described(column: Node, project: Project) -> bool:
    table = project.catalog.tables.get(column.name)
    entry = table.column(column.column) if table else None
    return bool(entry and entry.description)


def _seen_whole(evidence: Evidence) -> str:
    named = ", ".join(f"`{name}`" for name in evidence.hidden[:SHOWN])
    more = f" and {len(evidence.hidden) - SHOWN} more" if len(evidence.hidden) > SHOWN else ""
    return _unless(not evidence.hidden, f"{named}{more}")


def _conforms(evidence: Evidence) -> str:
    held = evidence.project.conformance.get(evidence.metric.name, ())
    differing = [each.of for each in held if each.verdict is Verdict.DIFFERS and each.excused is None]
    return ", ".join(f"`{name}`" for name in differing)


def _examples_right(evidence: Evidence) -> str:
    run = evidence.project.examples.get(evidence.metric.name, ())
    wrong = [each for each in run if each.is_right is False]
    return ", ".join(f"`{each.title or each.expected}`" for each in wrong)


def _fresh(evidence: Evidence) -> str:
    table = evidence.project.catalog.tables.get(evidence.metric.source or "")
    return _unless(table and table.freshness, f"`freshness` of `{evidence.metric.source}`")


def _example_run(evidence: Evidence) -> str:
    run = evidence.project.examples.get(evidence.metric.name, ())
    return _unless(any(each.is_right for each in run), "`examples`")


def _compared(evidence: Evidence) -> str | None:
    """Asked where the definition names other SQL that computes it."""
    held = evidence.project.conformance.get(evidence.metric.name, ())
    undecided = [each.of for each in held if each.verdict is Verdict.CANNOT_DECIDE]
    return ", ".join(f"`{name}`" for name in undecided) if held else None


def _approved_by_owner(evidence: Evidence) -> str | None:
    """Asked where the team says what it is called in CODEOWNERS."""
    team = evidence.project.catalog.teams.get(evidence.metric.owner or "")
    if team is None or not team.code_owner:
        return None
    named = evidence.project.code_owners.get(evidence.metric.origin.file, ())
    return _unless(team.code_owner in named, f"`{team.code_owner}`")


def _vouched_for(evidence: Evidence) -> str:
    certified = evidence.project.certified.get(evidence.metric.name)
    if certified is None:
        return f"`plumbline certify {evidence.metric.name}`"
    if certified.validity is Validity.LAPSED:
        return "it has lapsed"
    if certified.validity is Validity.OTHER_RULES:
        return "it was made by other rules"
    return _unless(certified.is_complete, "it was given while the lineage had gaps")


def _reviewed(evidence: Evidence) -> str:
    metric = evidence.metric
    if not metric.last_reviewed or not metric.review_by:
        return _given("last_reviewed", "review_by")(evidence)
    return _unless(metric.review_by >= evidence.today, f"it was due on {metric.review_by}")


RULES: tuple[Rule, ...] = (
    Rule(Level.BRONZE, "A team of the catalog answers for it", _owner),
    Rule(Level.BRONZE, "It says in words what it is", _in_words),
    Rule(Level.BRONZE, "Its formula is said in words", _formula),
    Rule(Level.BRONZE, "It is computed by SQL over a table of the catalog", _computed),
    Rule(Level.BRONZE, "Its unit is given", _given("unit")),
    Rule(Level.SILVER, "What counts and what does not is said", _given("includes", "excludes")),
    Rule(Level.SILVER, "Its limits are said", _given("limitations")),
    Rule(Level.SILVER, "What one value stands for is said", _given("grain")),
    Rule(Level.SILVER, "It says what places a row in time", _placed_in_time),
    Rule(Level.SILVER, "A greatest age is promised for its source", _fresh),
    Rule(Level.SILVER, f"At least {SOME} % of the columns that reach it are described", _described(SOME)),
    Rule(Level.SILVER, "Its lineage was seen whole, to the far end", _seen_whole),
    Rule(Level.SILVER, "No other SQL that computes it differs from its definition", _conforms),
    Rule(Level.SILVER, "No example gives another value than promised", _examples_right),
    Rule(Level.GOLD, "Every column that reaches it is described", _described(ALL)),
    Rule(Level.GOLD, "An example was run and gave the promised value", _example_run),
    Rule(Level.GOLD, "All other SQL that computes it was compared with its definition", _compared),
    Rule(Level.GOLD, "Its owner approves changes of it, by CODEOWNERS", _approved_by_owner),
    Rule(Level.GOLD, "Somebody vouched for it, and nothing has changed its meaning since", _vouched_for),
    Rule(Level.GOLD, "It was reviewed, and the next review is not overdue", _reviewed),
)
"""What each level asks for. A rule that does not apply to a metric is left out for it."""


def levels_text() -> str:
    """What each level asks for as Markdown, bronze first: the rules themselves, in words."""
    parts = []
    for level in reversed(Level):
        rules = "\n".join(f"- {rule.text}" for rule in RULES if rule.level is level)
        parts.append(f"**{level.capitalize()}**\n\n{rules}")
    return "\n\n".join(parts) + "\n"
