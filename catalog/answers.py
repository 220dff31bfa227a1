"""Whether two numbers may be added, divided or compared, and why. Flat, printable, comparable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Operation(StrEnum):
    """What people do with two numbers."""

    ADD = "add"
    DIVIDE = "divide"
    COMPARE = "compare"


class Answer(StrEnum):
    """Whether they may, best first."""

    YES = "yes"
    WITH_CARE = "with_care"
    UNKNOWN = "unknown"
    NO = "no"


WORST_FIRST = (Answer.NO, Answer.UNKNOWN, Answer.WITH_CARE)


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether an operation is right, and why: a sentence without internal names, "" where all is well."""

    operation: Operation
    answer: Answer
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Comparability:
    """What may be done with two metrics, or with two periods of one."""

    one: str
    other: str
    answers: tuple[Answered, ...]

    def of(self, operation: Operation) -> Answered:
        """The answer to one operation."""
        return next(each for each in self.answers if each.operation is operation)


Doubt = tuple[Answer, str]
"""A reason, and how far it goes."""


def answered(operation: Operation, doubts: Iterable[Doubt]) -> Answered:
    """The answer by the gravest of the doubts, the first of those that are as grave."""
    doubts = list(doubts)
    for answer in WORST_FIRST:
        for found, reason in doubts:
            if found is answer:
                return Answered(operation, answer, reason)
    return Answered(operation, Answer.YES)
