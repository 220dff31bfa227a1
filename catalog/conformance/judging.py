"""What a definition computes, and what a SQL text computes → how they differ, in sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..model import Location, Metric, SqlText
from ..sql.canonical import Part, PartKind
from ..sql.conforming import AggregateCall, Computation, ComputationQuestion
from .values import Aspect, Difference, Held, Verdict

STEP = 1_000_000
"""Lines from the first of one text to the first of the next, as they are numbered through."""

DECIDING = (PartKind.FILTER, PartKind.DISTINCT, PartKind.LIMIT, PartKind.OTHER, PartKind.SET_OPERATION)

ZONED = re.compile(r"(?:[A-Za-z_]+/[A-Za-z_+\-0-9/]+|UTC|GMT)\Z")
"""Names of time zones, and not words about one."""

NAMES = re.compile(r"[\w$-]+(?:\.[\w$-]+)+")


@dataclass(frozen=True, slots=True)
class Told:
    """A computation and the texts that it was read from; the first is its own.

    With `is_exact`, its keys say exactly what a value stands for.
    """

    computation: Computation
    texts: tuple[SqlText, ...]
    is_definition: bool = False
    is_exact: bool = False
    question: ComputationQuestion | None = None

    def at(self, line: int) -> Location:
        """The place of a line of the texts, numbered through."""
        number, line = divmod(max(line, 1), STEP)
        text = self.texts[min(number, len(self.texts) - 1)]
        return text.start if self.is_definition and not number else text.at(max(line, 1))


def judged(held: Held, metric: Metric, defined: Told, found: Told) -> Held:
    """The place with what became of it."""
    undecided = _undecided(defined.computation, found.computation)
    certain = list(_certain(defined, found)) if not found.computation.reason else []
    if certain:
        return replace(
            held, verdict=Verdict.DIFFERS, differences=tuple(certain), compared=(Aspect.AGGREGATES,)
        )
    if undecided:
        return replace(held, verdict=Verdict.CANNOT_DECIDE, reason=undecided)
    if _is_rearranged(defined.computation, found.computation):
        reason = "it adds up the same columns in another arrangement, which may come to the same"
        return replace(held, verdict=Verdict.CANNOT_DECIDE, reason=reason)
    differences = tuple(dict.fromkeys(_differences(metric, defined, found)))
    if not differences and not _is_same(defined.computation, found.computation):
        return replace(held, verdict=Verdict.CANNOT_DECIDE, reason="the two are built in different ways")
    verdict = Verdict.DIFFERS if differences else Verdict.MATCH
    return replace(held, verdict=verdict, differences=differences, compared=_compared(found.computation))


def _compared(found: Computation) -> tuple[Aspect, ...]:
    """What there is to look at; a single row's own value has no rows to choose."""
    if not found.levels:
        return (Aspect.SOURCES, Aspect.COLUMNS, Aspect.CALCULATION)
    return tuple(each for each in Aspect if found.keys or each not in (Aspect.GRAIN, Aspect.TIME))


def _is_same(defined: Computation, found: Computation) -> bool:
    is_row = not defined.levels and not found.levels
    return defined.value == found.value and (is_row or defined.rows == found.rows)


def _undecided(defined: Computation, found: Computation) -> str:
    """Why the two cannot be compared; "" where they can."""
    if found.reason or defined.reason:
        return found.reason or f"the definition: {defined.reason}"
    if _is_same(defined, found):
        return ""
    mine, theirs = _tables(defined), _tables(found)
    if not mine & theirs:
        return "they have no table in common that both are made from"
    if not (defined.is_whole and found.is_whole):
        return "a part of the SQL on the way is not understood"
    if defined.levels != found.levels:
        steps = f"{found.levels} where the definition has {defined.levels}"
        return f"it aggregates in another number of steps ({steps}), which cannot be made one"
    if defined.levels > 1 and sum(((mine - theirs) + (theirs - mine)).values()) > 2:
        return "the two are built in different ways"
    return ""


def _tables(computation: Computation) -> Counter[str]:
    return Counter(
        part.text if part.kind is PartKind.SOURCE else part.text.split(" ")[1]
        for part in computation.parts
        if part.kind in (PartKind.SOURCE, PartKind.JOIN)
    )


def _is_rearranged(defined: Computation, found: Computation) -> bool:
    """Do the same rows and columns go into both, in another number of sums that are not of bare columns?"""
    if all(NAMES.fullmatch(call.argument) for call in (*defined.aggregates, *found.aggregates)):
        return False
    if defined.rows != found.rows or len(defined.aggregates) == len(found.aggregates):
        return False
    sums = all(each.function == "SUM" for each in (*defined.aggregates, *found.aggregates))
    columns = [
        frozenset(name for call in each.aggregates for name in NAMES.findall(call.argument))
        for each in (defined, found)
    ]
    return sums and columns[0] == columns[1]


