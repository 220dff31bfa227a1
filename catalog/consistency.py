"""A metric held to itself: does what it says in one place agree with what it says in another? Pure, but for
what the engine does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .engine import Engine
from .model import Additivity, Catalog, Location, Metric, MetricType, Table
from .settings import Settings
from .sql.composition import Aggregate, Composition, CompositionQuestion

PERCENT = frozenset({"%", "percent", "per cent"})

DURATIONS = {
    "seconds": "seconds", "second": "seconds", "s": "seconds", "sec": "seconds",
    "minutes": "minutes", "minute": "minutes", "min": "minutes",
    "hours": "hours", "hour": "hours", "h": "hours",
    "days": "days", "day": "days", "d": "days",
}  # fmt: skip
"""Unit as it is written → unit of time."""

ADDS_UP = frozenset({"SUM", "COUNT", "COUNTIF"})
"""Aggregates whose values over parts add up to the value over all."""


class FaultKind(StrEnum):
    """What of a metric does not agree with itself."""

    CONTRADICTION = "contradiction"
    UNGUARDED = "unguarded"
    ADDITIVITY = "additivity"
    AVERAGED = "averaged"


@dataclass(frozen=True, slots=True)
class OwnFault:
    """Something in a definition that does not agree with the rest of it, in a sentence."""

    kind: FaultKind
    sentence: str
    location: Location


OwnFaults = Mapping[str, tuple[OwnFault, ...]]
"""Metric → where it does not agree with itself; those that do are left out."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A metric, its source, and what its expression, numerator and denominator are made of."""

    metric: Metric
    table: Table | None
    parts: Mapping[str, Composition]

    @property
    def whole(self) -> Composition | None:
        """What the value is made of: of the expression."""
        return self.parts.get("expression")

    @property
    def aggregates(self) -> tuple[Aggregate, ...]:
        """The aggregates of the value."""
        told = [self.whole] if self.whole else list(self.parts.values())
        return tuple(call for part in told for call in part.aggregates)

    @property
    def has_division(self) -> bool:
        """Does the value divide?"""
        is_in_parts = self.metric.numerator is not None and self.metric.denominator is not None
        return self.whole.has_division if self.whole else is_in_parts


def hold_to_themselves(catalog: Catalog, settings: Settings, engine: Engine) -> OwnFaults:
    """Every metric held to itself."""
    asked = [
        (metric, part, CompositionQuestion(_dialect(metric, catalog, settings), expression))
        for metric in catalog.metrics.values()
        for part, expression in _expressions(metric)
    ]
    answers = engine.compose([question for _, _, question in asked])
    parts: dict[str, dict[str, Composition]] = {}
    for (metric, part, _), answer in zip(asked, answers, strict=True):
        if answer.is_read:
            parts.setdefault(metric.name, {})[part] = answer
    found = {}
    for name, read in parts.items():
        metric = catalog.metrics[name]
        faults = tuple(_faults(_Read(metric, catalog.tables.get(metric.source or ""), read)))
        if faults:
            found[name] = faults
    return found


def _dialect(metric: Metric, catalog: Catalog, settings: Settings) -> str:
    table = catalog.tables.get(metric.source or "")
    return (table and table.dialect) or settings.naming.dialect


def _expressions(metric: Metric) -> Iterator[tuple[str, str]]:
    for part, written in (
        ("expression", metric.expression),
        ("numerator", metric.numerator and metric.numerator.expression),
        ("denominator", metric.denominator and metric.denominator.expression),
    ):
        if written:
            yield part, written


def _faults(read: _Read) -> Iterator[OwnFault]:
    yield from _parts(read)
    yield from _division(read)
    yield from _statistic(read)
    yield from _percent(read)
    yield from _durations(read)
    yield from _additivity(read)
    for part, made in read.parts.items():
        place = _place(read.metric, part)
        for written in made.averages_ratio:
            sentence = (
                f"`{_bare(written)}` averages quotients, so that small groups weigh as much as large ones"
            )
            yield OwnFault(FaultKind.AVERAGED, sentence, place)
        for written in made.unguarded:
            sentence = f"`{_bare(written)}` fails where there is nothing to divide by"
            yield OwnFault(FaultKind.UNGUARDED, sentence, place)


def _place(metric: Metric, part: str) -> Location:
    if part == "expression":
        return metric.at("expression")
    written = metric.numerator if part == "numerator" else metric.denominator
    return written.at("expression") if written else metric.at()


def _contradiction(read: _Read, sentence: str, key: str) -> OwnFault:
    return OwnFault(FaultKind.CONTRADICTION, sentence, read.metric.at(key))


