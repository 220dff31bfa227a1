"""What a statement does, and what decides about it: values that the walk fills and results are made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from .edges import Subtype
from .relations import Attribute, Open

Change = tuple[str, Attribute]
"""A column of the target, and what it is set to."""


@dataclass(slots=True, eq=False)
class Clause:
    """A condition or key that decides which rows arrive. Cut out of the text when a statement is done.

    `keyword` opens the clause it stands in; `is_key` says it is one of several there. `text` is given where
    it is no part of the source, and together with `line` where it is no part of the statement.
    """

    node: exp.Expr
    keyword: TokenType | None = None
    is_key: bool = False
    text: str = ""
    line: int = 0


Controls = dict[Subtype, dict[tuple[str, str], Clause]]
"""How rows are decided about → the columns that do so → the clause met first that says so."""


def join_controls(controls: Controls, others: Controls) -> Controls:
    """Add to what decides about rows; of several clauses about a column the first stays."""
    for subtype, clauses in others.items():
        controls[subtype] = clauses | controls.get(subtype, {})
    return controls


@dataclass(frozen=True, slots=True)
class Effect:
    """What a statement does. What is temporary is known to later statements of the text alone.

    `others` are what it does to other tables, each with the `controls` that decide about that one alone.
    """

    kind: str
    target: str | None = None
    columns: tuple[Change, ...] = ()
    is_temporary: bool = False
    variables: frozenset[str] = frozenset()
    opens: tuple[Open, ...] = ()
    others: tuple[Effect, ...] = ()
    controls: Controls = field(default_factory=dict)
