"""An aggregation over one relation, as the semantic layers of several tools have it."""

from __future__ import annotations

from dataclasses import dataclass


class NoExpressionError(Exception):
    """One SQL expression over one relation cannot say what a metric computes; the text says why."""


class NotUnderstoodError(NoExpressionError):
    """The file says what a metric computes, but not in a way that is known here."""


@dataclass(frozen=True, slots=True)
class Aggregation:
    """`function` has `{}` where `operand` goes; `filter` is a condition on rows."""

    source: str
    function: str
    operand: str
    filter: str | None
    time: str | None
    dimensions: tuple[str, ...]

    @property
    def sql(self) -> str:
        """The aggregation, its filter aside."""
        return self.function.replace("{}", self.operand)

    def with_filter(self) -> str:
        """The aggregation over the rows of its filter only, wherever it stands.

        Raises:
            NoExpressionError: the rows are out of reach, inside of several aggregates.
        """
        if not self.filter:
            return self.sql
        if self.function == "{}":
            raise NoExpressionError("a filter stands around parts that are aggregated already")
        operand = "1" if self.operand == "*" else self.operand
        return self.function.replace("{}", f"CASE WHEN {self.filter} THEN {operand} END")


def joined(conditions: list[str]) -> str | None:
    """Conditions that all hold, as one; None where there are none."""
    if len(conditions) > 1:
        return " AND ".join(f"({each})" for each in conditions)
    return conditions[0] if conditions else None
