"""A question → its query, read through, and what places each of its outputs in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sqlglot import exp

from ..conforming.inlining import NotReadableError
from ..conforming.reading import FAULTS, opened
from ..parsing import quiet
from .ages import MINUTES, NOW, ages_in
from .placing import UNDATED, Way, branches, columns_of_value, dated_columns, sources_of
from .values import Age, Timing, TimingQuestion


def timing_of(question: TimingQuestion) -> tuple[Timing, ...]:
    """What places each of the outputs in time."""
    try:
        with quiet():
            query, names = opened(question.query)
            return tuple(_timing(query, output, question, names) for output in question.outputs)
    except NotReadableError as fault:
        reason = str(fault)
    except FAULTS as fault:
        reason = f"the SQL is not understood ({str(fault).partition(chr(10))[0].strip()[:200]})"
    return tuple(Timing(output, reason=reason) for output in question.outputs)


def _timing(query: exp.Query, output: str, question: TimingQuestion, names: Mapping[str, str]) -> Timing:
    """What places one output in time. What dates it is followed apart from what makes it."""
    ages = {
        age
        for node in (_made(query, output) if output else ())
        for age in ages_in(node, question.query.dialect)
    }
    way = Way(names)
    known = Timing(output, ages=tuple(sorted(ages, key=_order)))
    try:
        dated = tuple(sorted(dated_columns(query, output, question.date, way)))
        known = replace(known, dated=dated)
    except NotReadableError as fault:
        is_of_run = str(fault) == UNDATED and any(node.find(*NOW) for node in way.dating)
        known = replace(known, reason=str(fault), is_of_run=is_of_run)
    types = {(table, name): kind for table, columns in question.query.columns for name, kind in columns}
    is_date = any(types.get((each.table, each.date), "").upper() == "DATE" for each in known.dated)
    period = _period(way.dating) or ("day" if is_date else "")
    return replace(known, period=period, zone=_zone(way.dating))


def _order(age: Age) -> tuple[bool, float, str]:
    return not age.is_least, age.minutes, age.written


def _made(query: exp.Expr, output: str, met: set[tuple[int, str]] | None = None) -> Iterator[exp.Expr]:
    """What makes an output, down to tables: its expressions, and the conditions that its rows meet."""
    met = set() if met is None else met
    for value, _, select in branches(query, output, output):
        if value is None or (id(select), output) in met:
            continue
        met.add((id(select), output))
        yield value
        where = select.args.get("where")
        if isinstance(where, exp.Where):
            yield where
        sources = sources_of(select)
        for alias, name in columns_of_value(value):
            source = sources.get(alias)
            if isinstance(source, exp.Subquery):
                yield from _made(source.this, name, met)


def _period(dating: list[exp.Expr]) -> str:
    """What times are cut to, the coarsest."""
    units = [
        unit.name.upper()
        for node in dating
        for each in node.walk()
        if isinstance(each, exp.DateTrunc | exp.TimestampTrunc | exp.DatetimeTrunc)
        and isinstance(unit := each.args.get("unit"), exp.Expr)
    ]
    is_day = any(map(_is_cut_to_day, dating))
    known = sorted(
        (MINUTES[unit.partition("(")[0]], unit) for unit in units if unit.partition("(")[0] in MINUTES
    )
    if known:
        return known[-1][1].partition("(")[0].removeprefix("ISO").lower()
    return "day" if is_day else ""


def _is_cut_to_day(node: exp.Expr) -> bool:
    casts = (each for each in node.find_all(exp.Cast) if each.to.is_type("DATE"))
    return node.find(exp.Date, exp.TsOrDsToDate) is not None or any(casts)


def _zone(dating: list[exp.Expr]) -> str:
    """The time zone in which times are cut, where the SQL names one alone."""
    zones = {
        zone.name
        for node in dating
        for each in node.walk()
        for role in ("zone", "target_tz")
        if isinstance(zone := each.args.get(role), exp.Literal)
    }
    return zones.pop() if len(zones) == 1 else ""
