"""What logs tell stands on the page of a table, beside the lineage of its SQL and told apart from it."""

from __future__ import annotations

import pytest
from dbt_manifest import write
from page_reading import read
from small_catalog import TODAY, pages_by_path

from catalog import Audience, open_project
from generator.assembly import site_of
from generator.links import table_path

SETTINGS = "name: T\ndialect: bigquery\nsources: [{importer: query_log, path: log.jsonl}]\n"
TABLES = "tables: [{name: s.a}, {name: s.b, sql: SELECT x FROM s.a}, {name: s.c, sql: SELECT x FROM s.b}]"


def job(source: str, target: str, runs: int) -> str:
    tables = [f'{{"dataset_id": "s", "table_id": "{name}"}}' for name in (source, target)]
    return f'{{"referenced_tables": [{tables[0]}], "destination_table": {tables[1]}, "runs": {runs}}}\n'


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text of the page of `s.b`."""
    folder = tmp_path_factory.mktemp("told")
    write(folder, "plumbline.yml", SETTINGS)
    write(folder, "definitions/all.yml", TABLES)
    write(folder, "log.jsonl", job("a", "b", 412) + job("z", "b", 3) + job("b", "c", 7) + job("b", "_d", 9))
    site = site_of(open_project(folder), Audience.INTERNAL, today=TODAY)
    return " ".join(read(pages_by_path(site)[table_path("s.b")].body).text.split())


def test_how_often_each_source_was_seen_and_whether_the_sql_says_so(page: str) -> None:
    told = page[page.index("What other tools saw") :]
    assert "Filled from" in told
    assert "In 412 runs (query log) The SQL says so too" in told
    assert "In 3 runs (query log) No SQL of the catalog says so" in told
    assert "In 7 runs" in told[told.index("Feeds") :]
