"""The example's metrics as queries down to tables, and changes of what such a query computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from mutations import (
    NO_CHANGES,
    Kinds,
    Mutation,
    added_filters,
    changed_filters,
    dropped_filters,
    mutations,
    negated_filters,
    other_aggregates,
    other_join_conditions,
    other_joins,
    tree_of,
    written,
)
from sqlglot import exp
from sqlglot.optimizer.eliminate_ctes import eliminate_ctes
from sqlglot.optimizer.eliminate_joins import eliminate_joins
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify

from catalog import Metric, Project
from catalog.conformance import Held, hold_to_sql
from catalog.examples import value_expression
from catalog.model import KINDS, Catalog
from catalog.remembering import for_one_run

ROWS = "rows_of_source"


@dataclass(frozen=True)
class MetricQuery:
    """A metric as one query over what its source is made from, with nothing in it that it does not need."""

    metric: str
    sql: str
    keys: tuple[str, ...]
    dates: tuple[tuple[str, str, str], ...] = ()
    """Table, a date or timestamp of it, and another one of it."""


def metric_queries(project: Project) -> Iterator[MetricQuery]:
    """The metrics whose source is made by one SQL query of the project."""
    for metric in project.catalog.metrics.values():
        made = project.lineage.productions(metric.source or "")
        query = tree_of(made[0].text.sql.text).args.get("expression") if len(made) == 1 else None
        if isinstance(query, exp.Select) and value_expression(metric):
            table = project.catalog.tables[metric.source or ""]
            known = {column.name for column in table.columns}
            keys = [name for name in (*metric.dimensions, metric.time_anchor) if name in known and name]
            sql = _whole(metric, query, keys, project)
            yield MetricQuery(
                metric.name, sql, tuple(dict.fromkeys(keys)), tuple(_dates(sql, project.catalog))
            )


def _dates(sql: str, catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """The dates of the tables that a text reads, each with another of the same type."""
    for name in sorted({f"{table.db}.{table.name}" for table in tree_of(sql).find_all(exp.Table)}):
        table = catalog.tables.get(name)
        for kind in ("DATE", "TIMESTAMP"):
            columns = [each.name for each in table.columns if each.type == kind] if table else []
            yield from (
                (name, one, columns[index - 1]) for index, one in enumerate(columns) if len(columns) > 1
            )


def _whole(metric: Metric, source: exp.Select, keys: list[str], project: Project) -> str:
    """CREATE TABLE of the metric by its dimensions, with the SQL of its source as a query of WITH."""
    picked = [exp.column(key) for key in dict.fromkeys(keys)]
    value = tree_of(f"SELECT {value_expression(metric)} AS metric_value").expressions[0]
    select = exp.Select(expressions=[*picked, value]).from_(ROWS)
    if metric.filter:
        select = select.where(metric.filter, dialect="bigquery")
    select = select.group_by(*(key.copy() for key in picked)) if picked else select
    clause = source.args.get("with_")
    ctes = [each.copy() for each in clause.expressions] if clause is not None else []
    body = source.copy()
    body.set("with_", None)
    alias = exp.TableAlias(this=exp.to_identifier(ROWS))
    select.set("with_", exp.With(expressions=[*ctes, exp.CTE(this=body, alias=alias)]))
    return f"CREATE TABLE computed AS {written(_needed(select, project.catalog))}"


def _needed(select: exp.Select, catalog: Catalog) -> exp.Expr:
    schema: dict[str, object] = {}
    for name, table in catalog.tables.items():
        database, _, short = name.partition(".")
        columns = {
            column.name: column.type or "UNKNOWN" for column in table.columns if "." not in column.name
        }
        schema.setdefault(database, {})[short] = columns  # type: ignore[index]
    found = qualify(
        select, dialect="bigquery", schema=schema, validate_qualify_columns=False, quote_identifiers=False,
        identify=False
    )  # fmt: skip
    return eliminate_ctes(eliminate_joins(pushdown_projections(found)))


def places(project: Project, query: MetricQuery, texts: list[str], *, has_keys: bool = True) -> list[Held]:
    """Each text held to the definition of the metric."""
    if not texts:
        return []
    items = [
        {"sql": text, "column": "metric_value", "grouped_by": query.keys if has_keys else ()}
        for text in texts
    ]
    metric = project.catalog.metrics[query.metric]
    computed = KINDS["metrics"].model_validate({"name": "m", "computed_by": items})
    held = metric.model_copy(update={"computed_by": computed.computed_by})  # type: ignore[attr-defined]
    catalog = replace(project.catalog, metrics={query.metric: held})
    return list(hold_to_sql(catalog, project.lineage, project.settings, for_one_run())[query.metric])


# ---- changes of what is computed


def swapped_columns(tree: exp.Expr) -> Iterator[Mutation]:
    """An aggregate of the value is over another column."""
    value = tree.expression.expressions[-1]
    names = sorted({each.name for each in value.find_all(exp.Column)})
    for index, column in enumerate(value.find_all(exp.Column)):
        others = [name for name in names if name != column.name]
        if not others:
            continue
        copy = tree.copy()
        found = list(copy.expression.expressions[-1].find_all(exp.Column))[index]
        found.set("this", exp.to_identifier(others[0]))
        yield Mutation("swapped column", written(copy))


def distinct_counts_anywhere(tree: exp.Expr) -> Iterator[Mutation]:
    """COUNT becomes COUNT DISTINCT, wherever it stands."""
    for index, count in enumerate(tree.find_all(exp.Count, exp.CountIf, exp.Sum)):
        if isinstance(count.this, exp.Distinct):
            continue
        copy = tree.copy()
        found = list(copy.find_all(exp.Count, exp.CountIf, exp.Sum))[index]
        column = found.find(exp.Column) or next(found.parent_select.find_all(exp.Column))
        found.replace(exp.Count(this=exp.Distinct(expressions=[column.copy()])))
        yield Mutation("count distinct", written(copy))


def averaged_ratios(tree: exp.Expr) -> Iterator[Mutation]:
    """The ratio is made row by row, and averaged."""
    copy = tree.copy()
    value = copy.expression.expressions[-1]
    division = value.find(exp.SafeDivide, exp.Div)
    if division is None or not division.find(exp.Sum):
        return
    for call in list(division.find_all(exp.Sum)):
        call.replace(exp.Paren(this=call.this.copy()))
    value.set("this", exp.Avg(this=value.this.copy()))
    yield Mutation("average of ratios", written(copy))


def other_grains(tree: exp.Expr) -> Iterator[Mutation]:
    """One key more or fewer in a grouping, or dates cut to a month."""
    for index, group in enumerate(tree.find_all(exp.Group)):
        for position in range(len(group.expressions)):
            copy = tree.copy()
            found = list(copy.find_all(exp.Group))[index]
            found.set("expressions", [e for at, e in enumerate(found.expressions) if at != position])
            yield Mutation("fewer keys", written(copy))
    group = tree.expression.args.get("group")
    for position, key in enumerate(group.expressions if group is not None else ()):
        if key.name.endswith(("_date", "_week", "week_start", "month_start", "_month")):
            copy = tree.copy()
            found = copy.expression.args["group"].expressions[position]
            cut = exp.DateTrunc(this=found.copy(), unit=exp.var("QUARTER"), zone=None)
            found.replace(cut)
            yield Mutation("other period", written(copy))


def other_windows(tree: exp.Expr) -> Iterator[Mutation]:
    """A length of time is another: an interval, or what a difference of dates is compared with."""
    lengths = (exp.DateSub, exp.DateAdd, exp.TimestampSub, exp.TimestampAdd, exp.DateDiff, exp.TimestampDiff)
    for index, node in enumerate(tree.find_all(*lengths)):
        is_span = isinstance(node, exp.DateDiff | exp.TimestampDiff)
        literal = node.parent.args.get("expression") if is_span else node.expression
        if not isinstance(literal, exp.Literal):
            continue
        copy = tree.copy()
        found = list(copy.find_all(*lengths))[index]
        number = found.parent.args["expression"] if is_span else found.expression
        number.replace(exp.Literal(this=str(int(literal.name) + 1), is_string=literal.is_string))
        yield Mutation("other window", written(copy))


def swapped_dates(dates: tuple[tuple[str, str, str], ...]) -> Callable[[exp.Expr], Iterator[Mutation]]:
    """What dates rows is another date of the same table, wherever that query names it."""

    def swapped(tree: exp.Expr) -> Iterator[Mutation]:
        for name, one, other in dates:
            copy = tree.copy()
            columns = [
                column
                for table in copy.find_all(exp.Table)
                if f"{table.db}.{table.name}" == name and table.parent_select is not None
                for column in table.parent_select.find_all(exp.Column)
                if column.name == one and column.table == table.alias_or_name
            ]
            for column in columns:
                column.set("this", exp.to_identifier(other))
            if columns:
                yield Mutation("other date", written(copy))

    return swapped


CHANGES: Kinds = (
    dropped_filters,
    added_filters,
    changed_filters,
    negated_filters,
    other_joins,
    other_join_conditions,
    other_aggregates,
    swapped_columns,
    distinct_counts_anywhere,
    averaged_ratios,
    other_grains,
    other_windows,
)


def changed(query: MetricQuery, most: int | None = None) -> list[Mutation]:
    """Changes of what the query computes."""
    return list(mutations(tree_of(query.sql), (*CHANGES, swapped_dates(query.dates)), most))


def rewritten(query: MetricQuery, most: int | None = None) -> list[Mutation]:
    """The query in other words."""
    return list(mutations(tree_of(query.sql), NO_CHANGES, most))
