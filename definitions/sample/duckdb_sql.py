"""BigQuery SQL as DuckDB runs it, by sqlglot. Where the plain translation means something else, it is mended:

- `WITH OFFSET` counts from 0, the `WITH ORDINALITY` that it becomes counts from 1;
- `TIMESTAMP(day, zone)`, local midnight as an instant, is left as it is and fails;
- the first day of a week or month is a date in BigQuery and an instant in DuckDB;
- `COUNTIF` of nothing but unknown conditions is 0 in BigQuery and null in DuckDB.
"""

from __future__ import annotations

import datetime

import sqlglot
from sqlglot import exp


def column_type(name: str) -> str:
    """A BigQuery type in DuckDB's words."""
    return exp.DataType.build(name, dialect="bigquery").sql("duckdb")


def statements(text: str, run_date: datetime.date) -> tuple[str, ...]:
    """The statements of a BigQuery text, with the parameter `@run_date` filled in."""
    parsed = (statement for statement in sqlglot.parse(text, dialect="bigquery") if statement)
    return tuple(_translated(statement, run_date) for statement in parsed)


def _translated(statement: exp.Expr, run_date: datetime.date) -> str:
    if isinstance(statement, exp.Create):
        # PARTITION BY and CLUSTER BY: how BigQuery stores a table, nothing that a row depends on.
        statement.set("properties", None)
    for mend in (_count_offsets_from_zero, _keep_dates_dates, _count_nothing_as_zero):
        mend(statement)
    _fill_in(statement, run_date)
    _read_timestamps_in_their_zone(statement)
    return statement.sql("duckdb")


def _fill_in(statement: exp.Expr, run_date: datetime.date) -> None:
    """Puts the day of the run in the place of `@run_date` and of today."""
    for node in list(statement.find_all(exp.Parameter, exp.CurrentDate)):
        node.replace(exp.cast(exp.Literal.string(run_date.isoformat()), exp.DataType.Type.DATE))


def _count_offsets_from_zero(statement: exp.Expr) -> None:
    """Takes 1 from every offset."""
    for unnest in list(statement.find_all(exp.Unnest)):
        offset = unnest.args.get("offset")
        query = unnest.find_ancestor(exp.Select)
        if not isinstance(offset, exp.Identifier) or query is None:
            continue
        for column in list(query.find_all(exp.Column)):
            if column.name == offset.name and not column.table:
                column.replace(exp.paren(exp.Sub(this=column.copy(), expression=exp.Literal.number(1))))


def _read_timestamps_in_their_zone(statement: exp.Expr) -> None:
    """Turns a local time and its zone into an instant; without a zone it is UTC."""
    for node in list(statement.find_all(exp.Timestamp)):
        local = exp.cast(node.this.copy(), exp.DataType.Type.TIMESTAMP)
        zone = node.args.get("zone")
        zone = zone.copy() if zone is not None else exp.Literal.string("UTC")
        node.replace(exp.Anonymous(this="timezone", expressions=[zone, _in_duckdb(local)]))


def _in_duckdb(node: exp.Expr) -> exp.Expr:
    # BigQuery's TIMESTAMP is an instant; without a zone is what its DATETIME is.
    return exp.cast(node.this, exp.DataType.Type.DATETIME)


def _keep_dates_dates(statement: exp.Expr) -> None:
    """Makes truncated dates dates again."""
    for node in list(statement.find_all(exp.DateTrunc)):
        node.replace(exp.cast(node.copy(), exp.DataType.Type.DATE))


def _count_nothing_as_zero(statement: exp.Expr) -> None:
    """Takes an unknown condition of a count for one that is not met."""
    for node in list(statement.find_all(exp.CountIf)):
        node.set("this", exp.func("COALESCE", node.this.copy(), exp.false()))
