"""MERGE → the meaning of each column that it sets, and a digest of what decides which rows it touches."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from .expressions import conjuncts, normal
from .form import PartKind, Step
from .names import Meaning, Relation, Sight, Source, Walk, add_part, line_of
from .sources import read_sources
from .texts import compact, digest

KNOWN = frozenset({"this", "using", "on", "whens", "with_"})


def merged(tree: exp.Merge, walk: Walk) -> Relation | None:
    """What a MERGE writes; None where something of it is not opened."""
    target, whens = tree.this, tree.args.get("whens")
    if any(value for role, value in tree.args.items() if role not in KNOWN) or not isinstance(
        whens, exp.Whens
    ):
        return None
    sight = Sight(walk)
    read = read_sources(exp.Select(from_=exp.From(this=tree.args["using"])), sight)
    own = Source("target", {}, ("target",))
    sight.sources[target.alias_or_name.lower()] = own
    on = conjuncts(tree.args["on"], sight)
    for text in on:
        add_part(sight, PartKind.JOIN, text, tree.args["on"], of=walk.table_name(target), how="MERGE")
    found: dict[str, list[Meaning]] = {}
    clauses = []
    for index, when in enumerate(whens.expressions):
        sets = list(_sets(when, sight))
        if not sets and not isinstance(when.args.get("then"), exp.Var):
            return None
        clause = _clause(when, sight)
        clauses.append(f"{clause}:{','.join(sorted(name for name, _ in sets))}")
        for name, meaning in sets:
            found.setdefault(name, []).append(Meaning(f"{index}={meaning.text}", meaning.steps))
    columns = {name: _all(meanings) for name, meanings in found.items()}
    rows = digest(*sorted(read.entries), *sorted(read.conditions), "|", *sorted(on), "|", *clauses)
    return Relation("merge", rows, columns)


def _all(meanings: list[Meaning]) -> Meaning:
    """A column that several clauses set."""
    steps = tuple(dict.fromkeys(step for meaning in meanings for step in meaning.steps))
    return Meaning(compact(f"set({','.join(meaning.text for meaning in meanings)})"), steps)


def _clause(when: exp.Expr, sight: Sight) -> str:
    """Which rows a WHEN is for, and what it does to them."""
    args = when.args
    then = args["then"]
    kind = then.name.upper() if isinstance(then, exp.Var) else then.key
    said = f"{bool(args.get('matched'))} {bool(args.get('source'))} {kind}"
    condition = args.get("condition")
    if not isinstance(condition, exp.Expr):
        return said
    texts = conjuncts(condition, sight)
    for text in texts:
        add_part(sight, PartKind.FILTER, f"{said} {text}", condition, how="when")
    return f"{said} {','.join(sorted(texts))}"


def _sets(when: exp.Expr, sight: Sight) -> Iterator[tuple[str, Meaning]]:
    """The columns that a WHEN sets; none where they are not told one by one."""
    then = when.args.get("then")
    if isinstance(then, exp.Update):
        pairs = [(each.this, each.expression) for each in then.expressions if isinstance(each, exp.EQ)]
    elif (
        isinstance(then, exp.Insert)
        and isinstance(then.this, exp.Tuple)
        and isinstance(then.expression, exp.Tuple)
    ):
        pairs = list(zip(then.this.expressions, then.expression.expressions, strict=False))
    else:
        pairs = []
    for column, value in pairs:
        yield sight.identifier(column.this), _meaning(value, sight)


def _meaning(value: exp.Expr, sight: Sight) -> Meaning:
    sight.seen.clear()
    text = normal(value, sight)
    met = list(sight.seen)
    own = Step(compact(text), sight.walk.written(value), line_of(value), sight.within)
    return Meaning(text, tuple(dict.fromkeys([own, *(step for one in met for step in one.steps)])))
