"""Content of the sample: uploads, what classifiers made of them, and who reported them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from clock import BEGIN, DAY, END, HOUR, MINUTE, instant
from seeds import CATEGORY_OF, QUEUES, Queue, Row

UPLOADS_PER_DAY = 1100
BREACHES = 0.28
"""Share of the uploads that break a rule; far above a platform's, so that rates have substance."""

THRESHOLD = 0.87
COUNTRIES = ("DE", "FR", "IE", "PL", "ES")
LANGUAGES = ("de", "fr", "en", "pl", "es", None)
KINDS = (("CONTENT_TYPE_VIDEO", 0.85), ("CONTENT_TYPE_IMAGE", 0.1), ("CONTENT_TYPE_TEXT", 0.05))
ARTICLE_16 = ("ARTICLE_16", "ARTICLE_16_TRUSTED_FLAGGER")


@dataclass(frozen=True, slots=True)
class Item:
    """One upload, with what nobody in the warehouse knows: whether it breaks a rule."""

    number: int
    queue: Queue
    is_breach: bool
    uploaded: int
    country: str
    score: float
    notice_type: str | None
    reported: int | None

    @property
    def name(self) -> str:
        """Its identifier."""
        return f"C{self.number:06}"

    @property
    def account(self) -> str:
        """The pseudonym of its uploader."""
        return f"U{self.number * 7919 % 9000:04}"

    @property
    def is_auto_actioned(self) -> bool:
        """Did a classifier act on it alone?"""
        return self.score > THRESHOLD


def all_items(random: Random) -> tuple[Item, ...]:
    """The uploads, in order of time."""
    count = UPLOADS_PER_DAY * (END - BEGIN) // DAY
    moments = sorted(_moment(random) for _ in range(count))
    return tuple(_item(number, moment, random) for number, moment in enumerate(moments))


def _moment(random: Random) -> int:
    """A moment of upload: evenings and weekends see more."""
    while True:
        moment = int(random.uniform(BEGIN, END))
        hour, weekday = moment % DAY // HOUR, (moment - BEGIN) // DAY % 7
        if random.random() < (1.0 if 16 <= hour < 23 else 0.7) * (1.0 if weekday >= 5 else 0.8):
            return moment


def _item(number: int, uploaded: int, random: Random) -> Item:
    queue = random.choices(QUEUES, [queue.share for queue in QUEUES])[0]
    is_breach = random.random() < BREACHES
    score = min(max(random.gauss(0.75 if is_breach else 0.3, 0.17), 0.0), 1.0)
    notice_type, reported = None, None
    if random.random() < 0.2:
        notice_type = random.choices(("IN_APP_REPORT", *ARTICLE_16), (0.7, 0.26, 0.04))[0]
        reported = uploaded + int(random.expovariate(1 / (14 * HOUR)))
    country = random.choice(COUNTRIES)
    return Item(number, queue, is_breach, uploaded, country, score, notice_type, reported)


def item_rows(items: Sequence[Item], random: Random) -> Iterator[Row]:
    """The uploads as the platform records them."""
    for item in items:
        kind = random.choices([kind for kind, _ in KINDS], [share for _, share in KINDS])[0]
        yield {
            "content_id": item.name,
            "account_id": item.account,
            "content_type": kind,
            "country": item.country,
            "language": None if kind == "CONTENT_TYPE_IMAGE" else random.choice(LANGUAGES),
            "uploaded_at": instant(item.uploaded),
        }


def verdict_rows(items: Sequence[Item], random: Random) -> Iterator[Row]:
    """What classifiers made of each upload; a few were scored again by a newer version."""
    for item in items:
        row: Row = {
            "decision_id": f"D{item.number:06}",
            "content_id": item.name,
            "classifier": item.queue.classifier,
            "classifier_version": "v3",
            "policy_id": item.queue.policy,
            "score": round(item.score, 4),
            "threshold": THRESHOLD,
            "auto_action": item.is_auto_actioned,
            "scored_at": instant(item.uploaded + 20),
        }
        yield row
        if random.random() < 0.02:
            yield {
                **row,
                "decision_id": f"D{item.number:06}-2",
                "classifier_version": "v4",
                "scored_at": instant(item.uploaded + DAY),
            }


def report_rows(items: Sequence[Item], random: Random) -> Iterator[Row]:
    """Reports and notices: some name several items, some are open, one in ten was sent twice."""
    for item in items:
        if item.reported is None or item.reported >= END:
            continue
        decided = item.reported + int(random.expovariate(1 / (9 * HOUR)))
        is_open = decided >= END or random.random() < 0.03
        others = random.randint(1, 3) if random.random() < 0.15 else 0
        row: Row = {
            "report_id": f"R{item.number:06}",
            "notice_type": item.notice_type,
            "content_ids": [item.name, *(f"C{random.randrange(item.number + 1):06}" for _ in range(others))],
            "alleged_category": CATEGORY_OF[item.queue.policy] if random.random() < 0.9 else None,
            "country": item.country,
            "submitted_at": instant(item.reported),
            "processed_solely_automated": random.random() < 0.2,
            "ingested_at": instant(item.reported + 3 * MINUTE),
        }
        if not is_open:
            row |= {"decided_at": instant(decided), "decision_basis": _basis(item, random)}
        yield row
        if random.random() < 0.1:
            yield {**row, "ingested_at": instant(item.reported + 5 * HOUR)}


def _basis(item: Item, random: Random) -> str:
    if not item.is_breach:
        return random.choices(("NO_ACTION", "DUPLICATE", "TERMS"), (0.88, 0.06, 0.06))[0]
    return random.choices(("LAW", "TERMS", "NO_ACTION"), (0.3, 0.62, 0.08))[0]
