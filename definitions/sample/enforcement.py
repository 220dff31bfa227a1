"""Actions of the sample, the appeals against them, and the statements of reasons sent for them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from clock import DAY, END, HOUR, MINUTE, day_of, instant
from content import ARTICLE_16, COUNTRIES, Item
from review import Decision
from seeds import CATEGORY_OF, Row

FULLY, PARTIALLY, BY_PEOPLE = (
    f"AUTOMATED_DECISION_{degree}" for degree in ("FULLY", "PARTIALLY", "NOT_AUTOMATED")
)
REMOVED = ["DECISION_VISIBILITY_CONTENT_REMOVED"]
MILDER = (
    ["DECISION_VISIBILITY_CONTENT_DEMOTED"],
    ["DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED", "DECISION_VISIBILITY_CONTENT_LABELLED"],
)
TERRITORY = ["AT", "BE", "DE", "ES", "FR", "IE", "IT", "NL", "PL"]
SUPPORTED, REVERSED = "UPHELD", ("REVERSED", "PARTIALLY_REVERSED")


@dataclass(frozen=True, slots=True)
class Action:
    """A restriction of one item, with how it ended if it was undone."""

    item: Item
    applied: int
    policy: str
    automation: str
    source: str
    task: str | None
    is_test: bool
    appealed: int | None
    answered: int | None
    outcome: str | None
    undone: int | None
    why_undone: str | None

    @property
    def name(self) -> str:
        """Its identifier, and that of its statement of reasons."""
        return f"AC{self.item.number:06}"


def all_actions(items: Sequence[Item], decisions: Sequence[Decision], random: Random) -> tuple[Action, ...]:
    """Restrictions by classifiers, and those that follow the last verdict on an item, by moment."""
    last = {decision.item.number: decision for decision in decisions}
    actions = [
        _action(item, item.uploaded + 40, item.queue.policy, None, random)
        for item in items
        if item.is_auto_actioned
    ]
    actions += [
        _action(decision.item, decision.decided + MINUTE, decision.policy, decision, random)
        for decision in last.values()
        if decision.policy
    ]
    return tuple(sorted((action for action in actions if action.applied < END), key=_by_moment))


def _by_moment(action: Action) -> tuple[int, int]:
    return action.applied, action.item.number


def _action(item: Item, applied: int, policy: str, decision: Decision | None, random: Random) -> Action:
    appealed, answered, outcome = _appeal(item, applied, random)
    undone, why = None, None
    if outcome in REVERSED:
        undone, why = answered, "APPEAL"
    elif not item.is_breach and random.random() < 0.15:
        undone, why = applied + 2 * DAY, "PROACTIVE_CORRECTION"
    elif random.random() < 0.004:
        undone, why = applied + 10 * DAY, random.choice(("EXPIRED", "COURT_ORDER"))
    if undone is not None and undone >= END:
        undone, why = None, None
    automation = FULLY
    if decision:
        automation = PARTIALLY if decision.channel == "PROACTIVE_MODEL" else BY_PEOPLE
    task = decision.task if decision else None
    return Action(
        item, applied, policy, automation, _source(item, applied, random), task,
        random.random() < 0.01, appealed, answered, outcome, undone, why,
    )  # fmt: skip


def _source(item: Item, applied: int, random: Random) -> str:
    if random.random() < 0.004:
        return "AUTHORITY_ORDER"
    if item.reported is None or item.reported > applied:
        return "SOURCE_VOLUNTARY"
    if item.notice_type not in ARTICLE_16:
        return "SOURCE_TYPE_OTHER_NOTIFICATION"
    return "SOURCE_ARTICLE_16" if item.notice_type == "ARTICLE_16" else "SOURCE_TRUSTED_FLAGGER"


def _appeal(item: Item, applied: int, random: Random) -> tuple[int | None, int | None, str | None]:
    """Moment of the appeal, of the answer, and the outcome. Who is in the right appeals more often."""
    if random.random() >= (0.14 if item.is_breach else 0.45):
        return None, None, None
    appealed = applied + int(random.expovariate(1 / (7 * DAY)))
    answered = appealed + int(random.lognormvariate(2.1, 0.9) * HOUR)
    if appealed >= END:
        return None, None, None
    if answered >= END:
        return appealed, None, None
    wins = random.random() < (0.10 if item.is_breach else 0.85)
    outcomes = (*REVERSED, "OMITTED") if wins else (SUPPORTED, "OMITTED", "OMITTED")
    return appealed, answered, random.choices(outcomes, (0.86, 0.1, 0.04) if wins else (0.94, 0.03, 0.03))[0]


def action_rows(actions: Sequence[Action], random: Random) -> Iterator[Row]:
    """The ledger: a version when an action is taken, another when it is undone."""
    for action in actions:
        hours = (action.applied - action.item.uploaded) / HOUR
        row: Row = {
            "action_id": action.name,
            "version": 1,
            "content_id": action.item.name,
            "account_id": action.item.account,
            "policy_id": action.policy,
            "decision_ground": _ground(random),
            "decision_visibility": REMOVED if random.random() < 0.82 else random.choice(MILDER),
            "source_type": action.source,
            "automated_detection": action.automation != BY_PEOPLE,
            "automated_decision": action.automation,
            "territorial_scope": TERRITORY,
            "views_at_action": _views(hours, random),
            "task_id": action.task,
            "is_test": action.is_test,
            "applied_at": instant(action.applied),
            "recorded_at": instant(action.applied),
        }
        if random.random() < 0.01:
            row |= {
                "decision_account": "DECISION_ACCOUNT_SUSPENDED",
                "misuse_ground": "MANIFESTLY_ILLEGAL_CONTENT",
            }
        yield row
        if action.undone is not None:
            lifted = instant(action.undone)
            yield {
                **row, "version": 2, "reversed_at": lifted, "reversal_reason": action.why_undone,
                "recorded_at": lifted,
            }  # fmt: skip


def _views(hours: float, random: Random) -> int:
    """Views within so many hours: most items find no viewer at once."""
    if random.random() < math.exp(-hours / 12):
        return 0
    return 1 + int(random.expovariate(1 / (40 * hours + 1)))


def _ground(random: Random) -> str:
    return f"DECISION_GROUND_{'ILLEGAL' if random.random() < 0.1 else 'INCOMPATIBLE'}_CONTENT"


def appeal_rows(actions: Sequence[Action], items: Sequence[Item], random: Random) -> Iterator[Row]:
    """Appeals of uploaders against actions, and of notifiers whose notice was refused."""
    for action in actions:
        if action.appealed is not None:
            row: Row = {
                "appeal_id": f"AP{action.item.number:06}",
                "action_id": action.name,
                "complainant_type": "UPLOADER",
                "complaint_basis": random.choices(
                    ("VISIBILITY", "ACCOUNT", "MONETISATION"), (0.9, 0.07, 0.03)
                )[0],
                "country": action.item.country,
                "language": random.choice(("de", "en", "fr")),
                "submitted_at": instant(action.appealed),
                "ingested_at": instant(action.appealed),
            }
            yield from _versions(row, action.answered, action.outcome)
    for item in items:
        if item.reported and item.notice_type in ARTICLE_16 and not item.is_breach and random.random() < 0.05:
            submitted = item.reported + 3 * DAY
            answered = submitted + int(random.expovariate(1 / (20 * HOUR)))
            if submitted < END:
                trusted = item.notice_type != "ARTICLE_16"
                row = {
                    "appeal_id": f"AN{item.number:06}",
                    "report_id": f"R{item.number:06}",
                    "complainant_type": "TRUSTED_FLAGGER" if trusted else "NOTIFIER",
                    "complaint_basis": "NO_ACTION_ON_TF_NOTICE" if trusted else "NO_ACTION_ON_NOTICE",
                    "country": random.choice(COUNTRIES),
                    "language": "en",
                    "submitted_at": instant(submitted),
                    "ingested_at": instant(submitted),
                }
                yield from _versions(row, answered if answered < END else None, "UPHELD")


def _versions(row: Row, answered: int | None, outcome: str | None) -> Iterator[Row]:
    yield row
    if answered is not None:
        yield {**row, "decided_at": instant(answered), "outcome": outcome, "ingested_at": instant(answered)}


def dispute_rows(actions: Sequence[Action], random: Random) -> Iterator[Row]:
    """Disputes before settlement bodies, after an appeal that was lost."""
    for action in actions:
        if action.outcome != SUPPORTED or action.answered is None or random.random() >= 0.04:
            continue
        closed = action.answered + int(random.uniform(6, 20) * DAY)
        outcome = random.choices((SUPPORTED, *REVERSED, "OMITTED"), (0.45, 0.3, 0.1, 0.15))[0]
        is_closed = closed < END
        yield {
            "dispute_id": f"OD{action.item.number:06}",
            "appeal_id": f"AP{action.item.number:06}",
            "body_name": random.choice(("Body A", "Body B")),
            "outcome": outcome if is_closed else None,
            "is_procedural": outcome in REVERSED and random.random() < 0.3,
            "implemented": outcome in REVERSED and random.random() < 0.8 if is_closed else None,
            "submitted_at": instant(action.answered + DAY),
            "closed_at": instant(closed) if is_closed else None,
        }


def statement_rows(rows: Sequence[Row], actions: Sequence[Action], random: Random) -> Iterator[Row]:
    """What was sent to the public database: nearly everything, some of it late, a few answers lost."""
    first = {row["action_id"]: row for row in rows if row["version"] == 1}
    for action in actions:
        if action.is_test or action.source == "AUTHORITY_ORDER" or random.random() < 0.001:
            continue
        sent = action.applied + int(random.expovariate(1 / (14 * HOUR)))
        if sent >= END:
            continue
        row = first[action.name]
        detected = bool(row["automated_detection"]) != (random.random() < 0.002)
        statement: Row = {
            "puid": action.name,
            "uuid": f"u-{action.item.number:06}",
            "decision_visibility": row["decision_visibility"],
            "decision_ground": row["decision_ground"],
            "incompatible_content_ground": "Community rules",
            "incompatible_content_explanation": "The item breaks the rule that is named.",
            "category": CATEGORY_OF[action.policy],
            "content_type": ["CONTENT_TYPE_VIDEO"],
            "content_date": day_of(action.item.uploaded),
            "territorial_scope": TERRITORY,
            "application_date": day_of(action.applied),
            "decision_facts": "Judged against the rule that is named.",
            "source_type": action.source,
            "automated_detection": "Yes" if detected else "No",
            "automated_decision": action.automation,
            "submitted_at": instant(sent),
            "http_status": 201,
        }
        yield statement
        if random.random() < 0.005:
            yield {**statement, "uuid": None, "submitted_at": instant(sent + HOUR), "http_status": 422}
