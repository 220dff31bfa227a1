"""The review floor of the sample, played through minute by minute.

Cases wait in their queues; whoever is on shift takes the one with the nearest deadline that they are skilled
for. Waiting times, idle time, breaches of deadlines and console states are what comes of it, so that the
figures of the derived tables belong together.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from clock import END, HOUR, MINUTE, instant
from content import Item
from people import Person, Shift, off_queue_state
from seeds import POLICIES, QUEUES, Row

TYPICAL_HANDLING = 450
"""Median handling time of a case, in seconds; the mean is a fifth above."""

SLA_MINUTES = {queue.name: queue.sla_minutes for queue in QUEUES}
CASE_OPENS, PERSON_IS_READY = 0, 1


@dataclass(slots=True)
class Case:
    """One pass of an item through review, as it stands now."""

    item: Item
    cycle: int
    opened: int
    queue: str
    channel: str
    vanishes: int | None
    was_escalated: bool = False

    @property
    def task(self) -> str:
        """Identifier of its task."""
        return f"T{self.item.number:06}"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on a case."""

    item: Item
    task: str
    cycle: int
    queue: str
    channel: str
    person: Person
    decided: int
    outcome: str
    policy: str | None


@dataclass(slots=True)
class Floor:
    """What has happened so far, and what is to come."""

    random: Random
    due: list[tuple[int, int, int, Case | tuple[Person, int]]] = field(default_factory=list)
    waiting: dict[str, list[tuple[int, int, Case]]] = field(default_factory=dict)
    events: list[Row] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    console: list[tuple[Person, str, int, int]] = field(default_factory=list)
    counter: int = 0

    def number(self) -> int:
        """The next number; it also decides between things of one moment."""
        self.counter += 1
        return self.counter


def play(items: Sequence[Item], shifts: Sequence[Shift], random: Random) -> Floor:
    """Everything that happens on the floor until the end of the sample."""
    floor = Floor(random, waiting={queue.name: [] for queue in QUEUES})
    for item in items:
        _plan_first_pass(floor, item)
    for shift in shifts:
        _plan_shift(floor, shift)
    while floor.due and floor.due[0][0] < END:
        moment, _, _, subject = heapq.heappop(floor.due)
        if isinstance(subject, Case):
            _open(floor, subject)
        else:
            _work(floor, *subject, moment)
    for queue in floor.waiting.values():
        for _, _, case in queue:
            _has_vanished(floor, case, END)
    return floor


def _plan_first_pass(floor: Floor, item: Item) -> None:
    if item.is_auto_actioned:
        return
    opened, channel = item.uploaded + 5 * MINUTE, "PROACTIVE_MODEL"
    if item.reported is not None and item.score < 0.5:
        opened, channel = item.reported + MINUTE, _channel_of(item)
    elif item.score < 0.5:
        if floor.random.random() < 0.25:
            return
        channel = "POPULARITY_TRIGGER"
    _plan_case(floor, Case(item, 1, opened, item.queue.name, channel, None))


def _channel_of(item: Item) -> str:
    channels = {"ARTICLE_16": "ARTICLE_16_NOTICE", "ARTICLE_16_TRUSTED_FLAGGER": "TRUSTED_FLAGGER"}
    return channels.get(item.notice_type or "", "USER_REPORT")


def _plan_case(floor: Floor, case: Case) -> None:
    if floor.random.random() < 0.04:
        case.vanishes = case.opened + int(floor.random.expovariate(1 / HOUR))
    heapq.heappush(floor.due, (case.opened, CASE_OPENS, floor.number(), case))


def _plan_shift(floor: Floor, shift: Shift) -> None:
    if floor.random.random() < 0.02:
        floor.console.append((shift.person, "ABSENT_PAID", shift.begins, shift.begins + 6 * HOUR))
        return
    for planned, first, last in shift.segments():
        if planned == "ON_QUEUE":
            ready = (first, PERSON_IS_READY, floor.number(), (shift.person, last))
            heapq.heappush(floor.due, ready)
        else:
            floor.console.append((shift.person, off_queue_state(planned, floor.random), first, last))


def _open(floor: Floor, case: Case) -> None:
    _record(floor, case, "CREATED" if case.cycle == 1 else "REOPENED", case.opened)
    _put_back(floor, case)


def _put_back(floor: Floor, case: Case) -> None:
    deadline = case.opened + SLA_MINUTES[case.queue] * MINUTE
    heapq.heappush(floor.waiting[case.queue], (deadline, floor.number(), case))


def _work(floor: Floor, person: Person, until: int, now: int) -> None:
    """One step of a person on queue: a case, a wait, or a fault of the tools."""
    if floor.random.random() < 0.003:
        done, state = min(now + 12 * MINUTE, until), "SYSTEM_DOWN"
    elif until - now > 2 * MINUTE and (case := _next_case(floor, person, now)):
        done, state = _handle(floor, person, case, now, until), "HANDLING"
    else:
        done, state = min(now + 3 * MINUTE, until), "AVAILABLE_IDLE"
    floor.console.append((person, state, now, done))
    if done < until:
        heapq.heappush(floor.due, (done, PERSON_IS_READY, floor.number(), (person, until)))