def _parts(read: _Read) -> Iterator[OwnFault]:
    """Does the expression compute numerator over denominator?

    Where both aggregate the same, they may be two ways to write one thing, which is not judged.
    """
    if not {"expression", "numerator", "denominator"} <= read.parts.keys():
        return
    whole, above, below = (read.parts[each] for each in ("expression", "numerator", "denominator"))
    if (
        whole.above
        and (whole.above, whole.below) == (below.value, above.value)
        and above.value != below.value
    ):
        yield _contradiction(read, "`expression` divides the denominator by the numerator", "expression")
        return
    mine = {call.text: call for call in whole.aggregates}
    theirs = {call.text: call for part in (above, below) for call in part.aggregates}
    lacking = [theirs[text] for text in theirs if text not in mine]
    added = [mine[text] for text in mine if text not in theirs]
    if not lacking and not added:
        return
    told = [f"only numerator and denominator have `{_bare(each.written)}`" for each in lacking]
    told += [f"only `expression` has `{_bare(each.written)}`" for each in added]
    yield _contradiction(read, f"`expression` is not its numerator over its denominator: {'; '.join(told)}",
                         "expression")  # fmt: skip


def _division(read: _Read) -> Iterator[OwnFault]:
    is_ratio = read.metric.type is MetricType.RATIO
    if is_ratio and read.whole and not read.has_division and not _is_average(read):
        yield _contradiction(read, "it is a ratio, and its `expression` divides nothing", "type")


def _is_average(read: _Read) -> bool:
    """Is the value an average, which is a ratio of its own?"""
    return any(call.kind in ("AVG", "CORR") for call in read.aggregates) or not read.aggregates


def _statistic(read: _Read) -> Iterator[OwnFault]:
    """Is a median one, and a mean none?"""
    said = (read.metric.statistic or "").casefold()
    if not read.aggregates:
        return
    is_read_off = any(call.is_read_off_order for call in read.aggregates)
    kinds = {call.kind for call in read.aggregates}
    if "median" in said and not is_read_off and kinds <= ADDS_UP | {"AVG"}:
        yield _contradiction(
            read, f"`statistic` is {read.metric.statistic}, and no median is computed", "statistic"
        )
    elif said in ("mean", "average") and is_read_off:
        yield _contradiction(read, f"`statistic` is {said}, and a quantile is computed", "statistic")


def _percent(read: _Read) -> Iterator[OwnFault]:
    """Is a percentage a part of a whole, and a share of 1 in the SQL, as pages and examples take it?"""
    unit = (read.metric.unit or "").strip().casefold()
    if unit not in PERCENT or read.whole is None:
        return
    if any(float(each) == 100 for each in read.whole.factors if each.replace(".", "", 1).isdigit()):
        sentence = (
            "its unit is percent, and the SQL multiplies by 100: in the SQL a percentage is a share of 1"
        )
        yield _contradiction(read, sentence, "unit")
    elif read.aggregates and not read.has_division and all(c.kind in ADDS_UP for c in read.aggregates):
        yield _contradiction(read, "its unit is percent, and its `expression` divides nothing", "unit")


def _durations(read: _Read) -> Iterator[OwnFault]:
    """Are lengths of time added up in the unit that is said, unless the SQL converts them?"""
    said = DURATIONS.get((read.metric.unit or "").strip().casefold())
    told = read.whole or read.parts.get("numerator")
    if said is None or told is None or told.factors or read.table is None:
        return
    above = {name for call in told.aggregates if not call.is_below for name in call.columns}
    units = {
        unit
        for name in above
        if (column := read.table.column(name)) and (unit := DURATIONS.get((column.unit or "").casefold()))
    }
    if len(units) == 1 and units != {said}:
        (unit,) = units
        yield _contradiction(
            read, f"its unit is {said}, and the columns that it adds up are in {unit}", "unit"
        )


def _additivity(read: _Read) -> Iterator[OwnFault]:
    said = read.metric.additivity
    if said not in (Additivity.ADDITIVE, Additivity.SEMI_ADDITIVE) or not read.aggregates:
        return
    key = read.table.primary_key if read.table else ()
    # Of what there is once in each row, as many are different as there are.
    others = [call for call in read.aggregates if call.kind not in ADDS_UP and call.columns != key]
    # A number to divide by is a unit, and no part of a fraction.
    is_quotient = any(call.is_below for call in read.aggregates) or read.whole is None
    if is_quotient:
        sentence = "is a quotient, and quotients do not add up"
    elif any(call.kind == "COUNT DISTINCT" for call in others):
        sentence = "counts distinct things, and who is in two groups is counted twice when they are added"
    elif said is Additivity.ADDITIVE and others:
        sentence = f"is made of `{_bare(others[0].written)}`, which does not add up"
    else:
        return
    yield OwnFault(
        FaultKind.ADDITIVITY,
        f"it is said to be {said.replace('_', ' ')}, and {sentence}",
        read.metric.at("additivity"),
    )


def _bare(written: str) -> str:
    text = written.replace("`", "")
    return text if len(text) <= 160 else f"{text[:157]}…"
