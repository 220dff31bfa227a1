"""Views, the sample of views that prevalence rests on, and orders of authorities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from clock import BEGIN, DAY, DAYS, END, HOUR, instant, midnight
from content import COUNTRIES
from seeds import POLICIES, Row

QUALIFIED_VIEWS = 800_000
BANDS = {"R0": (0.90, 0.0005), "R1": (0.07, 0.004), "R2": (0.025, 0.03), "R3": (0.005, 0.2)}
"""Band of risk → its share of all views, and the share of its views that break a rule."""

TRUE_PREVALENCE = sum(share * breaches for share, breaches in BANDS.values())
DRAWS = 400
"""Views drawn per month, country and band, however large the band is."""


def view_rows() -> Iterator[Row]:
    """Views of each country and day."""
    for day in DAYS:
        for country in COUNTRIES:
            yield {
                "_table_suffix": f"{day:%Y%m%d}",
                "content_id": "C000000",
                "country": country,
                "views": QUALIFIED_VIEWS * 5 // 4,
                "qualified_views": QUALIFIED_VIEWS,
            }


def sample_rows(random: Random) -> Iterator[Row]:
    """Judged views; a few are judged twice, and some cannot be judged."""
    number = 0
    for month in sorted({(day.year, day.month) for day in DAYS}):
        days = [day for day in DAYS if (day.year, day.month) == month]
        for country in COUNTRIES:
            for band, (share, breaches) in BANDS.items():
                for _ in range(DRAWS):
                    number += 1
                    day = random.choice(days)
                    is_breach = random.random() < breaches
                    row: Row = {
                        "sample_id": f"V{number:06}",
                        "view_date": day.isoformat(),
                        "content_id": f"C{random.randrange(1000):06}",
                        "country": country,
                        "stratum": band,
                        "stratum_frame_views": int(share * len(days) * QUALIFIED_VIEWS),
                        "label": "VIOLATING" if is_breach else "NOT_VIOLATING",
                        "policy_id": random.choice(POLICIES)[0] if is_breach else None,
                        "labelled_at": instant(midnight(day) + 30 * HOUR),
                    }
                    if random.random() < 0.02:
                        yield {**row, "label": "UNSURE", "policy_id": None}
                        row["labelled_at"] = instant(midnight(day) + 60 * HOUR)
                    if random.random() < 0.99:
                        yield row


def order_rows(categories: Iterable[str], random: Random) -> Iterator[Row]:
    """Orders of authorities, one or two a day."""
    codes = [code for code in categories if not code.endswith(("_NOTICE", "_TC"))]
    for number in range(80):
        received = int(random.uniform(BEGIN, END - 2 * DAY))
        yield {
            "order_id": f"O{number:03}",
            "order_type": random.choices(("ACT", "INFORM"), (0.3, 0.7))[0],
            "member_state": random.choice(COUNTRIES),
            "category": random.choice(codes),
            "item_count": random.randint(1, 4),
            "received_at": instant(received),
            "acknowledged_at": instant(received + HOUR // 2),
            "effected_at": instant(received + int(random.uniform(1, 30) * HOUR)),
        }