def _next_case(floor: Floor, person: Person, now: int) -> Case | None:
    """The waiting case with the nearest deadline that the person may take."""
    while queues := [floor.waiting[name] for name in person.queues if floor.waiting[name]]:
        _, _, case = heapq.heappop(min(queues, key=lambda queue: queue[0]))
        if not _has_vanished(floor, case, now):
            return case
    return None


def _has_vanished(floor: Floor, case: Case, now: int) -> bool:
    if case.vanishes is None or case.vanishes > now:
        return False
    _record(floor, case, "CLOSED_NO_REVIEW", case.vanishes)
    return True


def _handle(floor: Floor, person: Person, case: Case, now: int, until: int) -> int:
    """What becomes of a case that the person takes; the moment it leaves their hands."""
    random = floor.random
    length = min(int(random.lognormvariate(0, 0.6) * TYPICAL_HANDLING) + 5, until - now)
    _record(floor, case, "ASSIGNED", now, moderator_id=person.name)
    _record(floor, case, "OPENED", now + 2, moderator_id=person.name)
    if random.random() < 0.03:
        _record(floor, case, "HEARTBEAT", now + 4, moderator_id=person.name)
    fate = random.random()
    if fate < 0.015:
        length = min(length, 30)
        spent = _tool_time(length, random)
        _record(floor, case, "SKIPPED", now + length, moderator_id=person.name, handle_ms=spent)
        _put_back(floor, case)
    elif fate < 0.065 and not case.was_escalated:
        length = max(length // 3, 5)
        spent = _tool_time(length, random)
        _record(floor, case, "ESCALATED", now + length, moderator_id=person.name, handle_ms=spent)
        case.was_escalated = True
        case.queue = random.choice(QUEUES).name if random.random() < 0.2 else case.queue
        _put_back(floor, case)
    else:
        _decide(floor, person, case, now + length, length)
    return now + length


def _tool_time(length: int, random: Random) -> int:
    """Handling time by the review tool, in ms; it trims idle time on screen, which the console does not."""
    return int(length * random.uniform(0.93, 0.99) * 1000)


def _decide(floor: Floor, person: Person, case: Case, when: int, length: int) -> None:
    outcome, policy = _verdict(case.item, floor.random)
    spent = _tool_time(length, floor.random)
    labels: list[Row] = []
    if policy:
        severity = next(row[5] for row in POLICIES if row[0] == policy)
        severity = min(max(severity + floor.random.choice((-2, -1, -1, 0, 1)), 1), 5)
        labels = [{"policy_id": policy, "severity": severity, "is_primary": True}]
    _record(
        floor, case, "DECIDED", when, moderator_id=person.name, handle_ms=spent, labels=labels,
        decision={"outcome": outcome, "policy_id": policy, "action_code": "REMOVE" if policy else None},
    )  # fmt: skip
    if when >= END:
        return
    floor.decisions.append(
        Decision(case.item, case.task, case.cycle, case.queue, case.channel, person, when, outcome, policy)
    )
    if case.cycle < 3 and floor.random.random() < 0.05:
        again = when + int(floor.random.expovariate(1 / (16 * HOUR))) + MINUTE
        _plan_case(floor, Case(case.item, case.cycle + 1, again, case.item.queue.name, case.channel, None))


def _verdict(item: Item, random: Random) -> tuple[str, str | None]:
    """What a person makes of an item: right nine times in ten, and not always under the right policy."""
    if random.random() < 0.004:
        return "NEEDS_SPECIALIST", None
    sees_breach = random.random() < (0.93 if item.is_breach else 0.07)
    if not sees_breach:
        return "NOT_VIOLATING", None
    if random.random() < 0.07:
        return "VIOLATING", random.choice([policy[0] for policy in POLICIES])
    return "VIOLATING", item.queue.policy


def _record(floor: Floor, case: Case, kind: str, when: int, **more: object) -> None:
    if when >= END:
        return
    number = floor.number()
    event: Row = {
        "event_id": f"E{number:08}",
        "task_id": case.task,
        "content_id": case.item.name,
        "queue_id": case.queue,
        "event_type": kind,
        "event_at": instant(when),
        "source_channel": case.channel,
        "ingested_at": instant(when + 90),
        **more,
    }
    if case.channel in {"ARTICLE_16_NOTICE", "TRUSTED_FLAGGER", "USER_REPORT"}:
        event["report_id"] = f"R{case.item.number:06}"
    floor.events.append(event)
    if floor.random.random() < 0.02:
        floor.events.append({**event, "ingested_at": instant(when + HOUR)})


def console_rows(floor: Floor) -> Iterator[Row]:
    """Console states; stretches of one state that touch are one interval, and what runs on has no end."""
    intervals: list[tuple[Person, str, int, int]] = []
    for person, state, first, last in sorted(floor.console, key=lambda row: (row[0].number, row[2])):
        if first >= END:
            continue
        previous = intervals[-1] if intervals else None
        if previous and previous[:2] == (person, state) and previous[3] == first:
            intervals[-1] = (person, state, previous[2], last)
        else:
            intervals.append((person, state, first, last))
    for number, (person, state, first, last) in enumerate(intervals):
        yield {
            "activity_id": f"A{number:06}",
            "moderator_id": person.name,
            "state": state,
            "started_at": instant(first),
            "ended_at": instant(last) if last < END else None,
        }
