import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from catalog import Project, open_project, trace_sql
from catalog.batches import FEW, seldom_collecting, tracing_processes
from catalog.cache import Cache, Passing
from catalog.engine import EVERYTHING, Asked, Engine, Question, Schema, Statements, TypePair
from catalog.model import Location, SqlText
from catalog.naming import Naming
from catalog.remembering import Memory, _Columns, engine_version, for_one_run, remembering
from catalog.trace import TracedText, trace_texts

NAMING = Naming("bigquery")
PADDING = "-- " + "x" * 2_000 + "\n"


def text(name: str, sql: str) -> SqlText:
    return SqlText(sql, Location(name, 1, 1), "bigquery")


def layered(number: int) -> list[SqlText]:
    """Texts of which each reads all columns of the one before, written in the opposite order."""
    first = text("9999.sql", f"{PADDING}CREATE TABLE a.t0 AS SELECT x, y + 1 AS y FROM raw.t")
    rest = [
        text(f"{9999 - i:04}.sql", f"{PADDING}CREATE TABLE a.t{i} AS SELECT *, x AS z{i} FROM a.t{i - 1}")
        for i in range(1, number)
    ]
    return [*rest, first]


def wide(number: int) -> list[SqlText]:
    """Texts that do not depend on each other."""
    return [
        text(f"{i:04}.sql", f"{PADDING}CREATE TABLE b.t{i} AS SELECT s.x AS x{i} FROM raw.s{i % 5} AS s")
        for i in range(number)
    ]


def traced(texts: Sequence[SqlText], engine: Engine, schema: Schema | None = None) -> tuple[TracedText, ...]:
    return trace_texts(texts, schema or {}, NAMING, engine)


class Counting:
    """An engine that notes which texts it is asked for."""

    def __init__(self, engine: Engine) -> None:
        self.asked: list[str] = []
        self.engine = replace(engine, trace=self._trace)
        self._inner = engine

    def _trace(self, questions: Sequence[Question], schema: Schema) -> list[Statements]:
        self.asked += [question.sql for question in questions]
        return self._inner.trace(questions, schema)


def test_columns_pass_through_a_chain_whatever_the_order_of_files() -> None:
    chain = {each.sql.start.file: each for each in traced(layered(6), for_one_run())}
    (statement,) = chain["9994.sql"].statements
    assert [output.name for output in statement.outputs] == ["x", "y", "z1", "z2", "z3", "z4", "z5"]


def test_each_text_is_traced_once() -> None:
    counting = Counting(for_one_run())
    texts = layered(6)
    traced(texts, counting.engine)
    assert sorted(counting.asked) == sorted(each.text for each in texts)


def test_what_creates_a_table_tells_its_columns_and_an_update_does_not() -> None:
    texts = [
        text("1.sql", "UPDATE a.t SET late = 1 WHERE TRUE"),
        text("2.sql", "INSERT INTO a.t (x) SELECT x FROM raw.s"),
        text("3.sql", "CREATE TABLE a.t AS SELECT x, y FROM raw.s"),
        text("4.sql", "SELECT * FROM a.t"),
    ]
    (statement,) = traced(texts, for_one_run())[3].statements
    assert [output.name for output in statement.outputs] == ["x", "y"]


def test_texts_that_only_fill_a_table_tell_its_columns_together() -> None:
    texts = [
        text("1.sql", "INSERT INTO a.t (x) SELECT x FROM raw.s"),
        text("2.sql", "INSERT INTO a.t (y) SELECT y FROM raw.s"),
        text("3.sql", "SELECT x, y, z FROM a.t"),
    ]
    (statement,) = traced(texts, for_one_run())[2].statements
    assert [unknown.column for unknown in statement.unknown_columns] == ["z"]


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    with tracing_processes() as executor:
        yield executor


def test_processes_find_what_one_process_finds(processes: Executor) -> None:
    texts = [*wide(200), *layered(8)]
    assert sum(len(each.text) for each in texts) > FEW
    schema = {f"raw.s{number}": {"x": "INT64"} for number in range(5)}
    alone = traced(texts, for_one_run(), schema)
    assert traced(texts, remembering(Memory(Passing()), processes), schema) == alone


def test_any_executor_does(tmp_path: Path) -> None:
    texts = wide(200)
    with ThreadPoolExecutor(2) as threads:
        assert traced(texts, remembering(Memory(Passing()), threads)) == traced(texts, for_one_run())


