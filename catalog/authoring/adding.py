"""What only a source says of things that are written by hand, added to their entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model import KINDS, Column, Definitions, Described, Location, Report, ReportField, Table, Written
from ..reading.item_faults import known_keys
from .drafts import written_form
from .edits import ChangeItems, SetKeys
from .plans import Mend

PARTS: tuple[tuple[type[Described], str, type[Column] | type[ReportField]], ...] = (
    (Table, "columns", Column),
    (Report, "fields", ReportField),
)
"""Lists whose items are completed one by one, by name."""

LISTS = ("tags", "tables")
"""Lists of names, to which a source may add."""

FREE = "custom_properties"

KEPT = frozenset({"origin", "name", "columns", "fields"})
"""Keys that an entry keeps as they are, or whose items are looked at one by one."""


def additions(native: Definitions, taken: Definitions, sql: Mapping[str, str]) -> Iterator[Mend]:
    """What turns each entry of ours into what it is with those of a source merged in.

    `sql` is what `sql:` of a table says then, by its name.
    """
    for kind, model in KINDS.items():
        own = {thing.at(): thing for thing in getattr(native, kind)}
        for thing in getattr(taken, kind):
            before = own.get(thing.at())
            if before is not None and thing.origin.sources:
                yield from _of_thing(before, thing, sql.get(thing.name, ""), model)


def _of_thing(before: Described, thing: Described, sql: str, model: type[Described]) -> Iterator[Mend]:
    own = _own_keys(thing)
    said = {key: each for key, each in written_form(thing).items() if key not in own | KEPT}
    said |= {"sql": sql} if sql and "sql" not in own else {}
    if said:
        yield _said(thing, said, known_keys(model))
    for key in LISTS:
        if key in own:
            yield from _more_names(before, thing, key)
    new = {key: each for key, each in thing.custom_properties.items() if key not in before.custom_properties}
    if new and FREE in own:
        yield _said(thing, new, (), thing.at(FREE))
    for owner, key, part in PARTS:
        if isinstance(thing, owner):
            yield from _parts(thing, key, part)


def _own_keys(thing: Written) -> frozenset[str]:
    return frozenset(path for path, _, _ in thing.origin.marks)


def _said(
    thing: Described | Column | ReportField,
    said: Mapping[str, object],
    order: tuple[str, ...],
    place: Location | None = None,
) -> Mend:
    place = place or thing.at()
    edit = SetKeys((place.line, place.column), said, order)
    return Mend(place, f"`{thing.name}` says {', '.join(f'`{key}`' for key in said)} itself now", edit)


def _more_names(before: Described, thing: Described, key: str) -> Iterator[Mend]:
    """Names that a list of ours lacks, behind those it has."""
    old, new = getattr(before, key, ()), getattr(thing, key, ())
    more = tuple(each for each in new if each not in old)
    if more:
        place = thing.at()
        edit = ChangeItems((place.line, place.column), key, inserted={len(old) - 1: more})
        yield Mend(place, f"`{thing.name}` names {len(more):,} more under `{key}` itself now", edit)


def _parts(thing: Described, key: str, model: type[Column] | type[ReportField]) -> Iterator[Mend]:
    """Columns or fields that only the source has, and what only it says of the others."""
    parts: tuple[Column | ReportField, ...] = getattr(thing, key)
    places = sorted(part.at() for part in parts if not part.origin.source)
    behind = -1
    inserted: dict[int, tuple[object, ...]] = {}
    for part in parts:
        if part.origin.source:
            inserted[behind] = (*inserted.get(behind, ()), written_form(part))
            continue
        behind = places.index(part.at())
        own = _own_keys(part) | {"origin", "name"}
        said = {name: each for name, each in written_form(part).items() if name not in own}
        if said:
            yield _said(part, said, known_keys(model))
    if inserted:
        place, count = thing.at(), sum(map(len, inserted.values()))
        edit = ChangeItems((place.line, place.column), key, inserted=inserted, order=known_keys(type(thing)))
        yield Mend(place, f"`{thing.name}` has {count:,} more {key} itself now", edit)
