"""Moderators of the sample: three sites round the clock, shifts, the roster and its nightly copies."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from clock import DAYS, HOUR, MINUTE, instant, midnight
from seeds import QUEUES, Row

SEGMENTS = (
    ("ON_QUEUE", 0, 90),
    ("BREAK", 90, 105),
    ("ON_QUEUE", 105, 195),
    ("WELLNESS", 195, 225),
    ("ON_QUEUE", 225, 330),
    ("MEETING", 330, 360),
)
"""Kind, beginning and end of the parts of every shift, in minutes from its start."""

PAID_MINUTES = SEGMENTS[-1][2]
WORKDAYS = 5


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work. `starts` are the hours (UTC) at which its shifts begin."""

    name: str
    vendor: str
    timezone: str
    starts: tuple[float, ...]
    people: int


SITES = (
    Site("DUB", "IN_HOUSE", "Europe/Dublin", (5.0,), 12),
    Site("LIS", "VENDOR_A", "Europe/Lisbon", (10.0,), 12),
    Site("KUL", "VENDOR_B", "Asia/Kuala_Lumpur", (15.5, 22.0), 22),
)
"""The first shift of Kuala Lumpur begins at half past eleven at night, local time, and crosses midnight."""

MOVER = 1
"""Number of the person who moves from the second site to the first halfway through."""

MOVES_ON = DAYS[len(DAYS) // 2]


@dataclass(frozen=True, slots=True)
class Person:
    """A moderator. `queues` are those the person can work, home queue first."""

    number: int
    name: str
    site: Site
    start: float
    queues: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    status: str = "ACTIVE"

    def site_on(self, day: datetime.date) -> Site:
        """Where the person works on that day."""
        return SITES[0] if self.number == MOVER and day >= MOVES_ON else self.site

    def works_on(self, day: datetime.date) -> bool:
        """Is it one of the person's five days of the week?"""
        return self.status == "ACTIVE" and (day.weekday() + self.number) % 7 < WORKDAYS


@dataclass(frozen=True, slots=True)
class Shift:
    """One planned shift of one person."""

    person: Person
    day: datetime.date
    begins: int

    def segments(self) -> Iterator[tuple[str, int, int]]:
        """Kind, beginning and end of its parts, as instants."""
        for state, first, last in SEGMENTS:
            yield state, self.begins + first * MINUTE, self.begins + last * MINUTE


def all_people(random: Random) -> tuple[Person, ...]:
    """Everybody on the roster, one of them on leave and one in training."""
    names = [queue.name for queue in QUEUES]
    people: list[Person] = []
    # Site by site in turn, so that the person of a number does not depend on how large a site is.
    seats = sorted((seat, order) for order, site in enumerate(SITES) for seat in range(site.people))
    for number, (seat, order) in enumerate(seats):
        site = SITES[order]
        home = number % len(names)
        skills = tuple(names[(home + step) % len(names)] for step in (0, 2, 4))
        second = random.choice(("de", "fr", "pl", "es"))
        languages = (("en", "C1"), (second, random.choice(("B1", "B2", "C1"))))
        people.append(
            Person(number, f"M{number:03}", site, site.starts[seat % len(site.starts)], skills, languages)
        )
    last = len(people)
    site = SITES[0]
    people.append(Person(last, f"M{last:03}", site, 5.0, (names[0],), (("en", "C2"),), "LEAVE"))
    people.append(Person(last + 1, f"M{last + 1:03}", site, 5.0, (), (("en", "C2"),), "TRAINING"))
    return tuple(people)


def all_shifts(people: Sequence[Person]) -> tuple[Shift, ...]:
    """The shifts of everybody, by beginning."""
    shifts = [
        Shift(person, day, int(midnight(day) + person.start * HOUR))
        for person in people
        for day in DAYS
        if person.works_on(day)
    ]
    return tuple(sorted(shifts, key=lambda shift: (shift.begins, shift.person.number)))


def roster_rows(people: Sequence[Person]) -> Iterator[Row]:
    """A copy of the roster for every night, from the night before the first shift on."""
    for day in (DAYS[0] - datetime.timedelta(days=1), *DAYS, DAYS[-1] + datetime.timedelta(days=1)):
        for person in people:
            site = person.site_on(day)
            yield {
                "snapshot_date": day.isoformat(),
                "moderator_id": person.name,
                "vendor_id": site.vendor,
                "site_id": site.name,
                "team_id": f"{site.name}-{1 + person.number % 2}",
                "timezone": site.timezone,
                "employment_type": "INTERNAL" if site.vendor == "IN_HOUSE" else "EXTERNAL",
                "fte": 0.75,
                "languages": [{"code": code, "cefr": level} for code, level in person.languages],
                "primary_queue_id": person.queues[0] if person.queues else None,
                "status": person.status,
            }


def shift_rows(shifts: Sequence[Shift], random: Random) -> Iterator[Row]:
    """The plan of every shift, and a few that were cancelled."""
    for shift in shifts:
        row: Row = {
            "shift_id": f"S-{shift.person.name}-{shift.day:%Y%m%d}",
            "moderator_id": shift.person.name,
            "site_id": shift.person.site_on(shift.day).name,
            "paid_minutes": PAID_MINUTES,
            "is_cancelled": False,
            "segments": [
                {"state": state, "start_at": instant(first), "end_at": instant(last)}
                for state, first, last in shift.segments()
            ],
        }
        yield row
        if random.random() < 0.01:
            yield {**row, "shift_id": f"{row['shift_id']}-X", "is_cancelled": True}


def off_queue_state(planned: str, random: Random) -> str:
    """What the console says during a planned part that is no reviewing."""
    if planned == "BREAK":
        return "BREAK_PAID"
    if planned == "WELLNESS":
        return "WELLNESS" if random.random() < 0.93 else "MEETING"
    return random.choice(("MEETING", "TRAINING", "COACHING"))