class Forbidden(Executor):
    """Must not be asked."""

    def submit(self, *_: object, **__: object) -> Future[Any]:  # type: ignore[override]
        raise AssertionError("this text should have been known")


def test_few_texts_start_no_process() -> None:
    assert traced(wide(3), remembering(Memory(Passing()), Forbidden()))


def test_a_table_that_no_word_of_the_text_names_is_still_known(processes: Executor) -> None:
    """Words are only a guess of what to send: here the name is escaped in the text."""
    hidden = text("x.sql", f'{PADDING}CREATE TABLE c.t AS SELECT * FROM "raw"."s""1"')
    texts = [SqlText(each.text, each.start, "duckdb") for each in [*wide(200), hidden]]
    schema = {'raw.s"1': {"x": "INT64"}}
    engine = remembering(Memory(Passing()), processes)
    assert trace_texts(texts, schema, Naming("duckdb"), engine) == trace_texts(
        texts, schema, Naming("duckdb"), for_one_run()
    )


def unanswerable(memory: Memory) -> Engine:
    """An engine that may only remember: what it does not know goes to an executor that is not there."""
    return remembering(memory, Forbidden())


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with closing(Cache(tmp_path / "results.sqlite")) as opened:
        yield opened


def test_what_has_not_changed_is_not_traced_again(cache: Cache) -> None:
    texts = [*wide(200), *layered(8)]
    first = traced(texts, remembering(Memory(cache)))
    assert traced(texts, unanswerable(Memory(cache))) == first


@pytest.mark.parametrize(
    ("change", "columns"),
    [
        ({"raw.s0": {"x": "INT64", "new": "STRING"}}, ["x", "new"]),
        ({"raw.s0": {"x": "STRING"}}, ["x"]),
        ({"raw.s0": {"new": "STRING", "x": "INT64"}}, ["new", "x"]),
        ({}, []),
    ],
    ids=["a column more", "another type", "another order", "nothing known"],
)
def test_other_columns_of_a_table_that_is_read_give_another_result(
    change: Schema, columns: list[str], cache: Cache
) -> None:
    texts = [text("1.sql", "CREATE TABLE b.t AS SELECT * FROM raw.s0")]
    before = traced(texts, remembering(Memory(cache)), {"raw.s0": {"x": "INT64"}})
    after = traced(texts, remembering(Memory(cache)), change)
    assert after != before
    assert [output.name for output in after[0].statements[0].outputs] == columns
    assert after == traced(texts, for_one_run(), change)
    assert traced(texts, remembering(Memory(cache)), {"raw.s0": {"x": "INT64"}}) == before


def test_columns_of_a_table_that_is_not_read_change_nothing() -> None:
    texts = [text(f"{i}.sql", each.text) for i, each in enumerate(wide(200))]
    passing = Passing()
    before = traced(texts, remembering(Memory(passing)), {"other.t": {"x": "INT64"}})
    assert traced(texts, unanswerable(Memory(passing)), {"other.t": {"y": "INT64"}}) == before


def test_a_text_that_asks_for_all_tables_is_traced_again_when_any_is_new() -> None:
    asked = Asked({"raw.s0": {"x": "INT64"}})
    assert list(asked) == ["raw.s0"]
    assert asked.names == {EVERYTHING}
    columns = [_Columns(schema) for schema in ({}, {"a.t": {}}, {"a.t": {"x": ""}}, {"a.t": {"x": "INT64"}})]
    assert len({tuple(each.digests([EVERYTHING])) for each in columns}) == 4


def test_an_empty_schema_is_asked_too() -> None:
    asked = Asked({})
    trace_sql("SELECT x FROM a.t", dialect="bigquery", schema=asked)
    assert asked.names == {"a.t"}


def test_another_engine_does_not_trust_the_results_of_this_one(cache: Cache) -> None:
    traced(wide(200), remembering(Memory(cache, "1")))
    with pytest.raises(AssertionError, match="should have been known"):
        traced(wide(200), unanswerable(Memory(cache, "2")))


