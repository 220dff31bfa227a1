"""Sentences about rows: which are counted now and were not, or the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from ..model import Catalog, Column
from ..sql.canonical import Part, PartKind
from .words import (
    Comparison,
    alternatives_of,
    code,
    column_name,
    comparison_of,
    is_number,
    other_token,
    rows_of,
    value_name,
)

ALIKE = 75
"""Per cent by which two conditions must be alike for one to have taken the other's place."""

Pair = tuple[tuple[Part, ...], tuple[Part, ...]]
"""A condition as it was and as it is, in parts; one side is empty where there is none."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something about rows that is another now. `line` is that of `after`, or else of `before`."""

    aspect: str
    sentence: str
    before: str
    after: str
    line: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Tells of the rows of a table, in the words of the project. `rows` is what they are called there."""

    catalog: Catalog
    table: str
    rows: str = ""

    def told(self, gone: Sequence[Part], new: Sequence[Part]) -> list[Told]:
        """What is to be said of the parts that are gone and those that are new."""
        found: list[Told] = []
        for kind in PartKind:
            before = [part for part in gone if part.kind is kind]
            after = [part for part in new if part.kind is kind]
            if before or after:
                found += SPEAKING.get(kind, _others)(self, before, after)
        return found

    def say(self, aspect: str, words: str, before: Part | None, after: Part | None) -> Told:
        """A sentence with the place of what it is about."""
        part = after or before
        where = (
            f"in `{self.table}`" if after is None or part is None else f"in `{self.table}`, line {part.line}"
        )
        sentence = f"{words} {where})" if "(" in words and not words.endswith(")") else f"{words} ({where})"
        written = (before.written if before else "", after.written if after else "")
        return Told(aspect, sentence, *written, part.line if part else 0)


def _filters(speaker: Speaker, gone: Sequence[Part], new: Sequence[Part]) -> Iterator[Told]:
    for before, after in _matched(_conditions(gone), _conditions(new)):
        words = _filter_words(speaker, before, after)
        first, last = (before[0] if before else None), (after[0] if after else None)
        yield speaker.say("filter", words, first, last)


def _conditions(parts: Iterable[Part]) -> list[tuple[Part, ...]]:
    """The parts of each condition as it is written."""
    found: dict[tuple[str, str, int], list[Part]] = {}
    for part in parts:
        found.setdefault((part.written, part.within, part.line), []).append(part)
    return [tuple(group) for group in found.values()]


def _matched(gone: list[tuple[Part, ...]], new: list[tuple[Part, ...]]) -> Iterator[Pair]:
    """Conditions that were put in another's place: about the same columns, or but one word apart."""
    rest = list(new)
    for before in gone:
        after = next((each for each in rest if _is_about_the_same(before, each)), None)
        if after is not None:
            rest.remove(after)
        yield before, after or ()
    yield from (((), after) for after in rest)


def _is_about_the_same(before: tuple[Part, ...], after: tuple[Part, ...]) -> bool:
    old, new = before[0], after[0]
    one, other = ({_column_of(part) for part in parts} for parts in (before, after))
    if one == other and None not in one:
        return True
    is_alike = ratio(old.written, new.written) >= ALIKE
    return is_alike and (old.how, old.within) == (new.how, new.within)


def _column_of(part: Part) -> tuple[str, str] | None:
    found = comparison_of(part.text)
    return (found.table, found.column) if found else None


def _filter_words(speaker: Speaker, before: tuple[Part, ...], after: tuple[Part, ...]) -> str:
    if before and after:
        return _other_filter(before, after)
    parts = after or before
    plain = _plainly(speaker, parts, is_new=bool(after))
    written = code(parts[0].written)
    if after:
        return (
            f"{plain} (new filter {written}" if plain else f"rows are kept only where {written} (new filter"
        )
    return f"{plain} (the filter {written} is gone" if plain else f"rows are no longer left out by {written}"


def _plainly(speaker: Speaker, parts: tuple[Part, ...], *, is_new: bool) -> str:
    """What a filter does, in plain words; empty where it does more than one plain thing."""
    named = [each for part in parts for each in alternatives_of(part.text)]
    first = named[0]
    if first is None or any(each is None or _key(each) != _key(first) for each in named):
        return ""
    table = speaker.catalog.tables.get(first.table)
    column = table.column(first.column) if table is not None else None
    values = " or ".join(_value(speaker, each, column) for each in named if each is not None)
    words = PLAIN.get((first.how, is_new), "")
    is_inside = bool(parts[0].within)
    rows = rows_of(table) if is_inside or not speaker.rows else speaker.rows
    return words.format(rows=rows, column=column_name(column, first.column), values=values)


def _key(named: Comparison) -> tuple[str, str, str]:
    return named.how, named.table, named.column


def _value(speaker: Speaker, named: Comparison, column: Column | None) -> str:
    return value_name(named.value, column, speaker.catalog) if named.value else ""


