"""UNION, INTERSECT and EXCEPT in canonical form: branches side by side, by position."""

from __future__ import annotations

from sqlglot import exp

from .form import PartKind, Step
from .names import Meaning, Relation, Sight, add_part
from .texts import compact, digest, word


def set_operation(query: exp.Expr, sight: Sight) -> Relation:
    """Branches side by side. Those of UNION ALL within UNION ALL are branches of one."""
    if not isinstance(query, exp.SetOperation):
        raise TypeError(query.key)
    branches = [sight.walk.evaluate(branch, sight.beside()) for branch in _branches(query)]
    names = list(branches[0].columns)
    is_open = any(branch.opens for branch in branches) or bool(query.args.get("by_name"))
    how = _operation(query)
    tag = f"{query.key}[{','.join(branch.tag for branch in branches)}]"
    add_part(
        sight,
        PartKind.SET_OPERATION,
        f"{how} {tag}",
        query,
        written=f"{how} of {len(branches)} queries",
        how=how,
    )
    inside = [f"{branch.rows}:{'' if how == 'UNION ALL' else _texts(branch)}" for branch in branches]
    if is_open:
        inside = [f"{branch.rows}:{_texts(branch)}:{','.join(branch.columns)}" for branch in branches]
    rows = digest(how, *inside, *_tail(query, sight))
    if is_open:
        columns = {
            name: Meaning(f"{tag}<{digest(*inside)}>.{word(name)}", _steps(branches, name)) for name in names
        }
        return Relation(tag, rows, columns, (f"{tag}<{digest(*inside)}>",))
    columns = {name: _united(tag, branches, index) for index, name in enumerate(names)}
    return Relation(tag, rows, columns)


def _branches(query: exp.SetOperation) -> list[exp.Expr]:
    """The queries of a chain of the same operation, in order. Iterative, since there can be a thousand."""
    found: list[exp.Expr] = []
    node: exp.Expr = query
    while _continues(node, query):
        found.append(node.expression)
        node = node.this
    return [node, *reversed(found)]


def _continues(node: exp.Expr, query: exp.SetOperation) -> bool:
    if node is query:
        return True
    if type(node) is not type(query) or not isinstance(query, exp.Union):
        return False
    more = any(node.args.get(role) for role in ("with_", "limit", "offset", "order", "by_name"))
    return not more and bool(node.args.get("distinct")) == bool(query.args.get("distinct"))


def _operation(query: exp.SetOperation) -> str:
    is_distinct = query.args.get("distinct")
    told = {"this", "expression", "distinct", "with_", "order", "limit", "offset"}
    more = [f"{role} {value}" for role, value in sorted(query.args.items()) if role not in told and value]
    return " ".join([query.key.upper(), "DISTINCT" if is_distinct else "ALL", *more])


def _tail(query: exp.SetOperation, sight: Sight) -> list[str]:
    """LIMIT and OFFSET of all branches together, with the order in which they count."""
    limits = [query.args[role] for role in ("limit", "offset") if isinstance(query.args.get(role), exp.Expr)]
    order = query.args.get("order")
    counts = bool(limits) or sight.keeps_order
    written = [*limits, *([order] if isinstance(order, exp.Expr) and counts else [])]
    texts = [sight.walk.written(each) for each in written]
    if limits:
        add_part(sight, PartKind.LIMIT, " ".join(texts), limits[0], written=" ".join(texts))
    return texts


def _texts(branch: Relation) -> str:
    return ",".join([*(meaning.text for meaning in branch.columns.values()), *branch.opens])


def _steps(branches: list[Relation], name: str) -> tuple[Step, ...]:
    met = [branch.columns[name] for branch in branches if name in branch.columns]
    return tuple(dict.fromkeys(step for meaning in met for step in meaning.steps))


def _united(tag: str, branches: list[Relation], index: int) -> Meaning:
    """A column of several branches, by position."""
    met = [list(branch.columns.values())[index] for branch in branches if index < len(branch.columns)]
    steps = tuple(dict.fromkeys(step for meaning in met for step in meaning.steps))
    return Meaning(compact(f"{tag.partition('[')[0]}({','.join(meaning.text for meaning in met)})"), steps)
