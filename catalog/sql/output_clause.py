"""T-SQL's OUTPUT: rows that a change hands on to another table, as they were before it and are after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from .changes import held_in, target_relation
from .effects import Effect
from .positions import OPENING
from .relations import Attribute, Derived, base_columns
from .rewording import clause_of
from .scope import Scope


def with_output(effect: Effect, tree: exp.Expr, scope: Scope) -> Effect:
    """The effect of a change, and that of its OUTPUT on the table named there."""
    tokens = scope.walk.text.tokens
    returning, clause = tree.args.get("returning"), clause_of(tokens)
    if not isinstance(returning, exp.Returning) or clause is None or clause.last == clause.end:
        return effect
    target, listed = _target(tokens[clause.end + 1 : clause.last], scope)
    inside = scope.beside()
    inside.sources = {**scope.sources, **_rows(effect, tree, scope)}
    inside.bound = frozenset({scope.walk.fold("$action")})
    relation = scope.walk.evaluate(exp.Select(expressions=returning.expressions), inside)
    names = listed or _columns_of(target, scope)
    columns = tuple(
        (names[index] if index < len(names) else attribute.name, attribute)
        for index, attribute in enumerate(relation.attributes)
    )
    if any(
        table == effect.target for _, attribute in columns for table, _, _ in base_columns(attribute.sources)
    ):
        scope.walk.ledger.reads.add(effect.target or "")
    return replace(effect, others=(*effect.others, Effect("insert", target, columns)))


def _rows(effect: Effect, tree: exp.Expr, scope: Scope) -> dict[str, Derived]:
    """`inserted` is a row after the change, `deleted` what it was before.

    Columns that an INSERT does not fill have a default, or a number that the table counts up.
    """
    table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    relation = target_relation(table, scope) if isinstance(table, exp.Table) else None
    held = held_in(relation, scope) if relation is not None else Derived("")
    made = Derived("", tuple(attribute.named(name) for name, attribute in effect.columns))
    kept = [attribute for attribute in held.attributes if attribute.name not in made.known]
    opens = held.opens
    if isinstance(tree, exp.Insert):
        kept = [Attribute(attribute.name, type=attribute.type) for attribute in kept]
        opens = tuple(replace(opened, table="", label=opened.table) for opened in opens)
    after = Derived("inserted", (*made.attributes, *kept), opens)
    before = Derived("deleted", held.attributes, held.opens)
    return {scope.walk.fold("inserted"): after, scope.walk.fold("deleted"): before}


def _target(tokens: Sequence[Token], scope: Scope) -> tuple[str, list[str]]:
    """The table behind INTO, and the columns listed for it."""
    opening = next((place for place, token in enumerate(tokens) if token.token_type in OPENING), len(tokens))
    words = [token for token in tokens[:opening] if token.token_type != TokenType.DOT]
    listed = [
        scope.walk.fold(token.text)
        for token in tokens[opening + 1 : -1]
        if token.token_type != TokenType.COMMA
    ]
    mark = words[0].text if words and words[0].text in ("@", "#") else ""
    naming = scope.walk.naming
    parts = [naming.part(word.text) for word in words[len(mark) :]]
    return (f"{mark}{parts[-1]}" if mark and parts else naming.table(parts)), listed


def _columns_of(target: str, scope: Scope) -> list[str]:
    held = scope.walk.temporary.get(target)
    if held is not None:
        return [attribute.name for attribute in held.attributes]
    return list(scope.walk.schema.get(target, ()))
