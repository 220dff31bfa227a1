"""What metrics say of time, held to the SQL: what dates rows, when a value is final, how late rows come.

Pure, but for what the engine does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from .conformance import ZONED, Around, Asking, Verdict, between, question_about
from .durations import duration
from .engine import Engine
from .examples import value_expression
from .lineage import Lineage
from .model import Catalog, Location, Metric, SqlText
from .settings import Settings
from .sql.timing import Age, Timing, TimingQuestion
from .trace import quoted

PLACED = "placed_in_time"
DAY = 1440
MOST_LEVELS = 8
"""Tables made from tables that are followed to what dates two parts of a fraction."""


class TimeAspect(StrEnum):
    """What is compared, in the order in which it is told."""

    ANCHOR = "anchor"
    PARTS = "parts"
    MATURITY = "maturity"
    LATE_DATA = "late_data"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class TimeHeld:
    """Something that a metric says of time, and what became of holding it to the SQL, in a sentence."""

    aspect: TimeAspect
    verdict: Verdict
    sentence: str
    location: Location


@dataclass(frozen=True, slots=True)
class MetricTime:
    """What is known of a metric's time.

    `period` is what times are cut to (`day`, `week` …), "" where that is not known. `dates` are the columns
    that date its rows. `has_two_dates`: the parts of the fraction are dated by two events.
    """

    period: str = ""
    has_two_dates: bool = False
    dates: tuple[str, ...] = ()
    held: tuple[TimeHeld, ...] = ()


Times = Mapping[str, MetricTime]
"""Metric → what is known of its time; those that no column places in time are left out."""


def hold_times(catalog: Catalog, lineage: Lineage, settings: Settings, engine: Engine) -> Times:
    """What every metric says of time, held to the SQL."""
    around = Around(catalog, lineage, settings.naming, engine)
    asked = [
        (metric, question)
        for metric in catalog.metrics.values()
        if metric.time_anchor and metric.source and (question := _question(metric, around))
    ]
    answers = engine.time([question for _, question in asked])
    return {
        metric.name: _time_of(metric, answer, around)
        for (metric, _), answer in zip(asked, answers, strict=True)
    }


def _question(metric: Metric, around: Around) -> TimingQuestion | None:
    """The metric's parts and its anchor, over the SQL of its source."""
    if metric.numerator and metric.denominator and metric.numerator.expression:
        parts = {"numerator": metric.numerator.expression, "denominator": metric.denominator.expression}
    else:
        parts = {"value": value_expression(metric) or ""}
    if not all(parts.values()):
        return None
    outputs = [f"{' '.join(written.split())} AS {part}" for part, written in parts.items()]
    conditions = f"\nWHERE {' '.join(metric.filter.split())}" if metric.filter else ""
    return _asked(metric.source or "", [*outputs, f"{metric.time_anchor} AS {PLACED}"], conditions, around)


def _asked(source: str, outputs: list[str], conditions: str, around: Around) -> TimingQuestion | None:
    """Outputs over a table, whose SQL is read, and no SQL before it; the last one is the date."""
    table = around.catalog.tables.get(source)
    dialect = (table and table.dialect) or around.naming.dialect
    sql = f"SELECT {', '.join(outputs)}\nFROM {quoted(source, dialect)}{conditions}"
    opened = between([source], around.reads(source), around)
    asking = Asking("", "", opened, frozenset([source]))
    question = question_about(SqlText(sql, Location(""), dialect), asking, around)
    names = [each.rpartition(" AS ")[2] for each in outputs]
    return TimingQuestion(question, tuple(names[:-1]), names[-1]) if question else None


def _time_of(metric: Metric, timings: tuple[Timing, ...], around: Around) -> MetricTime:
    held = [_anchor(metric, timings)]
    parts = _parts(metric, timings, around) if len(timings) == 2 else None
    held += [each for each in (parts, *_maturity(metric, timings), *_lateness(metric, timings)) if each]
    held += _zone(metric, timings)
    has_two_dates = parts is not None and len(set(_dated_by(metric))) == 2
    is_mixed = parts is not None and parts.verdict is Verdict.DIFFERS
    period = next((each.period for each in timings if each.period), "")
    return MetricTime(period, has_two_dates or is_mixed, _dates(timings), tuple(held))