class Lying(Passing):
    """Gives back something else than was kept."""

    def __init__(self, lie: str) -> None:
        super().__init__()
        self.lie = lie

    def get(self, keys: object) -> dict[bytes, str]:
        return dict.fromkeys(keys, self.lie)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize(
    "lie", ["", "7", "null", "[]", "[[1], [2]]", '["a", "b"]', '{"a": 1}', "[[], 1, []]"]
)
def test_results_of_another_form_are_not_trusted(lie: str) -> None:
    assert traced(wide(3), remembering(Memory(Lying(lie)))) == traced(wide(3), for_one_run())


def test_types_are_compared_once(cache: Cache) -> None:
    pairs = [TypePair("bigquery", "STRING", "VARCHAR"), TypePair("bigquery", "STRING", "INT64")]
    assert remembering(Memory(cache)).compare(pairs) == [True, False]
    assert remembering(Memory(cache)).compare(pairs[::-1]) == [False, True]


def test_the_garbage_collector_is_left_as_it_was() -> None:
    import gc

    before = gc.get_threshold()
    with seldom_collecting(), seldom_collecting():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


SETTINGS = "name: Shop\ndialect: bigquery\n"
DEFINITIONS = """
tables:
  - name: mart.daily
    columns:
      - {name: day, type: DATE}
      - {name: total, type: FLOAT64}
    sql: SELECT DATE(ts) AS day, SUM(amount) AS total FROM raw.sales GROUP BY 1
  - name: raw.sales
    columns:
      - {name: ts, type: TIMESTAMP}
      - {name: amount, type: NUMERIC}
metrics:
  - {name: sales, source: mart.daily, expression: SUM(total)}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text(SETTINGS)
    (tmp_path / "definitions" / "all.yml").write_text(DEFINITIONS)
    return tmp_path


RUN = """
import json, sys
from generator.cli import main
code = None
try:
    main(sys.argv[1:])
except SystemExit as ended:
    code = ended.code
imported = sorted(name for name in sys.modules if name.startswith("sqlglot"))
print(json.dumps({"code": code, "sqlglot": imported}))
"""


def run(*arguments: str | Path) -> tuple[list[str], dict[str, object]]:
    """What the command prints in a process of its own, how it ends, and what it imported of sqlglot."""
    process = subprocess.run(
        [sys.executable, "-c", RUN, *map(str, arguments)], capture_output=True, text=True, check=True
    )
    *printed, last = process.stdout.splitlines()
    return printed, json.loads(last)


def test_a_warm_check_gives_the_same_and_never_imports_sqlglot(project: Path) -> None:
    cold, ended = run("check", project)
    assert ended["sqlglot"] != []
    warm, ended_again = run("check", project)
    assert ended_again == {"code": ended["code"], "sqlglot": []}
    assert warm == cold
    assert any("CL00" in line for line in warm), "types are compared in this project"


@pytest.mark.parametrize("library", ["sqlglot", "jinja2"])
def test_what_is_remembered_falls_with_the_library_that_made_it(library: str) -> None:
    assert f"{library} {version(library)}" in engine_version()


@pytest.mark.parametrize("library", ["sqlglot", "networkx", "jinja2", "mkdocs", "markdown_it"])
def test_the_face_and_the_commands_alone_do_not_load(library: str) -> None:
    code = f"import sys, catalog, generator.commands; sys.exit({library!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_project_read_from_the_cache_is_the_same(project: Path) -> None:
    first: Project = open_project(project)
    assert open_project(project) == first
    assert (project / ".plumbline" / "cache" / "results.sqlite").is_file()
    assert first.notes == ()


def test_a_damaged_cache_is_a_note_and_changes_nothing(project: Path) -> None:
    first = open_project(project)
    (project / ".plumbline" / "cache" / "results.sqlite").write_bytes(b"garbage" * 1_000)
    second = open_project(project)
    assert (second.catalog, second.lineage) == (first.catalog, first.lineage)
    (note,) = second.notes
    assert "begun anew" in note


def test_columns_behind_an_unknown_star_are_not_told_from_the_others_beside_it() -> None:
    first = text("1.sql", "CREATE TABLE a.t AS SELECT *, 1 AS n FROM raw.unknown")
    second = text("2.sql", "CREATE TABLE a.u AS SELECT id, n FROM a.t")
    _, made = trace_texts([first, second], {}, NAMING, for_one_run())
    assert made.statements[0].unknown_columns == ()
    assert {edge.source_column for edge in made.statements[0].columns} == {"id", "n"}
