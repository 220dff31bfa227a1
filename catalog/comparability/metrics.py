"""Two metrics → whether they may be added, divided or compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..answers import Answer, Comparability, Doubt, Operation, answered
from ..durations import duration
from ..model import Additivity, Audience, Direction, KnownIssue, Metric, MetricType, Relation, Status
from ..project import Project
from ..timing import MetricTime

SHARES = ("percent", "%", "per cent", "share", "ratio")
"""Beginnings of units that are parts of a whole, of a hundred or of one."""

POINTWISE = ("median", "percentile", "p50", "p90", "p95", "p99", "quantile", "maximum", "minimum")
"""Words of a statistic that is read off the order of single values."""

MOST_NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class _Side:
    """A metric with what is known of its time, and the issues that its reader may know of."""

    metric: Metric
    time: MetricTime
    issues: tuple[KnownIssue, ...]

    @property
    def title(self) -> str:
        """What to call it in a sentence."""
        return f"“{self.metric.title}”"

    @property
    def anchor(self) -> str:
        """The column of its source that dates its rows."""
        return f"{self.metric.source}.{self.metric.time_anchor}"

    @property
    def unit(self) -> str:
        """What it is counted in; all shares are alike."""
        unit = (self.metric.unit or "").strip().casefold()
        return "percent" if unit.startswith(SHARES) else unit

    @property
    def quotient(self) -> str:
        """What it is called if it divides one sum by another."""
        if self.unit == "percent":
            return "share"
        return "ratio" if self.metric.type is MetricType.RATIO else ""

    @property
    def statistic(self) -> str:
        """What it reads off the order of values, if it does."""
        said = (self.metric.statistic or "").casefold()
        return said if any(word in said for word in POINTWISE) else ""


def compare_metrics(
    project: Project, one: str, other: str, audience: Audience = Audience.INTERNAL
) -> Comparability:
    """Whether two metrics may be added, divided (the first by the other) and compared.

    Args:
        project: The whole project, also where the reader sees a part of it alone.
        one: Name of a metric.
        other: Name of another.
        audience: Who reads it: issues of the data that they may not know of are no reason.
    """
    sides = _side(project, one, audience), _side(project, other, audience)
    return Comparability(
        one,
        other,
        (
            answered(Operation.ADD, _adding(project, *sides)),
            answered(Operation.DIVIDE, _dividing(*sides)),
            answered(Operation.COMPARE, _comparing(*sides)),
        ),
    )


def neighbours_of(project: Project, name: str) -> tuple[str, ...]:
    """The metrics worth comparing one with: those related to it, then those of its topic, by title."""
    metrics = project.catalog.metrics
    metric = metrics[name]
    named = [item.name for item in metric.related_metrics if item.name in metrics]
    related = [*named, *project.metrics_naming.get(name, ())]
    in_use = [each for each in related if metrics[each].status is not Status.RETIRED]
    # No more than can be told: a topic may have thousands.
    topic = project.metrics_by_topic.get(metric.domain or "", ())[: MOST_NEIGHBOURS + len(related) + 1]
    listed = dict.fromkeys([*in_use, *topic])
    return tuple(each for each in listed if each != name)[:MOST_NEIGHBOURS]


def _side(project: Project, name: str, audience: Audience) -> _Side:
    metric = project.catalog.metrics[name]
    return _Side(metric, project.times.get(name, MetricTime()), issues_for(metric, audience))


def issues_for(metric: Metric, audience: Audience) -> tuple[KnownIssue, ...]:
    """The known issues of a metric that an audience may read."""
    is_partner = audience is Audience.PARTNER
    return tuple(
        issue for issue in metric.known_issues if not is_partner or issue.audience in (None, Audience.PARTNER)
    )


def _adding(project: Project, one: _Side, other: _Side) -> Iterator[Doubt]:
    for side in (one, other):
        if side.quotient:
            yield Answer.NO, f"{side.title} is a {side.quotient}, and {side.quotient}s are never added"
        elif side.metric.additivity is Additivity.NON_ADDITIVE:
            yield Answer.NO, f"{side.title} may never be added up"
        elif side.metric.additivity is None:
            yield Answer.UNKNOWN, f"it is not said whether {side.title} may be added up"
    yield from _same_rows(project, one, other)
    yield from _units(one, other)
    yield from _dates(one, other, Answer.NO)
    if Additivity.SEMI_ADDITIVE in (one.metric.additivity, other.metric.additivity):
        yield Answer.WITH_CARE, "only at one and the same moment: a stock is not added over time"
    yield Answer.WITH_CARE, "only if nothing is counted in both, which no definition rules out"


def _dividing(one: _Side, other: _Side) -> Iterator[Doubt]:
    for side in (one, other):
        if side.quotient:
            yield Answer.NO, f"{side.title} is a {side.quotient} already: divide the counts behind it"
        elif side.statistic:
            yield Answer.NO, f"{side.title} is a {side.statistic}, and not a sum of what it is made from"
    yield from _dates(one, other, Answer.NO)
    yield from _maturities(one, other)
    if len({one.metric.additivity, other.metric.additivity} & {Additivity.SEMI_ADDITIVE}) == 1 and (
        one.metric.additivity is not other.metric.additivity
    ):
        yield Answer.WITH_CARE, "one is a stock at a moment, the other what happens over a period"
    if _populations_differ(one, other):
        above, below = (side.metric.population or side.title for side in (one, other))
        yield Answer.WITH_CARE, f"only where “{above}” is a part of “{below}”"


def _comparing(one: _Side, other: _Side) -> Iterator[Doubt]:
    yield from _units(one, other)
    if _is_said_to_differ(one, other):
        yield Answer.WITH_CARE, "their definitions say that the two are not the same"
    if one.statistic != other.statistic:
        told = (side.metric.statistic or "mean or sum" for side in (one, other))
        yield Answer.WITH_CARE, "one is a {}, the other a {}".format(*told)
    yield from _dates(one, other, Answer.WITH_CARE)
    yield from _maturities(one, other)
    if one.time.period and other.time.period and one.time.period != other.time.period:
        periods = sorted((one.time.period, other.time.period))
        yield Answer.WITH_CARE, f"one is by {periods[0]}, the other by {periods[1]}"
    if _populations_differ(one, other):
        yield Answer.WITH_CARE, "they are of different populations"
    yield from _directions(one, other)
    for side in (one, other):
        if any(issue.until is None for issue in side.issues):
            yield Answer.WITH_CARE, f"the data of {side.title} have a known fault that lasts"


def _same_rows(project: Project, one: _Side, other: _Side) -> Iterator[Doubt]:
    kin = project.twins.get(one.metric.name)
    for likeness in kin.alike if kin else ():
        if likeness.other == other.metric.name:
            told = "compute the same" if not likeness.differences else "count the same but for one thing"
            yield Answer.NO, f"the two {told}: most would be in the sum twice"


def _units(one: _Side, other: _Side) -> Iterator[Doubt]:
    if one.unit and other.unit and one.unit != other.unit:
        yield Answer.NO, f"one is in {one.metric.unit}, the other in {other.metric.unit}"
    elif one.unit == "percent" and one.metric.unit != other.metric.unit:
        units = f"one is in {one.metric.unit}, the other in {other.metric.unit}"
        yield Answer.WITH_CARE, f"{units}: bring both to one scale first"
    elif not (one.unit and other.unit):
        side = other if one.unit else one
        yield Answer.UNKNOWN, f"the unit of {side.title} is not said"


def _dates(one: _Side, other: _Side, answer: Answer) -> Iterator[Doubt]:
    """Whether one event dates both, on days cut in one time zone."""
    undated = [side for side in (one, other) if not (side.metric.time_anchor or side.time.dates)]
    is_one_event = _is_one_event(one, other)
    if len(undated) == 1:
        yield Answer.UNKNOWN, f"what dates {undated[0].title} is not said"
    elif is_one_event is False:
        yield answer, "other events date them: what is in one on a day is not what is in the other"
    elif is_one_event is None:
        yield Answer.WITH_CARE, "each is dated by an event of its own"
    zones = [(side.metric.timezone or "").strip() for side in (one, other)]
    if all(zones) and zones[0].casefold() != zones[1].casefold():
        yield answer, "their days begin at other hours ({} and {})".format(*zones)


def _is_one_event(one: _Side, other: _Side) -> bool | None:
    """Are both dated by one event? Not, if two columns of one table date them; else it is not known."""
    if one.metric.source == other.metric.source and not (one.time.dates and other.time.dates):
        return one.metric.time_anchor == other.metric.time_anchor
    mine, theirs = set(one.time.dates), set(other.time.dates)
    if mine & theirs or one.anchor in theirs or other.anchor in mine:
        return True
    tables = [{name.rpartition(".")[0] for name in {*dates, side.anchor}} for side, dates in
              ((one, mine), (other, theirs))]  # fmt: skip
    return False if tables[0] & tables[1] else None


def _maturities(one: _Side, other: _Side) -> Iterator[Doubt]:
    lengths = [duration(side.metric.matures_after or "") for side in (one, other)]
    if lengths[0] and lengths[1] and lengths[0] != lengths[1]:
        later = one if lengths[0] > lengths[1] else other
        yield Answer.WITH_CARE, f"only once {later.title} is final too, which takes longer"


def _populations_differ(one: _Side, other: _Side) -> bool:
    mine, theirs = one.metric, other.metric
    if mine.population and theirs.population:
        return mine.population.casefold() != theirs.population.casefold()
    return (mine.source, mine.filter) != (theirs.source, theirs.filter)


def _is_said_to_differ(one: _Side, other: _Side) -> bool:
    return any(
        item.relation is Relation.DIFFERS_FROM and item.name == theirs.metric.name
        for mine, theirs in ((one, other), (other, one))
        for item in mine.metric.related_metrics
    )


def _directions(one: _Side, other: _Side) -> Iterator[Doubt]:
    directions = {one.metric.direction, other.metric.direction}
    if directions == {Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER}:
        yield Answer.WITH_CARE, "higher is better for one, and worse for the other"
