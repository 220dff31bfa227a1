"""A query → what it yields, in canonical form: the meaning of each column, and what decides its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlglot import exp

from ..ctes import RECURSIVE_UNSAID
from .expressions import conjuncts, normal
from .form import PartKind
from .names import Cte, Joined, Relation, Sight, add_part
from .projections import Shape, project
from .sources import read_sources, renamed
from .texts import compact, digest, is_volatile
from .unions import set_operation

READ_APART = frozenset(
    {"with_", "expressions", "from_", "joins", "laterals", "where", "prewhere", "group", "having", "qualify",
     "distinct", "limit", "offset", "order", "windows", "hint", "into", "locks", "cluster", "sort",
     "distribute"}
)  # fmt: skip
"""Clauses of a query that are read one by one, or that change no value."""

PER_ROW = frozenset({"where", "prewhere"})


def evaluate(query: exp.Expr, sight: Sight) -> Relation:
    """What a query yields, in a sight made for it."""
    read_ctes(query, sight)
    shape = QUERIES.get(type(query))
    return shape(query, sight) if shape is not None else opaque(query, sight)


def opaque(query: exp.Expr, sight: Sight) -> Relation:
    """A query that is not opened: known by its whole text."""
    sight.walk.gaps += 1
    text = sight.walk.written(query)
    add_part(sight, PartKind.OTHER, digest(text), query)
    return Relation("opaque", digest(text), {}, (f"opaque<{digest(text)}>",))


def read_ctes(query: exp.Expr, sight: Sight) -> None:
    """The queries of WITH, each to be read when it is asked for."""
    clause = query.args.get("with_")
    if not isinstance(clause, exp.With):
        return
    for cte in clause.expressions:
        alias = cte.args.get("alias")
        if isinstance(alias, exp.TableAlias) and not cte.args.get("scalar"):
            name = alias.name.lower()
            columns = [sight.identifier(column) for column in alias.args.get("columns") or []]
            may_recur = clause.recursive or sight.dialect in RECURSIVE_UNSAID
            inside = sight.beside(within=alias.name)
            if may_recur and isinstance(cte.this, exp.SetOperation):
                inside.ctes.pop(name, None)
            sight.ctes[name] = _cte(name if may_recur else "", cte.this, columns, inside)


def _cte(name: str, query: exp.Expr, columns: list[str], sight: Sight) -> Cte:
    """A query of WITH. One that may read itself has a name, and sees itself as a table of its own."""
    found: list[Relation] = []
    tag = f"itself{len(sight.ctes)}"
    own = Relation(tag, tag, {}, (tag,))

    def relation() -> Relation:
        if not found:
            found.append(own)
            if isinstance(query, exp.SetOperation) and name:
                sight.ctes[name] = Cte(relation)
            found[0] = renamed(evaluate(query, sight), columns)
        return found[0]

    return Cte(relation)


def _select(query: exp.Expr, sight: Sight) -> Relation:
    shape = Shape(query, sight, read_sources(query, sight))
    sight.windows = {sight.identifier(window.this): window for window in query.args.get("windows") or []}
    filters = [text for role in sorted(PER_ROW) for text in _filter(role, shape)]
    project(shape)
    sight.aliases = dict(shape.columns)
    sight.may_be_alias = True
    _group(shape)
    for role in ("having", "qualify"):
        texts = _filter(role, shape)
        if texts:
            shape.clause(f"{role}({','.join(sorted(set(texts)))})")
    _distinct(shape)
    _limit(shape)
    _others(shape)
    conditions = (*shape.joined.conditions, *filters)
    read = Joined(shape.joined.entries, conditions, shape.joined.tags, shape.joined.is_ordered)
    rows = digest(*_in_order(read), *sorted(_unique(conditions)), "|", *shape.clauses)
    simple = read if shape.is_simple and read.entries and _is_steady(shape) else None
    return Relation(shape.tag, rows, shape.columns, tuple(shape.opens), simple)


def _in_order(read: Joined) -> Iterable[str]:
    entries = map(compact, read.entries)
    return entries if read.is_ordered else sorted(entries)


def _unique(conditions: Iterable[str]) -> list[str]:
    conditions = list(conditions)
    return conditions if any(map(is_volatile, conditions)) else list(dict.fromkeys(conditions))


def _is_steady(shape: Shape) -> bool:
    """Whether columns have the same value however often they are computed, each from its own row."""
    texts = [meaning.text for meaning in shape.columns.values()]
    if any(is_volatile(text) or "window(" in text for text in texts):
        return False
    return not any(node.find(exp.UDTF, exp.Explode) for node in shape.query.expressions)


def _filter(role: str, shape: Shape) -> list[str]:
    """The conditions of a clause, each told by itself."""
    clause = shape.query.args.get(role)
    if not isinstance(clause, exp.Expr):
        return []
    found = []
    whole = clause.this.unnest()
    for written in whole.flatten() if isinstance(whole, exp.And) else [whole]:
        texts = conjuncts(written, shape.sight)
        for text in texts:
            add_part(shape.sight, PartKind.FILTER, text, written.unnest(), how=role)
        found += texts
    return found


def _group(shape: Shape) -> None:
    """What rows are put together by. Without keys, an aggregate makes one row of all."""
    group = shape.query.args.get("group")
    if not isinstance(group, exp.Group):
        if any(_aggregates(each) for each in _computed(shape.query)):
            add_part(shape.sight, PartKind.GROUPING, f"{shape.tag} one row", shape.query, written="one row")
            shape.clause("one row")
        return
    keys = [(key, _key(key, shape)) for key in group.expressions]
    if group.args.get("all"):
        plain = [each for each in shape.query.expressions if not _aggregates(each)]
        keys += [(each, _key(each.unalias(), shape)) for each in plain]
    for node, text in keys:
        add_part(shape.sight, PartKind.GROUPING, f"{shape.tag} {text}", node)
    rest = sorted((role, value) for role, value in group.args.items()
                  if role not in ("expressions", "all") and value)  # fmt: skip
    sets = [f"{role}={_grouping_sets(value, shape)}" for role, value in rest]
    for text in sets:
        add_part(shape.sight, PartKind.GROUPING, f"{shape.tag} {text}", group)
    shape.clause(f"group({','.join(sorted({text for _, text in keys}))};{','.join(sets)})")


def _key(key: exp.Expr, shape: Shape) -> str:
    """A key of GROUP BY or ORDER BY; a number means a projection."""
    bare = key.this if isinstance(key, exp.Ordered) else key
    if isinstance(bare, exp.Literal) and bare.is_int and 0 < int(bare.name) <= len(shape.positions):
        return shape.positions[int(bare.name) - 1].text
    return compact(normal(bare, shape.sight))


def _grouping_sets(value: object, shape: Shape) -> str:
    if isinstance(value, list):
        return f"[{','.join(_grouping_sets(each, shape) for each in value)}]"
    return normal(value, shape.sight) if isinstance(value, exp.Expr) else str(value)


def _computed(query: exp.Expr) -> list[exp.Expr]:
    having = query.args.get("having")
    return [*query.expressions, *([having] if isinstance(having, exp.Expr) else [])]


def _aggregates(node: exp.Expr) -> bool:
    """Whether an expression aggregates rows of its own query."""
    if isinstance(node, exp.Query):
        return False
    if isinstance(node, exp.AggFunc):
        return True
    if isinstance(node, exp.Window):
        return any(_aggregates(part) for part in node.this.iter_expressions())
    return any(_aggregates(part) for part in node.iter_expressions())


def _distinct(shape: Shape) -> None:
    distinct = shape.query.args.get("distinct")
    if not isinstance(distinct, exp.Distinct):
        return
    on = distinct.args.get("on")
    keys = normal(on, shape.sight) + _order(shape) if isinstance(on, exp.Expr) else ""
    add_part(shape.sight, PartKind.DISTINCT, f"{shape.tag} {keys}", shape.query, written="DISTINCT")
    shape.clause(f"distinct({keys};{','.join(sorted(_outputs(shape)))})")


def _outputs(shape: Shape) -> list[str]:
    return [*(meaning.text for meaning in shape.columns.values()), *shape.opens]


def _limit(shape: Shape) -> None:
    """How many rows are taken, and then in which order; an order alone changes no rows."""
    args = shape.query.args
    limits = [args[role] for role in ("limit", "offset") if isinstance(args.get(role), exp.Expr)]
    texts = [normal(limit, shape.sight) for limit in limits]
    if texts:
        text = f"limit({','.join(texts)};{_order(shape)})"
        add_part(
            shape.sight, PartKind.LIMIT, f"{shape.tag} {text}", limits[0], written=_limited(limits, shape)
        )
        shape.clause(text)
    elif shape.sight.keeps_order and args.get("order"):
        shape.clause(f"order({_order(shape)})")


def _limited(limits: list[exp.Expr], shape: Shape) -> str:
    order = shape.query.args.get("order")
    return " ".join(shape.sight.walk.written(each) for each in [*([order] if order else []), *limits])


def _order(shape: Shape) -> str:
    order = shape.query.args.get("order")
    keys = order.expressions if isinstance(order, exp.Expr) else []
    return ",".join(f"{_key(key, shape)} {_direction(key)}" for key in keys)


def _direction(key: exp.Expr) -> str:
    return (
        f"{bool(key.args.get('desc'))} {bool(key.args.get('nulls_first'))} {bool(key.args.get('with_fill'))}"
    )


def _others(shape: Shape) -> None:
    """Clauses that are not opened, taken as they stand."""
    for role, value in sorted(shape.query.args.items()):
        if role not in READ_APART and value:
            text = f"{role}={_grouping_sets(value, shape)}"
            if role in ("kind", "operation_modifiers"):
                text += f":{','.join(shape.columns)}"
            shape.clause(text)
            add_part(shape.sight, PartKind.OTHER, text, shape.query, written=f"{role.upper()} …")


def _parenthesis(query: exp.Expr, sight: Sight) -> Relation:
    """A query in parentheses, unless something is done to it as a whole."""
    more = any(value for role, value in query.args.items() if role not in ("this", "alias", "with_"))
    inner = query.this
    if not more and isinstance(inner, exp.Query) and not isinstance(inner, exp.Table):
        return evaluate(inner, sight)
    around = exp.Select(expressions=[exp.Star()], from_=exp.From(this=exp.Subquery(this=inner)))
    limits = {role: query.args.get(role) for role in ("order", "limit", "offset") if query.args.get(role)}
    told = {"this", "alias", "with_", "order", "limit", "offset"}
    if any(value for role, value in query.args.items() if role not in told) or not isinstance(
        inner, exp.Query
    ):
        return opaque(query, sight)
    around.args.update(limits)
    return _select(around, sight)


def _values(query: exp.Expr, sight: Sight) -> Relation:
    text = normal(query, sight)
    return Relation(f"values<{digest(text)}>", digest(text), {}, (f"values<{digest(text)}>",))


QUERIES: dict[type[exp.Expr], Callable[[exp.Expr, Sight], Relation]] = {
    exp.Select: _select,
    exp.Union: set_operation,
    exp.Intersect: set_operation,
    exp.Except: set_operation,
    exp.Subquery: _parenthesis,
    exp.Values: _values,
}
"""Kind of query → how its relation is found; any other is opaque."""