def _certain(defined: Told, found: Told) -> Iterator[Difference]:
    """What is wrong however the rest is built: averages of ratios, sums of distinct counts."""
    own = defined.computation.aggregates
    for call in found.computation.aggregates:
        if call.averages_ratio and not any(each.averages_ratio for each in own):
            sentence = (
                f"`{_bare(call.written)}` averages ratios, so that small groups weigh as much as large ones; "
                "the definition divides the sums"
            )
            yield Difference(Aspect.AGGREGATES, sentence, found.at(call.line))
        if call.adds_distinct and not any(each.adds_distinct for each in own):
            sentence = (
                f"`{_bare(call.written)}` adds up distinct counts, so that what is in two groups counts twice"
            )
            yield Difference(Aspect.AGGREGATES, sentence, found.at(call.line))


def _differences(metric: Metric, defined: Told, found: Told) -> Iterator[Difference]:
    mine, theirs = defined.computation, found.computation
    is_row = not mine.levels and not theirs.levels
    if not is_row and mine.rows != theirs.rows:
        yield from _joins(defined, found)
        yield from _conditions(defined, found)
    if mine.value != theirs.value:
        yield from _value(defined, found)
    if not is_row:
        yield from _grain(metric, defined, found)


def _joins(defined: Told, found: Told) -> Iterator[Difference]:
    """Tables that are read by one alone, and joins of another kind or condition."""
    place = found.at(found.computation.line)
    mine, theirs = _by_table(defined.computation), _by_table(found.computation)
    for table in sorted(mine.keys() - theirs.keys()):
        yield Difference(Aspect.SOURCES, f"does not read `{_spoken(mine[table][0])}`", place)
    for table in sorted(theirs.keys() - mine.keys()):
        part = theirs[table][0]
        how = f"{part.how.lower()} joins" if part.how else "reads"
        where = found.at(part.line) if part.line else place
        yield Difference(
            Aspect.SOURCES, f"{how} `{_spoken(part)}`, which the definition does not read", where
        )
    for table in sorted(mine.keys() & theirs.keys()):
        yield from _joined(mine[table], theirs[table], found)


def _joined(mine: list[Part], theirs: list[Part], found: Told) -> Iterator[Difference]:
    for one, other in zip(mine, theirs, strict=False):
        if one.kind != other.kind or one.text == other.text:
            continue
        where = found.at(other.line)
        if one.how != other.how:
            sentence = f"joins `{_spoken(other)}` by {other.how} JOIN, the definition by {one.how} JOIN"
        else:
            conditions = f"on `{_bare(other.written)}`, the definition on `{_bare(one.written)}`"
            sentence = f"joins `{_spoken(other)}` {conditions}"
        yield Difference(Aspect.JOINS, sentence, where)


def _by_table(computation: Computation) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for part in computation.parts:
        if part.kind in (PartKind.SOURCE, PartKind.JOIN):
            table = (
                part.text if part.kind is PartKind.SOURCE else part.text[len(part.how) + 1 :].split(" ")[0]
            )
            found.setdefault(table, []).append(part)
    return found


def _conditions(defined: Told, found: Told) -> Iterator[Difference]:
    """Filters and what else decides about rows: missing, added, or changed."""
    missing = _beyond(defined.computation, found.computation)
    added = _beyond(found.computation, defined.computation)
    place = found.at(found.computation.line)
    for part in missing:
        columns = set(NAMES.findall(part.text))
        instead = next((each for each in added if columns & set(NAMES.findall(each.text))), None)
        if instead is None:
            yield Difference(_aspect(part), f"lacks {_what(part)} of the definition", place)
        else:
            added.remove(instead)
            sentence = f"has {_what(instead)}, the definition {_what(part)}"
            yield Difference(_aspect(part), sentence, found.at(instead.line))
    for part in added:
        yield Difference(
            _aspect(part), f"has {_what(part)}, which the definition has not", found.at(part.line)
        )


def _aspect(part: Part) -> Aspect:
    return Aspect.GRAIN if part.kind is PartKind.GROUPING else Aspect.FILTERS


def _what(part: Part) -> str:
    kind = {PartKind.FILTER: "the filter", PartKind.GROUPING: "the grouping by", PartKind.LIMIT: "the limit"}
    return f"{kind.get(part.kind, 'the part')} `{_bare(part.written)}`"


def _beyond(one: Computation, other: Computation) -> list[Part]:
    """What decides about rows in one and not in the other; the grouping of the value itself is told apart."""
    rest = Counter((part.kind, part.text) for part in other.parts)
    found = []
    for part in one.parts:
        is_inner = part.kind is PartKind.GROUPING and not part.text.endswith(" one row")
        if part.kind not in DECIDING and not is_inner:
            continue
        if rest[part.kind, part.text]:
            rest[part.kind, part.text] -= 1
        else:
            found.append(part)
    return found


