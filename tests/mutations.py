"""Texts of SQL changed on purpose: in what they compute, or only in how they are written.

Deterministic: each kind of mutation yields every place of a text where it applies, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

Kinds = tuple[Callable[[exp.Expr], "Iterator[Mutation]"], ...]
"""Functions from a tree to mutations of it."""

Place = tuple[exp.Expr, exp.Expr]
"""The root of a copy of a tree, and a node in it."""


@dataclass(frozen=True)
class Mutation:
    """A text with one change. `column` is the output concerned, where it is only one."""

    kind: str
    sql: str
    column: str = ""


def tree_of(sql: str, dialect: str = "bigquery") -> exp.Expr:
    """The tree of a text of one statement."""
    return sqlglot.parse_one(sql, dialect=dialect)


def written(tree: exp.Expr, dialect: str = "bigquery", **options: object) -> str:
    """A tree as text."""
    return tree.sql(dialect=dialect, **options)


# ---- places


def _copies(tree: exp.Expr, *kinds: type[exp.Expr]) -> Iterator[Place]:
    """A fresh copy for each node of these kinds, so that a change is alone in it."""
    count = sum(1 for _ in tree.find_all(*kinds))
    for index in range(count):
        copy = tree.copy()
        yield copy, list(copy.find_all(*kinds))[index]


def _is_flowing(node: exp.Expr) -> bool:
    """Whether a node stands in a query whose rows flow on, and not in one within an expression."""
    query = node.find_ancestor(exp.Select)
    while query is not None:
        around = query.parent
        while isinstance(around, exp.Subquery | exp.SetOperation):
            around = around.parent
        if not isinstance(around, exp.CTE | exp.From | exp.Join | exp.Create | exp.Merge | None):
            return False
        query = query.find_ancestor(exp.Select)
    return True


def _conditions(tree: exp.Expr) -> Iterator[Place]:
    """WHERE, HAVING and QUALIFY of queries whose rows flow on."""
    for copy, node in _copies(tree, exp.Where, exp.Having, exp.Qualify):
        if _is_flowing(node):
            yield copy, node


def _joins(tree: exp.Expr) -> Iterator[tuple[exp.Expr, exp.Join]]:
    for copy, node in _copies(tree, exp.Join):
        if isinstance(node, exp.Join) and _is_flowing(node):
            yield copy, node


def last_query(tree: exp.Expr) -> exp.Select | None:
    """The query whose projections are the outputs of a statement."""
    query = tree.args.get("using") if isinstance(tree, exp.Merge) else tree.args.get("expression")
    query = query.unnest() if isinstance(query, exp.Subquery) else query
    return query if isinstance(query, exp.Select) else None


def _outputs(tree: exp.Expr) -> Iterator[tuple[exp.Expr, exp.Expr, str]]:
    """A copy for each output that is more than a column handed on, its expression, and its name."""
    query = last_query(tree)
    group = query.args.get("group") if query is not None else None
    keys = {key.name for key in group.expressions} if group is not None else set()
    for index, projection in enumerate(query.expressions if query is not None else ()):
        if (
            not isinstance(projection.unalias(), exp.Column | exp.Star)
            and not {projection.alias, str(index + 1)} & keys
        ):
            copy = tree.copy()
            again = last_query(copy)
            assert again is not None
            yield copy, again.expressions[index], projection.alias


def _within(output: exp.Expr, *kinds: type[exp.Expr]) -> exp.Expr | None:
    return output.find(*kinds)


# ---- changes of rows


def dropped_filters(tree: exp.Expr) -> Iterator[Mutation]:
    """A condition is no longer asked for."""
    for copy, clause in _conditions(tree):
        condition = clause.this
        if isinstance(condition, exp.And):
            clause.set("this", condition.this)
        else:
            clause.pop()
        yield Mutation("dropped filter", written(copy))


def added_filters(tree: exp.Expr) -> Iterator[Mutation]:
    """One more condition is asked for."""
    for copy, node in _copies(tree, exp.Select):
        column = next((each for each in node.find_all(exp.Column) if each.parent_select is node), None)
        if isinstance(node, exp.Select) and column is not None and _is_read(node) and node.args.get("from_"):
            node.where(exp.EQ(this=column.copy(), expression=exp.Literal.string("XX")), copy=False)
            yield Mutation("added filter", written(copy))


def _is_read(query: exp.Select) -> bool:
    inner = query.expressions[0] if query.expressions else query
    return _is_flowing(inner)


def changed_filters(tree: exp.Expr) -> Iterator[Mutation]:
    """A value in a condition is another."""
    for copy, clause in _conditions(tree):
        literal = clause.find(exp.Literal)
        if literal is not None and literal.find_ancestor(exp.Window) is None:
            literal.replace(_other(literal))
            yield Mutation("changed filter", written(copy))


def _other(literal: exp.Expr) -> exp.Expr:
    if literal.args.get("is_string"):
        return exp.Literal.string(f"{literal.name}X" if not literal.name.isdigit() else f"{literal.name}1")
    return exp.Literal.number(f"{literal.name}7")


def negated_filters(tree: exp.Expr) -> Iterator[Mutation]:
    """A condition is turned into its opposite."""
    for copy, clause in _conditions(tree):
        clause.set("this", exp.Not(this=exp.Paren(this=clause.this)))
        yield Mutation("negated filter", written(copy))


def other_joins(tree: exp.Expr) -> Iterator[Mutation]:
    """LEFT JOIN becomes JOIN, and the other way round."""
    for copy, join in _joins(tree):
        if join.args.get("on") is None:
            continue
        is_left = str(join.args.get("side") or "") == "LEFT"
        join.set("side", None if is_left else "LEFT")
        yield Mutation("other join", written(copy))


def other_join_conditions(tree: exp.Expr) -> Iterator[Mutation]:
    """The condition of a join is another."""
    for copy, join in _joins(tree):
        equality = join.args["on"].find(exp.EQ) if join.args.get("on") is not None else None
        if equality is not None:
            equality.replace(exp.LT(this=equality.this.copy(), expression=equality.expression.copy()))
            yield Mutation("other join condition", written(copy))


def other_groupings(tree: exp.Expr) -> Iterator[Mutation]:
    """One key fewer to group by."""
    for copy, group in _copies(tree, exp.Group):
        if len(group.expressions) > 1 and _is_flowing(group):
            group.set("expressions", group.expressions[:-1])
            yield Mutation("other grouping", written(copy))


def distinct_rows(tree: exp.Expr) -> Iterator[Mutation]:
    """Rows that are alike count once."""
    for copy, node in _copies(tree, exp.Select):
        if isinstance(node, exp.Select) and _is_read(node) and not node.args.get("distinct"):
            node.set("distinct", exp.Distinct())
            yield Mutation("distinct", written(copy))


def other_set_operations(tree: exp.Expr) -> Iterator[Mutation]:
    """A branch of a union is missing, or its rows count once."""
    for copy, union in _copies(tree, exp.Union):
        if _is_flowing(union.expression.expressions[0]):
            union.set("distinct", True)
            yield Mutation("distinct union", written(copy))
    for copy, union in _copies(tree, exp.Union):
        if _is_flowing(union.expression.expressions[0]):
            union.replace(union.this.copy())
            yield Mutation("missing branch", written(copy))


def limited(tree: exp.Expr) -> Iterator[Mutation]:
    """Only some rows are taken."""
    copy = tree.copy()
    query = last_query(copy)
    if query is not None:
        query.limit(100, copy=False)
        yield Mutation("limit", written(copy))


ROW_CHANGES: Kinds = (
    dropped_filters,
    added_filters,
    changed_filters,
    negated_filters,
    other_joins,
    other_join_conditions,
    other_groupings,
    distinct_rows,
    other_set_operations,
    limited,
)


# ---- changes of one output


def other_values(tree: exp.Expr) -> Iterator[Mutation]:
    """A number or text in an expression is another."""
    for copy, output, name in _outputs(tree):
        literal = _within(output, exp.Literal)
        if literal is not None:
            literal.replace(_other(literal))
            yield Mutation("other value", written(copy), name)


def other_aggregates(tree: exp.Expr) -> Iterator[Mutation]:
    """SUM becomes MAX, and any other aggregate SUM."""
    for copy, output, name in _outputs(tree):
        aggregate = _within(output, exp.Sum, exp.Max, exp.Min, exp.Avg)
        if aggregate is not None:
            kind = exp.Max if isinstance(aggregate, exp.Sum) else exp.Sum
            aggregate.replace(kind(this=aggregate.this.copy()))
            yield Mutation("other aggregate", written(copy), name)


def distinct_counts(tree: exp.Expr) -> Iterator[Mutation]:
    """COUNT becomes COUNT DISTINCT."""
    for copy, output, name in _outputs(tree):
        count = _within(output, exp.Count)
        if count is not None and not isinstance(count.this, exp.Distinct | exp.Star):
            count.set("this", exp.Distinct(expressions=[count.this.copy()]))
            yield Mutation("distinct count", written(copy), name)


def other_operators(tree: exp.Expr) -> Iterator[Mutation]:
    """Plus becomes minus, AND becomes OR, less becomes less or equal …"""
    opposites: dict[type[exp.Expr], type[exp.Expr]] = {
        exp.Add: exp.Sub, exp.Sub: exp.Add, exp.Mul: exp.Div, exp.Div: exp.Mul,
        exp.And: exp.Or, exp.Or: exp.And,
        exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT, exp.EQ: exp.NEQ, exp.NEQ: exp.EQ,
    }  # fmt: skip
    for copy, output, name in _outputs(tree):
        found = _within(output, *opposites)
        if found is not None:
            other = opposites[type(found)]
            found.replace(other(this=found.this.copy(), expression=found.expression.copy()))
            yield Mutation("other operator", written(copy), name)


def wrapped_values(tree: exp.Expr) -> Iterator[Mutation]:
    """The whole expression goes through one more function."""
    for copy, output, name in _outputs(tree):
        inner = output.this if isinstance(output, exp.Alias) else output
        inner.replace(exp.Coalesce(this=inner.copy(), expressions=[exp.Literal.number(0)]))
        yield Mutation("wrapped", written(copy), name)


COLUMN_CHANGES: Kinds = (
    other_values,
    other_aggregates,
    distinct_counts,
    other_operators,
    wrapped_values,
)


# ---- no changes


def formatted(tree: exp.Expr) -> Iterator[Mutation]:
    """Lines, spaces and the case of keywords and functions are others."""
    yield Mutation("pretty", written(tree, pretty=True, pad=7, indent=3))
    yield Mutation("one line", written(tree, comments=False))
    yield Mutation("small functions", written(tree, normalize_functions="lower"))


def commented(tree: exp.Expr) -> Iterator[Mutation]:
    """Comments stand everywhere."""
    copy = tree.copy()
    for index, node in enumerate(copy.find_all(exp.Column, exp.Where, exp.Literal)):
        node.add_comments([f"note {index}: WHERE 1 = 0"])
    yield Mutation("comments", written(copy, pretty=True))


def other_aliases(tree: exp.Expr) -> Iterator[Mutation]:
    """Tables and subqueries go by other names."""
    copy = tree.copy()
    names = _local_names(copy)
    for alias in copy.find_all(exp.TableAlias):
        if alias.this is not None and not isinstance(alias.parent, exp.CTE) and alias.name in names:
            alias.this.replace(exp.to_identifier(f"other_{alias.name}"))
    for column in copy.find_all(exp.Column):
        parts = column.parts
        if len(parts) > 1 and parts[0].name in names:
            parts[0].replace(exp.to_identifier(f"other_{parts[0].name}"))
    yield Mutation("aliases", written(copy))


def _local_names(tree: exp.Expr) -> set[str]:
    aliased = (*tree.find_all(exp.Table), *tree.find_all(exp.Subquery))
    return {each.alias for each in aliased if each.alias}


def other_cte_names(tree: exp.Expr) -> Iterator[Mutation]:
    """Queries of WITH go by other names."""
    copy = tree.copy()
    names = {cte.alias for cte in copy.find_all(exp.CTE)}
    aliased = {table.alias for table in copy.find_all(exp.Table) if table.alias}
    for cte in copy.find_all(exp.CTE):
        cte.args["alias"].this.replace(exp.to_identifier(f"renamed_{cte.alias}"))
    for table in copy.find_all(exp.Table):
        if table.name in names and not table.db:
            table.this.replace(exp.to_identifier(f"renamed_{table.name}"))
    for column in copy.find_all(exp.Column):
        parts = column.parts
        if len(parts) > 1 and parts[0].name in names - aliased:
            parts[0].replace(exp.to_identifier(f"renamed_{parts[0].name}"))
    if names:
        yield Mutation("WITH names", written(copy))


def more_parentheses(tree: exp.Expr) -> Iterator[Mutation]:
    """Operands stand in parentheses."""
    copy = tree.copy()
    kinds = (exp.EQ, exp.NEQ, exp.LT, exp.GT, exp.LTE, exp.GTE, exp.Add, exp.Mul, exp.Is)
    for node in list(copy.find_all(*kinds)):
        if not isinstance(node.parent, exp.Paren | exp.Update):
            node.replace(exp.Paren(this=node.copy()))
    yield Mutation("parentheses", written(copy))


def other_order(tree: exp.Expr) -> Iterator[Mutation]:
    """Operands of AND, OR, =, + and *, and values of IN stand the other way round."""
    copy = tree.copy()
    for kind in (exp.And, exp.Or, exp.EQ, exp.NEQ, exp.Add, exp.Mul):
        for node in list(copy.find_all(kind)):
            if not isinstance(node.parent, exp.Update):
                left, right = node.this, node.expression
                node.set("this", _guarded(right.copy(), kind))
                node.set("expression", _guarded(left.copy(), kind))
    for node in copy.find_all(exp.In):
        if node.find_ancestor(exp.Pivot) is None:
            node.set("expressions", [each.copy() for each in reversed(node.expressions)])
    yield Mutation("order", written(copy))


def _guarded(node: exp.Expr, kind: type[exp.Expr]) -> exp.Expr:
    return exp.Paren(this=node) if isinstance(node, exp.Binary | exp.Not | exp.Between | exp.In) else node


def mirrored(tree: exp.Expr) -> Iterator[Mutation]:
    """`a < b` is written `b > a`."""
    copy = tree.copy()
    mirror = {exp.LT: exp.GT, exp.GT: exp.LT, exp.LTE: exp.GTE, exp.GTE: exp.LTE}
    for node in list(copy.find_all(*mirror)):
        left, right = _guarded(node.this.copy(), exp.LT), _guarded(node.expression.copy(), exp.LT)
        node.replace(mirror[type(node)](this=right, expression=left))
    yield Mutation("mirrored", written(copy))


def doubly_negated(tree: exp.Expr) -> Iterator[Mutation]:
    """NOT NOT, and `a = b` as NOT `a <> b`."""
    copy = tree.copy()
    for node in list(copy.find_all(exp.Where, exp.Having)):
        node.set("this", exp.Not(this=exp.Paren(this=exp.Not(this=exp.Paren(this=node.this.copy())))))
    opposite = {exp.EQ: exp.NEQ, exp.NEQ: exp.EQ}
    for node in list(copy.find_all(*opposite)):
        if not isinstance(node.parent, exp.Update):
            turned = opposite[type(node)](this=node.this.copy(), expression=node.expression.copy())
            node.replace(exp.Paren(this=exp.Not(this=exp.Paren(this=turned))))
    yield Mutation("double negation", written(copy))


def bounds(tree: exp.Expr) -> Iterator[Mutation]:
    """BETWEEN is written as two comparisons."""
    copy = tree.copy()
    found = list(copy.find_all(exp.Between))
    for node in found:
        low = exp.GTE(this=node.this.copy(), expression=node.args["low"].copy())
        high = exp.LTE(this=node.this.copy(), expression=node.args["high"].copy())
        node.replace(exp.Paren(this=exp.And(this=high, expression=low)))
    if found:
        yield Mutation("bounds", written(copy))


def quoted_names(tree: exp.Expr) -> Iterator[Mutation]:
    """All names stand in quotes."""
    copy = tree.copy()
    for identifier in copy.find_all(exp.Identifier):
        identifier.set("quoted", True)
    yield Mutation("quotes", written(copy))


def nested_queries(tree: exp.Expr) -> Iterator[Mutation]:
    """A query of WITH that is read once stands where it is read."""
    for copy, cte in _copies(tree, exp.CTE):
        readers = [table for table in copy.find_all(exp.Table) if table.name == cte.alias and not table.db]
        if len(readers) == 1 and not readers[0].args.get("pivots"):
            alias = readers[0].alias or cte.alias
            joins = readers[0].args.get("joins")
            readers[0].replace(
                exp.Subquery(this=cte.this.copy(), alias=exp.to_identifier(alias), joins=joins)
            )
            _without(cte)
            yield Mutation("nested query", written(copy))


def _without(cte: exp.Expr) -> None:
    clause = cte.parent
    cte.pop()
    if clause is not None and not clause.expressions:
        clause.pop()


def said_joins(tree: exp.Expr) -> Iterator[Mutation]:
    """JOIN is written INNER JOIN, LEFT JOIN is written LEFT OUTER JOIN."""
    copy = tree.copy()
    for join in copy.find_all(exp.Join):
        if join.args.get("on") is not None and not join.args.get("kind"):
            join.set("kind", "OUTER" if join.args.get("side") else "INNER")
    yield Mutation("said joins", written(copy))


def other_column_order(tree: exp.Expr) -> Iterator[Mutation]:
    """Outputs stand in another order; they are known by name."""
    copy = tree.copy()
    query = last_query(copy)
    group = query.args.get("group") if query is not None else None
    numbered = group is not None and any(isinstance(key, exp.Literal) for key in group.expressions)
    if query is not None and not numbered and not isinstance(copy, exp.Merge):
        query.set("expressions", [each.copy() for each in reversed(query.expressions)])
        yield Mutation("column order", written(copy))


def other_branches(tree: exp.Expr) -> Iterator[Mutation]:
    """IF is written CASE."""
    copy = tree.copy()
    found = [node for node in copy.find_all(exp.If) if not isinstance(node.parent, exp.Case)]
    for node in reversed(found):
        branch = exp.If(this=node.this.copy(), true=node.args["true"].copy())
        node.replace(
            exp.Case(ifs=[branch], default=node.args["false"].copy() if node.args.get("false") else None)
        )
    if found:
        yield Mutation("CASE", written(copy))


NO_CHANGES: Kinds = (
    formatted,
    commented,
    other_aliases,
    other_cte_names,
    more_parentheses,
    other_order,
    mirrored,
    doubly_negated,
    bounds,
    quoted_names,
    nested_queries,
    said_joins,
    other_column_order,
    other_branches,
)


def mutations(tree: exp.Expr, kinds: Kinds, most: int | None = None) -> Iterator[Mutation]:
    """The mutations of these kinds that a text allows, in order; `most` of each kind, spread."""
    for kind in kinds:
        found = list(kind(tree))
        step = -(-len(found) // most) if most and found else 1
        yield from found[::step]