def _anchor(metric: Metric, timings: tuple[Timing, ...]) -> TimeHeld:
    """Is the anchor more than the day of the run, and which columns is it?"""
    told = _Told(TimeAspect.ANCHOR, metric.at("time_anchor"))
    if timings[0].is_of_run:
        return told.differs(f"`{metric.time_anchor}` is the day of the run, whatever the row is of")
    reason = next((each.reason for each in timings if each.reason), "")
    if reason:
        return told.cannot_decide(reason)
    dates = _dates(timings)
    if not dates:
        return told.cannot_decide("it counts no rows of a table")
    return told.matches(f"rows are dated by {_listed(dates)}")


def _dates(timings: tuple[Timing, ...]) -> tuple[str, ...]:
    return tuple(sorted({f"{table}.{date}" for each in timings for table, date in each.dates}))


def _parts(metric: Metric, timings: tuple[Timing, ...], around: Around) -> TimeHeld:
    """Are numerator and denominator dated by one event, or by the two that they say?"""
    told = _Told(TimeAspect.PARTS, metric.at("numerator"))
    said = _dated_by(metric)
    found = _compared(_Pair(*timings), around)
    if isinstance(found, str):
        return told.cannot_decide(found)
    sentence = f"the numerator is dated by `{found[0]}`, the denominator by `{found[1]}`"
    if len(said) == 2 and found[0] != found[1]:
        return told.matches(sentence) if said == found else told.differs(f"{sentence}, and not as said")
    if found[0] == found[1]:
        is_said_otherwise = len(set(said)) == 2
        one = f"numerator and denominator are dated by `{found[0]}`"
        return told.differs(f"{one}, and not as said") if is_said_otherwise else told.matches(one)
    return told.differs(sentence)


def _dated_by(metric: Metric) -> tuple[str, ...]:
    """What the parts say that they are dated by."""
    said = (part.dated_by for part in (metric.numerator, metric.denominator) if part)
    return tuple(each for each in said if each)


@dataclass(frozen=True, slots=True)
class _Pair:
    """What places the numerator and the denominator in time."""

    numerator: Timing
    denominator: Timing


def _compared(pair: _Pair, around: Around) -> tuple[str, str] | str:
    """The column that dates each part, as far down as they are told apart; or why that is not known."""
    agreed: tuple[str, str] | None = None
    for _ in range(MOST_LEVELS):
        dates = [each.dates for each in (pair.numerator, pair.denominator)]
        if any(len(each) != 1 for each in dates):
            several = "one of the two adds up rows that are dated by several columns"
            return agreed or pair.numerator.reason or pair.denominator.reason or several
        (one,), (other,) = dates
        if one[0] == other[0]:
            found = f"{one[0]}.{one[1]}", f"{other[0]}.{other[1]}"
            if one != other:
                return found
            agreed = agreed or found
        below = _Pair(*(_below(each, around) for each in (pair.numerator, pair.denominator)))
        if below == pair:
            break
        pair = below
    return agreed or "they are rows of two tables, each with a date of its own"


def _below(timing: Timing, around: Around) -> Timing:
    """The same one table further up the stream; itself where there is no SQL that is read."""
    (table, date), *_ = timing.dates
    columns = sorted({each.column for each in timing.dated})
    texts = around.fillers(table)
    if len(texts) != 1:
        return timing
    outputs = [f"{name} AS part_{number}" for number, name in enumerate(filter(None, columns))]
    question = _asked(table, [*outputs, f"{date} AS {PLACED}"], "", around)
    if question is None:
        return timing
    if "" in columns:
        question = replace(question, outputs=(*question.outputs, ""))
    (answer,) = around.engine.time([question])
    if any(each.reason for each in answer):
        return timing
    return replace(timing, dated=tuple(sorted({one for each in answer for one in each.dated})))