def _value(defined: Told, found: Told) -> Iterator[Difference]:
    """Aggregates and columns, numerator and denominator apart; else the calculation as a whole."""
    told = False
    for role in ("numerator", "denominator", ""):
        mine = _without(defined.computation.aggregates, found.computation.aggregates, role)
        theirs = _without(found.computation.aggregates, defined.computation.aggregates, role)
        for difference in _calls(role, mine, theirs, found):
            told = True
            yield difference
    if not told:
        mine_text, their_text = (_bare(each.computation.written) for each in (defined, found))
        sentence = f"computes `{their_text}`, the definition `{mine_text}`"
        yield Difference(Aspect.CALCULATION, sentence, found.at(found.computation.line))


def _calls(
    role: str, mine: list[AggregateCall], theirs: list[AggregateCall], found: Told
) -> Iterator[Difference]:
    where = f"in the {role}" if role else "in its value"
    for one, other in zip(mine, theirs, strict=False):
        aspect = Aspect.COLUMNS if one.function == other.function else Aspect.AGGREGATES
        sentence = f"has `{_bare(other.written)}` {where}, the definition `{_bare(one.written)}`"
        yield Difference(aspect, sentence, found.at(other.line))
    for one in mine[len(theirs) :]:
        place = found.at(found.computation.line)
        yield Difference(Aspect.AGGREGATES, f"lacks `{_bare(one.written)}` {where}", place)
    for other in theirs[len(mine) :]:
        sentence = f"has `{_bare(other.written)}` {where}, which the definition has not"
        yield Difference(Aspect.AGGREGATES, sentence, found.at(other.line))


def _without(
    calls: Iterable[AggregateCall], others: Iterable[AggregateCall], role: str
) -> list[AggregateCall]:
    """The aggregates on that side of the division that the other computation has not there."""
    rest = Counter((each.function, each.argument) for each in others if each.role == role)
    found = []
    for call in sorted(
        (each for each in calls if each.role == role), key=lambda each: (each.argument, each.function)
    ):
        if rest[call.function, call.argument]:
            rest[call.function, call.argument] -= 1
        else:
            found.append(call)
    return found


def _grain(metric: Metric, defined: Told, found: Told) -> Iterator[Difference]:
    """What one value stands for: columns that the definition may be split by, and its place in time."""
    mine = {key.text: key for key in defined.computation.keys}
    if not mine:
        return
    told = [key for key in found.computation.keys if key.text not in mine]
    is_exact = defined.is_exact
    if is_exact:
        yield from _lacking(defined, found)
    for key in told:
        near = [each for each in mine.values() if set(each.columns) & set(key.columns)]
        if near and key.period and (is_exact or any(each.period for each in near)):
            sentence = f"groups by `{_bare(key.written)}`, the definition by `{_bare(near[0].written)}`"
            yield Difference(Aspect.TIME, sentence, found.at(key.line))
        elif not near:
            anchor = f", the definition places rows by `{metric.time_anchor}`" if key.period else ""
            sentence = f"groups by `{_bare(key.written)}`, by which the definition is not split{anchor}"
            aspect = Aspect.TIME if key.period else Aspect.GRAIN
            yield Difference(aspect, sentence, found.at(key.line))
    yield from _zones(metric, found)


def _lacking(defined: Told, found: Told) -> Iterator[Difference]:
    """What exactly a value stands for by the definition, and is not grouped by."""
    theirs = {key.text for key in found.computation.keys}
    columns = {name for key in found.computation.keys for name in key.columns}
    for key in defined.computation.keys:
        if key.text not in theirs and not columns & set(key.columns):
            sentence = f"is not grouped by `{_bare(key.written)}`"
            yield Difference(Aspect.GRAIN, sentence, found.at(found.computation.line))


def _zones(metric: Metric, found: Told) -> Iterator[Difference]:
    zone = (metric.timezone or "").strip()
    for key in found.computation.keys:
        if key.zone and ZONED.match(zone) and key.zone != zone:
            sentence = f"cuts time in `{key.zone}`, the definition in `{zone}`"
            yield Difference(Aspect.TIME, sentence, found.at(key.line))


def _bare(written: str) -> str:
    """SQL as it may stand between back quotes of a sentence, and no longer than can be read."""
    text = written.replace("`", "")
    return text if len(text) <= 160 else f"{text[:157]}…"


def _spoken(part: Part) -> str:
    """What is read, in names that a reader knows."""
    return part.of.replace("`", "") or "a query"
