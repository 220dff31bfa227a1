"""A sandbox that also counts: a template can neither loop for long nor make a text beyond measure."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

STEPS = 20_000_000
"""Characters and items that a template may go through."""

CALL, FILTER = 500, 50
"""What a call and a filter take at least."""

WIDTH = re.compile(r"[%:][^\s%{}]{0,4}\d{5,}")

LARGEST = 1_000_000
"""Characters of a text, items of a list, and the size of a number."""

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "%": operator.mod, "**": operator.pow,
    "/": operator.truediv, "//": operator.floordiv,
}  # fmt: skip


@dataclass(slots=True)
class Budget:
    """What is left to spend."""

    left: int = STEPS

    def spend(self, amount: int) -> None:
        """Take something off; a template that has spent all is not rendered further."""
        self.left -= amount
        if self.left < 0:
            msg = "it does not come to an end"
            raise SecurityError(msg)

    def chunks(self, texts: Iterable[str]) -> Iterator[str]:
        """The output piece by piece."""
        total = 0
        for text in texts:
            total += len(text)
            if total > 10 * LARGEST:
                msg = "its text is too long"
                raise SecurityError(msg)
            self.spend(1)
            yield text


def limited(env: ImmutableSandboxedEnvironment, budget: Budget) -> ImmutableSandboxedEnvironment:
    """The environment with a budget for loops, calls, filters and operators."""
    call = env.call

    def counted_call(context: Any, function: Any, /, *args: Any, **named: Any) -> Any:
        owner = getattr(getattr(function, "__wrapped__", function), "__self__", None)
        _refuse_widths(owner, args)
        budget.spend(CALL + _cost((owner, *args, *named.values())))
        return _sized(call(context, function, *args, **named))

    env.globals = {name: env.globals[name] for name in ("range", "dict", "namespace", "joiner", "cycler")}
    env.filters = {name: _bounded(function, budget) for name, function in env.filters.items()}
    env.filters["counted"] = lambda items: _counted(items, budget)
    env.filters["sized"] = _sized
    env.intercepted_binops = frozenset(OPERATORS)
    env.binop_table = {sign: _bounded(function, budget) for sign, function in OPERATORS.items()}
    env.call = counted_call  # type: ignore[method-assign]
    return env


def _bounded(function: Callable[..., Any], budget: Budget) -> Callable[..., Any]:
    @wraps(function)
    def bounded(*args: Any, **named: Any) -> Any:
        _refuse_widths(None, args)
        budget.spend(FILTER + _cost((*args, *named.values())))
        return _sized(function(*args, **named))

    return bounded


def _refuse_widths(owner: object, args: Iterable[object]) -> None:
    """A format may ask for any width; none of five figures is meant."""
    if any(isinstance(value, str) and WIDTH.search(value) for value in (owner, *args)):
        msg = "it asks for a text too wide"
        raise SecurityError(msg)


def _cost(values: Iterable[object]) -> int:
    """The size of what can come of values at most, whatever is done with them."""
    cost = 1
    for value in values:
        if isinstance(value, str | list | tuple | dict):
            cost *= max(_size(value), 1)
        elif isinstance(value, int) and not isinstance(value, bool):
            cost *= max(abs(value), 1) if abs(value) < LARGEST else 2 * STEPS
        cost = min(cost, 2 * STEPS)
    return cost


def _size(value: object) -> int:
    if isinstance(value, list | tuple):
        return sum(len(item) if isinstance(item, str) else 1 for item in value)
    return len(value) if isinstance(value, str | dict) else 1


def _sized(value: Any) -> Any:
    """The value, if it is not too large."""
    if isinstance(value, int) and abs(value) > LARGEST:
        msg = f"`{value}` is too large a number"
        raise SecurityError(msg)
    if isinstance(value, str | list | tuple | dict) and len(value) > LARGEST:
        msg = "a text or list in it is too long"
        raise SecurityError(msg)
    return value


def _counted(items: Any, budget: Budget) -> list[Any]:
    found = []
    for item in items:
        budget.spend(100)
        found.append(item)
    return found
