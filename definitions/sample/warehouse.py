"""BEGIN HERE: the example's warehouse in DuckDB, made up from a seed and run for real.

    uv run python definitions/sample/warehouse.py [--write] [FILE]

Raw tables are filled with made-up rows, then every derived table is built by its own SQL, sources first, then
everything the definitions say of the result is checked. With FILE the warehouse is kept, to be looked at;
with `--write` the figures that texts quote are brought up to date.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import content
import duckdb
import enforcement
import measurement
import people
import quality
import review
import seeds
from checking import faults, quoted
from clock import AFTER_HALF_YEAR, RUN_DATE
from duckdb_sql import column_type, statements
from figures import FIGURES, Figure, measured, write
from seeds import Row

from catalog import Node, NodeKind, Project, Table, open_project

ROOT = Path(__file__).resolve().parents[2]
SEED = 20261120
MADE_BY_MERGE = "intermediate.int_action_outcomes"
"""The one table that its SQL adds to and does not create."""

HALF_YEARLY = "report.dsa_quantitative_template"


def feeds(project: Project, seed: int = SEED) -> Iterator[tuple[str, Iterable[Row]]]:
    """Name and rows of every raw and reference table. Same seed, same rows."""
    random = Random(seed)
    staff = people.all_people(random)
    shifts = people.all_shifts(staff)
    items = content.all_items(random)
    floor = review.play(items, shifts, random)
    actions = enforcement.all_actions(items, floor.decisions, random)
    ledger = tuple(enforcement.action_rows(actions, random))
    categories = [
        (str(value.value), value.label or "") for value in project.catalog.enums["dsa-category"].values
    ]
    yield "ref.queue", seeds.queue_rows()
    yield "ref.policy", seeds.policy_rows()
    yield "ref.dsa_category", seeds.category_rows(categories)
    yield "raw_workforce.roster_snapshot", people.roster_rows(staff)
    yield "raw_workforce.shift_schedule", people.shift_rows(shifts, random)
    yield "raw_workforce.activity_log", review.console_rows(floor)
    yield "raw_moderation.content_item", content.item_rows(items, random)
    yield "raw_moderation.automod_decision", content.verdict_rows(items, random)
    yield "raw_moderation.content_report", content.report_rows(items, random)
    yield "raw_moderation.review_task_events", floor.events
    yield "raw_qa.audit_sample", quality.audit_rows(floor.decisions, items, random)
    yield "raw_qa.double_review", quality.pair_rows(floor.decisions, staff, random)
    yield "raw_enforcement.action", ledger
    yield "raw_appeals.appeal", enforcement.appeal_rows(actions, items, random)
    yield "raw_appeals.ods_dispute", enforcement.dispute_rows(actions, random)
    yield "dsa.statement_of_reasons", enforcement.statement_rows(ledger, actions, random)
    yield "raw_platform.video_view_daily_*", measurement.view_rows()
    yield "raw_measurement.prevalence_sample", measurement.sample_rows(random)
    yield "raw_legal.authority_order", measurement.order_rows([code for code, _ in categories], random)


def build(connection: duckdb.DuckDBPyConnection, project: Project) -> None:
    """Fills the raw tables and builds all others from them."""
    connection.execute("SET TimeZone = 'UTC'")
    # One thread: approximate quantiles depend on how the rows are shared out.
    connection.execute("SET threads = 1")
    for schema in sorted({name.partition(".")[0] for name in project.catalog.tables}):
        connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in feeds(project):
            create(connection, project.catalog.tables[name])
            load(connection, project.catalog.tables[name], rows, Path(folder, "rows.ndjson"))
    texts = {text.table: text.text for text in project.catalog.sql}
    for name in build_order(project):
        run_date = AFTER_HALF_YEAR if name == HALF_YEARLY else RUN_DATE
        if name == MADE_BY_MERGE:
            create(connection, project.catalog.tables[name])
        for statement in statements(texts[name], run_date):
            connection.execute(statement)


def build_order(project: Project) -> tuple[str, ...]:
    """The derived tables, each after all it is made from, as Plumbline's own lineage has it."""
    derived = {text.table for text in project.catalog.sql if text.table}
    rank = {
        name: sum(node.name in derived for node in project.lineage.upstream(Node(NodeKind.TABLE, name)))
        for name in derived
    }
    return tuple(sorted(derived, key=lambda name: (rank[name], name)))


def create(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """An empty table with the columns that its definition gives."""
    columns = ", ".join(
        f'"{column.name}" {column_type(column.type or "STRING")}'
        for column in table.columns
        if "." not in column.name
    )
    connection.execute(f"CREATE TABLE {quoted(table.name)} ({columns})")


def load(connection: duckdb.DuckDBPyConnection, table: Table, rows: Iterable[Row], file: Path) -> None:
    """Rows into a table; a key that a row does not have is NULL."""
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    described = connection.execute(f"DESCRIBE {quoted(table.name)}").fetchall()
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind, *_ in described)
    connection.execute(
        f"INSERT INTO {quoted(table.name)} BY NAME "
        f"SELECT * FROM read_json(?, format = 'newline_delimited', columns = {{{columns}}})",
        [str(file)],
    )


def stale_figures(connection: duckdb.DuckDBPyConnection, project: Project) -> Iterator[tuple[Figure, str]]:
    """The figures whose text does not say what this run gave, with what it has to say."""
    things = {f"{type(thing).__name__.lower()}:{thing.name}": thing for thing in project.catalog.things()}
    for figure in FIGURES:
        passage = measured(connection, figure)
        said = things[figure.subject].model_dump(mode="json", exclude_none=True)
        if passage not in " ".join(" ".join(strings(said)).split()):
            yield figure, passage


def strings(value: object) -> Iterator[str]:
    """All texts inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def bring_up_to_date(project: Project, stale: Iterable[tuple[Figure, str]]) -> None:
    """Writes what this run gave into the files of the texts that quote it."""
    files = {
        f"{type(thing).__name__.lower()}:{thing.name}": thing.origin.file
        for thing in project.catalog.things()
    }
    for figure, passage in stale:
        write(passage, figure, ROOT / files[figure.subject])
        print(f"{figure.subject}: {passage}")


def main() -> int:
    """Builds, checks, and says what was found."""
    project = open_project(ROOT)
    files = [argument for argument in sys.argv[1:] if argument != "--write"]
    file = files[0] if files else ":memory:"
    Path(file).unlink(missing_ok=True)
    with duckdb.connect(file) as connection:
        build(connection, project)
        for table in sorted(project.catalog.tables):
            (count,) = connection.execute(f"SELECT COUNT(*) FROM {quoted(table)}").fetchall()[0]
            print(f"{count:>9,}  {table}")
        stale = tuple(stale_figures(connection, project))
        if "--write" in sys.argv:
            bring_up_to_date(project, stale)
            stale = ()
        found = [
            *faults(connection, project),
            *(f"{figure.subject}: must say: {text}" for figure, text in stale),
        ]
    for fault in found:
        print(f"fault: {fault}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
