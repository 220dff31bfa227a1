"""The time that the sample covers. Instants are seconds since 1970, UTC, until they are written down."""

from __future__ import annotations

import datetime

FIRST_DAY = datetime.date(2026, 9, 28)
RUN_DATE = datetime.date(2026, 11, 20)
"""Value of `@run_date`; the sample ends at the end of this day."""

AFTER_HALF_YEAR = datetime.date(2027, 1, 15)
"""Value of `@run_date` for the half-yearly template, which looks back at the half-year before."""

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def midnight(day: datetime.date) -> int:
    """The instant at which a UTC day begins."""
    return int(datetime.datetime.combine(day, datetime.time(), datetime.UTC).timestamp())


BEGIN = midnight(FIRST_DAY)
END = midnight(RUN_DATE) + DAY
DAYS = tuple(FIRST_DAY + datetime.timedelta(days=n) for n in range((RUN_DATE - FIRST_DAY).days + 1))


def instant(seconds: float) -> str:
    """An instant as it is loaded."""
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).isoformat(" ")


def day_of(seconds: float) -> str:
    """The UTC day of an instant as it is loaded."""
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date().isoformat()
