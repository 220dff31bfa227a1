"""Queues, policies and categories of the sample: what other rows point at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clock import BEGIN, DAY, instant

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Queue:
    """A review queue with the policy that most of its breaches fall under, and its share of the work."""

    name: str
    title: str
    harm_area: str
    sla_minutes: int
    sla_basis: str
    exposure_tier: int
    policy: str
    classifier: str
    share: float


QUEUES = (
    Queue("Q_MINOR", "Minor safety", "MINOR_SAFETY", 240, "INTERNAL", 4, "P_MINOR", "minor_safety", 0.10),
    Queue("Q_VE", "Violent extremism", "VIOLENT_EXTREMISM", 60, "LEGAL", 4, "P_VE", "graphic_violence", 0.10),
    Queue("Q_HATE", "Hate and harassment", "HATE_HARASSMENT", 1440, "CODE_OF_CONDUCT", 2, "P_HATE",
          "hate_speech", 0.25),
    Queue("Q_SCAM", "Scams and fraud", "SCAM_FRAUD", 720, "INTERNAL", 0, "P_SCAM", "scam", 0.20),
    Queue("Q_GENERAL", "General video", "GENERAL", 1440, "CONTRACT", 1, "P_NUDITY", "adult_nudity", 0.35),
)  # fmt: skip

POLICIES = (
    ("P_MINOR", "Minor safety", "Minor safety", "PROTECTION_OF_MINORS",
     "GROOMING_SEXUAL_ENTICEMENT_MINORS", 5, 1.0),
    ("P_VE", "Violent extremism", "Violent extremism", "RISK_FOR_PUBLIC_SECURITY",
     "TERRORIST_CONTENT", 5, 1.0),
    ("P_HATE", "Hate speech", "Hate and harassment", "ILLEGAL_OR_HARMFUL_SPEECH", "HATE_SPEECH", 3, 0.4),
    ("P_SCAM", "Scams", "Scams and fraud", "SCAMS_AND_FRAUD", "PHISHING", 2, 0.0),
    ("P_NUDITY", "Nudity", "Adult content", "OTHER_VIOLATION_TC", "NUDITY", 2, 0.2),
)  # fmt: skip
"""Code, name, area, DSA category, DSA keyword, severity and exposure weight of each policy."""

CATEGORY_OF = {policy[0]: f"STATEMENT_CATEGORY_{policy[3]}" for policy in POLICIES}
RESERVED = {
    "STATEMENT_CATEGORY_OTHER_VIOLATION_TC": "OWN_INITIATIVE_TC_ONLY",
    "STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER": "ORDERS_ONLY",
    "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE": "NOTICES_ONLY",
}
POLICY_CHANGE = BEGIN + 30 * DAY
"""When the second version of every policy takes over."""


def queue_rows() -> Iterator[Row]:
    """The review queues."""
    for queue in QUEUES:
        yield {
            "queue_id": queue.name,
            "queue_name": queue.title,
            "harm_area": queue.harm_area,
            "sla_minutes": queue.sla_minutes,
            "sla_basis": queue.sla_basis,
            "exposure_tier": queue.exposure_tier,
        }


def policy_rows() -> Iterator[Row]:
    """Two versions of each policy, the second in force since the middle of the sample."""
    for code, name, area, category, keyword, severity, weight in POLICIES:
        version: Row = {
            "policy_id": code,
            "policy_name": name,
            "policy_area": area,
            "dsa_category": f"STATEMENT_CATEGORY_{category}",
            "dsa_keyword": f"KEYWORD_{keyword}",
            "severity": severity,
            "exposure_weight": weight,
        }
        first, change = instant(BEGIN - 900 * DAY), instant(POLICY_CHANGE)
        yield {**version, "valid_from": first, "valid_to": change}
        yield {**version, "policy_name": f"{name} (2026)", "valid_from": change, "valid_to": None}


def category_rows(categories: Iterable[tuple[str, str]]) -> Iterator[Row]:
    """The DSA categories, given as code and label in the order of the template."""
    for number, (code, label) in enumerate(categories, start=1):
        yield {
            "dsa_category": code,
            "template_no": number,
            "label": label,
            "allowed_in": RESERVED.get(code, "ALL"),
        }
