"""A query, an output, and the output that dates it → the columns of tables behind both, branch by branch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from ..conforming.inlining import NotReadableError
from .values import DatedColumn

MOST_STEPS = 200
"""Queries within queries that are followed before it is called not known."""


UNDATED = "its rows are dated by no column"


@dataclass(slots=True)
class Way:
    """What is met on the way to tables. `names` are these: short name → canonical name; `dating` dates."""

    names: Mapping[str, str]
    dating: list[exp.Expr] = field(default_factory=list)


def dated_columns(query: exp.Expr, output: str, date: str, way: Way) -> set[DatedColumn]:
    """The columns behind an output ("": its rows), each with the column that dates it.

    Empty where the output is constant.

    Raises:
        NotReadableError: what dates the rows is no column of a table.
    """
    return set(_of_output(query, output, date, way, MOST_STEPS))


def _of_output(query: exp.Expr, output: str, date: str, way: Way, steps: int) -> Iterator[DatedColumn]:
    if steps <= 0:
        raise NotReadableError("the SQL is too long to follow what dates its rows")
    for value, dating, select in branches(query, output, date):
        if value is None or not _is_nothing(value):
            way.dating.append(dating)
            yield from _in_select(select, value, dating, way, steps)


def branches(
    query: exp.Expr, output: str, date: str
) -> Iterator[tuple[exp.Expr | None, exp.Expr, exp.Select]]:
    """The SELECTs of a query, each with what makes the output and what makes the date in it."""
    query = query.unnest() if isinstance(query, exp.Subquery) else query
    selects = [*_selects(query)]
    named = [each.alias_or_name.lower() for each in selects[0].expressions]
    if date.lower() not in named or (output and output.lower() not in named):
        raise NotReadableError(f"it has no output `{date if date.lower() not in named else output}`")
    for select in selects:
        made = [each.unalias() for each in select.expressions]
        if len(made) != len(named):
            raise NotReadableError("the branches of a UNION have other columns")
        value = made[named.index(output.lower())] if output else None
        yield value, made[named.index(date.lower())], select


def _selects(query: exp.Expr) -> Iterator[exp.Select]:
    if isinstance(query, exp.Union):
        for side in (query.this, query.expression):
            yield from _selects(side.unnest() if isinstance(side, exp.Subquery) else side)
    elif isinstance(query, exp.Select):
        yield query
    else:
        raise NotReadableError("its rows come from queries that are not followed")


def _is_nothing(value: exp.Expr) -> bool:
    """Does it add nothing, since it is zero or null for every row?"""
    inner = value.this if isinstance(value, exp.Sum | exp.Cast | exp.Paren) else value
    return isinstance(inner, exp.Null) or (isinstance(inner, exp.Literal) and inner.name in ("0", "0.0"))


def _in_select(
    select: exp.Select, value: exp.Expr | None, date: exp.Expr, way: Way, steps: int
) -> Iterator[DatedColumn]:
    dates = list(date.find_all(exp.Column))
    if not dates:
        raise NotReadableError(UNDATED)
    sources = sources_of(select)
    read = columns_of_value(value) if value is not None else []
    for alias, column in read or [(each.table, "") for each in dates]:
        own = [each for each in dates if each.table == alias] or _equal_to(dates, alias, select)
        if own:
            for each in own:
                yield from _at(sources.get(alias), column, each.name, way, steps)
        else:
            for each in dates:
                yield from _at(sources.get(each.table), "", each.name, way, steps)


def columns_of_value(value: exp.Expr) -> list[tuple[str, str]]:
    """Alias and name of the columns whose values arrive; those that only order or part a window do not."""
    found: dict[tuple[str, str], None] = {}
    for column in value.find_all(exp.Column):
        window = column.find_ancestor(exp.Window)
        is_inside = window is None or any(each is column for each in window.this.walk())
        if is_inside:
            found[column.table, column.name] = None
    return list(found)


def _equal_to(dates: list[exp.Column], alias: str, select: exp.Select) -> list[exp.Column]:
    """The columns of a source that a join makes equal to what dates the rows."""
    wanted = {(each.table, each.name) for each in dates}
    found = []
    for join in select.args.get("joins") or []:
        on = join.args.get("on")
        for equal in on.find_all(exp.EQ) if isinstance(on, exp.Expr) else []:
            sides = [each for each in (equal.this, equal.expression) if isinstance(each, exp.Column)]
            if len(sides) == 2:
                one, other = sides
                found += [
                    mine
                    for mine, theirs in ((one, other), (other, one))
                    if mine.table == alias and (theirs.table, theirs.name) in wanted
                ]
    return found


def sources_of(select: exp.Select) -> dict[str, exp.Expr]:
    """Alias → what is read under it."""
    from_ = select.args.get("from_")
    found = [from_.this] if isinstance(from_, exp.From) else []
    found += [join.this for join in select.args.get("joins") or []]
    return {each.alias_or_name: each for each in found}


def _at(source: exp.Expr | None, column: str, date: str, way: Way, steps: int) -> Iterator[DatedColumn]:
    if isinstance(source, exp.Subquery):
        yield from _of_output(source.this, column, date, way, steps - 1)
    elif isinstance(source, exp.Table) and source.name in way.names:
        yield DatedColumn(way.names[source.name], column, date)
    else:
        raise NotReadableError("what dates its rows is made up in the SQL, and comes from no table")