def _maturity(metric: Metric, timings: tuple[Timing, ...]) -> Iterator[TimeHeld]:
    """Does the SQL leave out rows until they are as old as the definition says that they must be?"""
    told = _Told(TimeAspect.MATURITY, metric.at("matures_after"))
    said = _minutes(metric.matures_after)
    waits = [max((age.minutes for age in each.ages if age.is_least), default=0) for each in timings]
    if len(set(waits)) > 1:
        numerator, denominator = map(_spoken, waits)
        sentence = f"the numerator waits {numerator} for a row to be final, the denominator {denominator}"
        yield told.differs(sentence)
    elif said and waits[0] and waits[0] != said:
        age = next(each for each in timings[0].ages if each.is_least and each.minutes == waits[0])
        waited = f"the SQL waits {_spoken(waits[0])} (`{_bare(age)}`)"
        yield told.differs(f"{waited}, the definition {_spoken(said)}")
    elif said and waits[0]:
        yield told.matches(f"the SQL leaves rows out until they are {_spoken(waits[0])} old")
    elif said:
        yield told.cannot_decide("no condition of the SQL leaves young rows out")


def _lateness(metric: Metric, timings: tuple[Timing, ...]) -> Iterator[TimeHeld]:
    """Is a value final only when late rows have arrived, and are these still read?"""
    late, final = _minutes(metric.late_data), _minutes(metric.matures_after)
    if not late:
        return
    told = _Told(TimeAspect.LATE_DATA, metric.at("late_data"))
    windows = [age for each in timings for age in each.ages if not age.is_least]
    narrow = next((age for age in sorted(windows, key=lambda each: each.minutes) if age.minutes < late), None)
    lateness = f"rows come up to {_spoken(late)} late"
    if narrow:
        yield told.differs(
            f"{lateness}, and the SQL reads back {_spoken(narrow.minutes)} (`{_bare(narrow)}`)"
        )
    elif final and final < late:
        yield told.differs(f"{lateness}, and a value is called final after {_spoken(final)}")
    elif final or windows:
        yield told.matches("late rows have arrived when a value is called final, and are read")
    else:
        yield told.cannot_decide("the definition does not say when a value is final")


def _zone(metric: Metric, timings: tuple[Timing, ...]) -> Iterator[TimeHeld]:
    """Are days cut in the time zone that the definition says?"""
    said = (metric.timezone or "").strip()
    found = next((each.zone for each in timings if each.zone), "")
    if found and ZONED.match(said):
        told = _Told(TimeAspect.ZONE, metric.at("timezone"))
        sentence = f"time is cut in `{found}`"
        yield (
            told.matches(sentence)
            if found == said
            else told.differs(f"{sentence}, the definition says `{said}`")
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """What is to be told, and where it is defined."""

    aspect: TimeAspect
    location: Location

    def matches(self, sentence: str) -> TimeHeld:
        return TimeHeld(self.aspect, Verdict.MATCH, sentence, self.location)

    def differs(self, sentence: str) -> TimeHeld:
        return TimeHeld(self.aspect, Verdict.DIFFERS, sentence, self.location)

    def cannot_decide(self, sentence: str) -> TimeHeld:
        return TimeHeld(self.aspect, Verdict.CANNOT_DECIDE, sentence, self.location)


def _minutes(text: str | None) -> int:
    """The minutes of a duration; 0 where none is said."""
    length = duration(text or "")
    return round(length.total_seconds() / 60) if length else 0


def _spoken(minutes: int) -> str:
    """A length of time in words."""
    number, unit = (minutes / DAY, "day") if minutes >= DAY else (minutes / 60, "hour")
    return f"{number:g} {unit}{'' if number == 1 else 's'}" if minutes else "no time"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:4]) + (
        f" and {len(names) - 4} more" if len(names) > 4 else ""
    )


def _bare(age: Age) -> str:
    return " ".join(age.written.replace("`", "").split())
