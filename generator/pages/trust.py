"""How far a thing may be relied on, in a word, an icon and a tone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from catalog import Certification, Level, Metric, Report, Status, Table, Validity
from generator.site import Site
from generator.words import CERTIFICATION_MEANS, LEVEL_MEANS, date_words, words

_STATUS_MEANS = {
    Status.PROPOSED: ("pencil", "plain", "Not yet agreed"),
    Status.DRAFT: ("pencil", "plain", "Still being written"),
    Status.DEPRECATED: ("stop", "bad", "Do not build anything new on it"),
    Status.RETIRED: ("stop", "bad", "No longer produced"),
}

_CERTIFICATION_LOOKS = {
    Certification.CERTIFIED: ("check", "good"),
    Certification.GOVERNED: ("check", "calm"),
    Certification.EXPLORATORY: ("circle", "plain"),
}


@dataclass(frozen=True, slots=True)
class Trust:
    """A word, the icon beside it, the tone of both, and what the word promises."""

    word: str
    icon: str
    tone: str
    means: str


_LEVEL_TONES = {Level.GOLD: "good", Level.SILVER: "calm", Level.BRONZE: "plain"}


def level_of(metric: Metric, site: Site) -> Trust | None:
    """How well a metric in use is backed, by rules; None below bronze."""
    leveled = site.levels.get(metric.name)
    if leveled is None or leveled.level is None or metric.status is not Status.ACTIVE:
        return None
    level = leveled.level
    return Trust(words(level), "medal", _LEVEL_TONES[level], LEVEL_MEANS[level])


NEEDS_REVIEW = Trust("Needs review", "alert", "warn", "Changed since it was certified")


def trust_of(thing: Metric | Table | Report, site: Site) -> Trust | None:
    """The trust a thing deserves on the day of the build; None for a table or report in plain use.

    A certification lapses by itself when its review is overdue, and when the metric or anything it is made
    from has changed since somebody vouched for it.
    """
    if thing.status is not Status.ACTIVE:
        icon, tone, means = _STATUS_MEANS[thing.status]
        return Trust(words(thing.status), icon, tone, means)
    if not isinstance(thing, Metric):
        return None
    if is_lapsed(thing, site):
        return NEEDS_REVIEW
    day = vouched_on(thing, site)
    if thing.certification is None and day is None:
        return Trust("Not certified", "circle", "plain", "Its owner has made no promise yet")
    word = words(thing.certification or Certification.CERTIFIED)
    if is_overdue(thing, site):
        return Trust(f"{word}, review overdue", "alert", "warn", "Due for a new look by its owner")
    icon, tone = _CERTIFICATION_LOOKS[thing.certification or Certification.CERTIFIED]
    means = CERTIFICATION_MEANS[thing.certification] if thing.certification else "Its meaning is vouched for"
    return Trust(word, icon, tone, f"{means}; unchanged since {date_words(day)}" if day else means)


def vouched_on(metric: Metric, site: Site) -> datetime.date | None:
    """The day on which somebody vouched for it as it is now; None where nobody has."""
    certified = site.project.certified.get(metric.name)
    if certified is None or certified.validity is not Validity.HOLDS:
        return None
    return certified.certificate.certified_on


def is_lapsed(metric: Metric, site: Site) -> bool:
    """Is it something else now than what somebody vouched for?"""
    certified = site.project.certified.get(metric.name)
    return certified is not None and certified.validity is Validity.LAPSED


def lapsed_on(metric: Metric, site: Site) -> datetime.date | None:
    """The first recorded day, after somebody vouched for it, on which its values may have become others."""
    certified, dated = site.project.certified.get(metric.name), site.project.dated.get(metric.name)
    if certified is None or dated is None:
        return None
    days = (state.day for state in dated.states if state.changes_values)
    return next((day for day in days if day > certified.certificate.certified_on), None)


def is_overdue(thing: Metric | Table, site: Site) -> bool:
    """Is the day of its next review over?"""
    return thing.review_by is not None and thing.review_by < site.today
