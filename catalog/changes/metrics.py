"""The SQL of metrics, then and now: each part by what it means."""

from __future__ import annotations

from collections.abc import Iterator

from ..meanings import Reader
from ..model import Location, Metric
from ..project import Project
from ..sql.canonical import CanonicalStatement, PartKind
from ..trace import metric_parts, metric_question
from .row_sentences import Speaker
from .statements import missing_parts
from .values import Alteration, ChangeClass
from .words import code, other_token

Read = tuple[Project, Reader]
"""A project, and how its SQL is read."""


def altered_metrics(before: Read, after: Read) -> Iterator[Alteration]:
    """What is computed otherwise, of metrics that are in both projects."""
    then, now = before[0].catalog.metrics, after[0].catalog.metrics
    for name in sorted(then.keys() & now.keys()):
        one, other = then[name], now[name]
        is_moved = one.source != other.source
        if is_moved:
            yield _source(one, other)
        if _written(one) != _written(other):
            yield from _parts((one, before), (other, after), is_moved=is_moved)


def _written(metric: Metric) -> tuple[object, ...]:
    return metric.filter, *((part, text) for part, text, _ in metric_parts(metric))


def _source(before: Metric, after: Metric) -> Alteration:
    sentence = (
        f"`{after.name}` reads {code(after.source or 'nothing')}, was {code(before.source or 'nothing')}"
    )
    place = after.at("source")
    subject = f"metric:{after.name}"
    return Alteration(
        ChangeClass.MODEL_WIDE, subject, "source", sentence, place, before.source or "", after.source or ""
    )


def _parts(
    before: tuple[Metric, Read], after: tuple[Metric, Read], *, is_moved: bool
) -> Iterator[Alteration]:
    """Expression, numerator and denominator; and the filter that they share."""
    then = {part: text for part, text, _ in metric_parts(before[0])}
    now = {part: (text, place) for part, text, place in metric_parts(after[0])}
    for part in dict.fromkeys((*then, *now)):
        text, place = now.get(part, ("", after[0].at()))
        old = then.get(part, "")
        if is_moved and old == text:
            continue
        if not old or not text or _value(*before, part, old) != _value(*after, part, text):
            yield _part(after[0], part, (old, text), place)
    if not is_moved or before[0].filter != after[0].filter:
        yield from _filters(before, after)


def _part(metric: Metric, part: str, texts: tuple[str, str], place: Location) -> Alteration:
    old, new = texts
    changed = other_token(old, new)
    if changed is not None:
        words = f"uses {code(changed[1])} in the place of {code(changed[0])}: {code(new)}"
    elif not old:
        words = f"is given: {code(new)}"
    else:
        words = f"is now {code(new)}, was {code(old)}" if new else f"is no longer given, was {code(old)}"
    sentence = f"the {part} of `{metric.name}` {words}"
    return Alteration(ChangeClass.COLUMN, f"metric:{metric.name}", part, sentence, place, old, new)


def _value(metric: Metric, read: Read, part: str, text: str) -> tuple[str, ...]:
    statement = _statement(metric, read, part, text)
    return tuple(column.text for column in statement.columns) if statement else (text,)


def _statement(metric: Metric, read: Read, part: str, text: str) -> CanonicalStatement | None:
    project, reader = read
    question = metric_question(metric, part, text, project.catalog, project.settings.naming)
    return next(iter(reader.read(question)), None)


def _filters(before: tuple[Metric, Read], after: tuple[Metric, Read]) -> Iterator[Alteration]:
    metric, read = after
    one, other = (_statement(each, of, "value", "1") for each, of in (before, after))
    if one is None or other is None or one.rows == other.rows:
        return
    gone, new = missing_parts(one.parts, other.parts), missing_parts(other.parts, one.parts)
    told = Speaker(read[0].catalog, metric.source or "").told(
        [part for part in gone if part.kind is PartKind.FILTER],
        [part for part in new if part.kind is PartKind.FILTER],
    )
    for each in told:
        sentence = each.sentence.replace(f"in `{metric.source}`", f"in the metric `{metric.name}`").partition(
            ", line "
        )
        words = f"{sentence[0]})" if sentence[1] else sentence[0]
        subject, place = f"metric:{metric.name}", metric.at("filter")
        yield Alteration(ChangeClass.MODEL_WIDE, subject, "filter", words, place, each.before, each.after)
