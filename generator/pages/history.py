"""What happened to the numbers of a site: dated changes of definitions, and faults of the data."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from catalog import Catalog, Change, KnownIssue, Metric, Report, Status, Table
from generator.links import past_metric_path, path_of
from generator.pages.past_metric import changed_words
from generator.site import Site

Subject = Metric | Table | Report


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `detail` tells which of a thing's columns it concerns; empty for all of it.

    `path` leads to where the page of the thing tells the same. `effect` and `state` are those of an issue;
    `others` are the other things that it reaches. `repeat` tells apart what happened to one thing on one
    day: 0, 1 …
    """

    date: datetime.date
    thing: Subject
    text: str
    path: str
    is_issue: bool = False
    is_break: bool = False
    is_open: bool = False
    version: str | None = None
    until: datetime.date | None = None
    effect: str | None = None
    state: str | None = None
    detail: str = ""
    others: tuple[Subject, ...] = ()
    repeat: int = 0

    @property
    def updated(self) -> datetime.date:
        """The last day the entry itself knows of."""
        return max(self.date, self.until or self.date)


def history(site: Site) -> tuple[Entry, ...]:
    """Everything that has a date, newest first; an issue is told once, by the thing that it is written at."""
    found = [entry for thing in _subjects(site.project.catalog) for entry in _entries(thing, site)]
    changes = [entry for _, entry in found if not entry.is_issue]
    issues = sorted((pair for pair in found if pair[1].is_issue), key=lambda pair: pair[0])
    told = _each_once(entry for _, entry in issues)
    return tuple(sorted(_numbered([*changes, *told]), key=_newest_first))


def ending(site: Site) -> tuple[Metric | Table, ...]:
    """What is deprecated or has a last day, the first to end first; without a day come last."""
    catalog = site.project.catalog
    things: tuple[Metric | Table, ...] = (*catalog.metrics.values(), *catalog.tables.values())
    found = [
        thing
        for thing in things
        if thing.status is Status.DEPRECATED
        or (thing.deprecation_date is not None and thing.status is not Status.RETIRED)
    ]
    return tuple(sorted(found, key=lambda thing: (thing.deprecation_date or datetime.date.max, thing.name)))


def _subjects(catalog: Catalog) -> tuple[Subject, ...]:
    return (*catalog.metrics.values(), *catalog.tables.values(), *catalog.reports.values())


def _entries(thing: Subject, site: Site) -> Iterator[tuple[bool, Entry]]:
    """Each entry, and whether it has only come to the thing from another one."""
    if not isinstance(thing, Report):
        for change in thing.changes:
            yield False, _of_change(change, thing)
    if isinstance(thing, Metric):
        yield from ((False, entry) for entry in _recorded(thing, site))
    for issue in thing.known_issues:
        yield issue.inherited_from is not None, _of_issue(issue, thing, site)
    if isinstance(thing, Table):
        for column in thing.columns:
            for issue in column.known_issues:
                yield False, replace(_of_issue(issue, thing, site), detail=column.label or column.name)


def _of_change(change: Change, thing: Subject) -> Entry:
    return Entry(
        date=change.date,
        thing=thing,
        text=change.text,
        path=f"{path_of(thing)}#changes",
        is_break=change.value_changing,
        version=change.version,
    )


def _recorded(metric: Metric, site: Site) -> Iterator[Entry]:
    """Days on which its values may have become others, of which its own history says nothing."""
    dated = site.project.dated.get(metric.name)
    told = {change.date for change in metric.changes}
    for state in dated.states[1:] if dated else ():
        if state.changes_values and state.day not in told:
            yield Entry(state.day, metric, changed_words(state), past_metric_path(metric.name, state.day))


def _of_issue(issue: KnownIssue, thing: Subject, site: Site) -> Entry:
    return Entry(
        date=issue.since,
        thing=thing,
        text=issue.text,
        path=f"{path_of(thing)}#issues",
        is_issue=True,
        is_open=issue.until is None or issue.until >= site.today,
        until=issue.until,
        effect=issue.effect,
        state=issue.status,
    )


def _each_once(issues: Iterable[Entry]) -> Iterator[Entry]:
    """The first of those that say the same, with the things of all others."""
    same: dict[tuple[datetime.date, datetime.date | None, str], list[Entry]] = {}
    for entry in issues:
        same.setdefault((entry.date, entry.until, entry.text), []).append(entry)
    for first, *others in same.values():
        things = {path_of(entry.thing): entry.thing for entry in others}
        things.pop(path_of(first.thing), None)
        yield replace(first, others=tuple(things.values()))


def _numbered(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries of one thing and day numbered, so that each can be told by its number from the others."""
    seen: dict[tuple[str, datetime.date, bool], int] = {}
    for entry in entries:
        key = (path_of(entry.thing), entry.date, entry.is_issue)
        seen[key] = seen.get(key, -1) + 1
        yield replace(entry, repeat=seen[key]) if seen[key] else entry


def _newest_first(entry: Entry) -> tuple[int, str, int]:
    return -entry.date.toordinal(), path_of(entry.thing), entry.repeat