PLAIN: dict[tuple[str, bool], str] = {
    ("ne", True): "{rows} with {column} {values} are no longer counted",
    ("ne", False): "{rows} with {column} {values} are counted now",
    ("eq", True): "only {rows} with {column} {values} are counted",
    ("eq", False): "{rows} are counted whatever their {column}",
    ("not null", True): "{rows} without {column} are no longer counted",
    ("not null", False): "{rows} without {column} are counted now",
    ("null", True): "only {rows} without {column} are counted",
    ("null", False): "{rows} are counted with and without {column}",
    ("least", True): "only {rows} with {column} of at least {values} are counted",
    ("least", False): "{rows} are counted however low their {column}",
    ("more", True): "only {rows} with {column} above {values} are counted",
    ("more", False): "{rows} are counted however low their {column}",
    ("most", True): "only {rows} with {column} of at most {values} are counted",
    ("most", False): "{rows} are counted however high their {column}",
    ("less", True): "only {rows} with {column} below {values} are counted",
    ("less", False): "{rows} are counted however high their {column}",
}
"""How a column is compared, and whether the condition is new → what it does to rows."""


def _other_filter(before: tuple[Part, ...], after: tuple[Part, ...]) -> str:
    old, new = before[0], after[0]
    if old.written == new.written:
        return f"the filter {code(new.written)} looks at other values (filter"
    changed = other_token(old.written, new.written)
    if changed is not None and is_number(changed[0]) and is_number(changed[1]):
        return f"the limit in {code(new.written)} goes from {changed[0]} to {changed[1]} (filter"
    return f"rows are kept where {code(new.written)}, no longer where {code(old.written)} (filter"


def _joins(speaker: Speaker, gone: Sequence[Part], new: Sequence[Part]) -> Iterator[Told]:
    rest = list(new)
    for before in gone:
        after = next((each for each in rest if each.of == before.of), None)
        after = after or next((each for each in rest if _tag(each) == _tag(before)), None)
        if after is not None:
            rest.remove(after)
        yield speaker.say("join", _join_words(before, after), before, after)
    for part in rest:
        yield speaker.say("join", f"{code(part.of)} is joined{_on(part)} (new {part.how} join", None, part)


def _tag(part: Part) -> str:
    return part.text.split(" ")[1] if " " in part.text else part.text


def _join_words(before: Part, after: Part | None) -> str:
    name = code(before.of)
    if after is None:
        return f"{name} is no longer joined{_on(before)}"
    if before.how != after.how:
        effect = OTHER_JOIN.get((before.how, after.how), "other rows may be counted").format(name=name)
        return f"{effect} (the join to {name} becomes {after.how}, was {before.how},"
    return f"rows of {name} are matched on {code(after.written)}, no longer on {code(before.written)} (join"


def _on(part: Part) -> str:
    return f" on {code(part.written)}" if part.written.strip() else ""


OTHER_JOIN = {
    ("LEFT", "INNER"): "rows without a match in {name} are no longer counted",
    ("INNER", "LEFT"): "rows without a match in {name} are counted now",
}
"""Way of a join before and after → what that does to rows."""


def _groupings(speaker: Speaker, gone: Sequence[Part], new: Sequence[Part]) -> Iterator[Told]:
    for part in gone:
        words = "rows are no longer put together into one" if part.written == "one row" else ""
        yield speaker.say(
            "grouping", words or f"rows are no longer grouped by {code(part.written)}", part, None
        )
    for part in new:
        words = "all rows are put together into one" if part.written == "one row" else ""
        yield speaker.say("grouping", words or f"rows are grouped by {code(part.written)}", None, part)


def _distinct(speaker: Speaker, gone: Sequence[Part], new: Sequence[Part]) -> Iterator[Told]:
    yield from (speaker.say("distinct", "rows that are alike count each", part, None) for part in gone)
    yield from (speaker.say("distinct", "rows that are alike count once", None, part) for part in new)


def _others(speaker: Speaker, gone: Sequence[Part], new: Sequence[Part]) -> Iterator[Told]:
    """Sources, set operations, limits, and what is not opened."""
    for index in range(max(len(gone), len(new))):
        before = gone[index] if index < len(gone) else None
        after = new[index] if index < len(new) else None
        some = after or before
        if some is not None:
            aspect = some.kind.value
            yield speaker.say(aspect, _other_words(aspect.replace("_", " "), before, after), before, after)


def _other_words(aspect: str, before: Part | None, after: Part | None) -> str:
    told = {part: code(part.of or part.written) for part in (before, after) if part is not None}
    if before is None:
        return f"rows are made otherwise: {aspect} {told[after]} is new" if after is not None else ""
    if after is None:
        return f"rows are made otherwise: {aspect} {told[before]} is gone"
    if told[before] == told[after]:
        return f"rows are made otherwise: {aspect} {told[after]} is another"
    return f"rows are made otherwise: {aspect} {told[after]} is in the place of {told[before]}"


SPEAKING: dict[PartKind, Callable[[Speaker, Sequence[Part], Sequence[Part]], Iterator[Told]]] = {
    PartKind.FILTER: _filters,
    PartKind.JOIN: _joins,
    PartKind.GROUPING: _groupings,
    PartKind.DISTINCT: _distinct,
}
"""Kind of part → what is said of it; any other by `_others`."""
