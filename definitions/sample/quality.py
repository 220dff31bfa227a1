"""Audits and double reviews of the sample, drawn with known probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from clock import DAY, END, HOUR, instant
from content import Item
from people import Person
from review import Decision
from seeds import Row

CHANCE = {"VIOLATING": 0.12, "NOT_VIOLATING": 0.02}
"""Chance of an audit by the verdict of a person: actions are looked at six times as often."""

CHANCE_AUTOMATED = {True: 0.25, False: 0.01}
"""Chance of an audit of a classifier's verdict, by whether it acted."""

GUIDELINE = "2026.09"


def audit_rows(decisions: Sequence[Decision], items: Sequence[Item], random: Random) -> Iterator[Row]:
    """Audits of people and of classifiers."""
    yield from _audits_of_people(decisions, random)
    yield from _audits_of_classifiers(items, random)


def _audits_of_people(decisions: Sequence[Decision], random: Random) -> Iterator[Row]:
    for decision in decisions:
        chance = CHANCE.get(decision.outcome, 0.0)
        if random.random() >= chance:
            continue
        truth = decision.item.queue.policy if decision.item.is_breach else None
        yield {
            "audit_id": f"QA-{decision.task}-{decision.cycle}",
            "target_type": "HUMAN",
            "task_id": decision.task,
            "cycle_no": decision.cycle,
            "moderator_id": decision.person.name,
            "stratum": f"{decision.queue}/{decision.outcome}",
            "original_outcome": decision.outcome,
            "original_policy_id": decision.policy,
            **_judgement(truth, chance, decision.decided, random),
        }


def _audits_of_classifiers(items: Sequence[Item], random: Random) -> Iterator[Row]:
    for item in items:
        chance = CHANCE_AUTOMATED[item.is_auto_actioned]
        if random.random() >= chance:
            continue
        yield {
            "audit_id": f"QA-D{item.number:06}",
            "target_type": "AUTOMATED",
            "automod_decision_id": f"D{item.number:06}",
            "stratum": f"{item.queue.classifier}/{'ACTED' if item.is_auto_actioned else 'PASSED'}",
            "original_outcome": "VIOLATING" if item.is_auto_actioned else "NOT_VIOLATING",
            "original_policy_id": item.queue.policy if item.is_auto_actioned else None,
            **_judgement(item.queue.policy if item.is_breach else None, chance, item.uploaded, random),
        }


def _judgement(truth: str | None, chance: float, decided: int, random: Random) -> Row:
    """The audit itself; under dispute it has no final outcome yet."""
    sampled = decided + HOUR
    audited = sampled + int(random.uniform(4, 30) * HOUR)
    judgement: Row = {
        "inclusion_probability": chance,
        "is_blind": random.random() < 0.96,
        "is_disputed": random.random() < 0.05,
        "guideline_version": GUIDELINE,
        "sampled_at": instant(sampled),
    }
    if audited >= END:
        return judgement
    judgement["audited_at"] = instant(audited)
    if audited < END - 7 * DAY or not judgement["is_disputed"]:
        judgement |= {"final_outcome": "VIOLATING" if truth else "NOT_VIOLATING", "final_policy_id": truth}
    return judgement


def pair_rows(decisions: Sequence[Decision], people: Sequence[Person], random: Random) -> Iterator[Row]:
    """Items that a second person judged without seeing the first verdict."""
    reviewers = [person for person in people if person.queues]
    for decision in decisions:
        if decision.outcome == "NEEDS_SPECIALIST" or random.random() >= 0.04:
            continue
        sees_breach = random.random() < (0.93 if decision.item.is_breach else 0.07)
        reviewed = decision.decided + 2 * HOUR
        if reviewed < END:
            yield {
                "pair_id": f"P-{decision.task}-{decision.cycle}",
                "content_id": decision.item.name,
                "queue_id": decision.queue,
                "reviewer_a_id": decision.person.name,
                "reviewer_b_id": random.choice(reviewers).name,
                "outcome_a": decision.outcome,
                "outcome_b": "VIOLATING" if sees_breach else "NOT_VIOLATING",
                "design": "RANDOM" if random.random() < 0.85 else "TARGETED",
                "reviewed_at": instant(reviewed),
            }
