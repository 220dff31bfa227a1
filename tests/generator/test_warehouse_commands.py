"""`plumbline snapshot` and `plumbline drift`, from a real database to exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from dbt_manifest import write

from catalog import open_project
from generator.cli import main

SETTINGS = """\
name: Shop
dialect: duckdb
sources: [{importer: snapshot, path: warehouse.json}]
warehouse: {url_from: SHOP_URL}
"""
DEFINITIONS = "tables: [{name: ops.queue, description: Work., columns: [{name: id}, {name: name}]}]"


def run(*arguments: str | Path) -> int:
    """The exit code of the command."""
    with pytest.raises(SystemExit) as ended:
        main([str(each) for each in arguments])
    return int(ended.value.code or 0)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project and its warehouse, which the environment names."""
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as connection:
        connection.execute("CREATE SCHEMA ops; CREATE TABLE ops.queue (id BIGINT, name VARCHAR)")
        connection.execute("CREATE VIEW ops.names AS SELECT name FROM ops.queue")
    write(tmp_path, "plumbline.yml", SETTINGS)
    write(tmp_path, "definitions/a.yml", DEFINITIONS)
    monkeypatch.setenv("SHOP_URL", f"duckdb:///{tmp_path}/shop.duckdb")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_snapshot_is_a_source_of_the_catalog(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("snapshot") == 0
    assert capsys.readouterr().out == "warehouse.json: 2 tables, 3 columns\n"
    written = (shop / "warehouse.json").read_bytes()
    assert run("snapshot", "--url-from", "SHOP_URL") == 0
    assert (shop / "warehouse.json").read_bytes() == written
    project = open_project(shop)
    assert project.catalog.misfits == ()
    assert [(str(edge.source), str(edge.target)) for edge in project.lineage.edges] == [
        ("ops.queue.name", "ops.names.name")
    ]
    assert project.catalog.tables["ops.queue"].columns[0].type == "BIGINT"


def test_a_snapshot_that_nothing_reads_says_how_to(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("snapshot") == 0
    assert "nothing reads it yet" not in capsys.readouterr().err
    write(shop, "plumbline.yml", "name: Shop\ndialect: duckdb\n")
    assert run("snapshot", "--url-from", "SHOP_URL") == 0
    assert "nothing reads it yet: list `importer: snapshot`" in capsys.readouterr().err


def test_drift_tells_what_differs_by_its_exit_code(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("drift") == 1
    assert capsys.readouterr().out == (
        "`ops.names` is in the warehouse, but not in the catalog\n\n1 difference; 1 table in both\n"
    )
    run("snapshot")
    assert run("drift") == 0  # the catalog knows the view from the snapshot now
    assert run("drift", "warehouse.json") == 1  # but is not held against itself
    capsys.readouterr()
    assert run("drift", "warehouse.json", "--format", "json") == 1
    assert [each["table"] for each in json.loads(capsys.readouterr().out)["differences"]] == ["ops.names"]


def test_without_a_warehouse_drift_says_how_to_name_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "plumbline.yml", "name: Shop")
    write(tmp_path, "definitions/a.yml", DEFINITIONS)
    assert run("drift", "--project", tmp_path) == 2
    assert "no warehouse is named" in capsys.readouterr().err
    assert run("drift", "--url-from", "NOT_THERE", "--project", tmp_path) == 2
    assert "the environment variable `NOT_THERE` is not set" in capsys.readouterr().err
    assert run("drift", "none.json", "--project", tmp_path) == 2
    assert "there is no snapshot `none.json`" in capsys.readouterr().err


def test_what_contradicts_itself_is_told(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("drift", "duckdb:///shop.duckdb", "--url-from", "SHOP_URL") == 2
    assert "a warehouse is named twice" in capsys.readouterr().err
    assert run("drift", "warehouse.json", "--schema", "ops") == 2
    assert "--schema is for a live warehouse" in capsys.readouterr().err


def test_no_output_shows_a_password(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = "postgresql://app:hunter2@127.0.0.1:1/shop"
    write(shop, "plumbline.yml", f"name: Shop\nwarehouse: {{url_from: '{url}'}}")
    assert run("drift", url) == 2
    assert run("snapshot", url) == 2
    run("check")
    shown = capsys.readouterr()
    assert "hunter2" not in shown.out + shown.err
    assert "is seen by others of this machine" in shown.err
    assert "`url_from` needs another value" in shown.out


def test_a_failed_snapshot_leaves_the_old_one(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("snapshot")
    written = (shop / "warehouse.json").read_bytes()
    monkeypatch.setenv("SHOP_URL", "duckdb:///none.duckdb")
    assert run("snapshot") == 2
    assert (shop / "warehouse.json").read_bytes() == written


def test_an_interrupted_snapshot_leaves_the_old_one_whole(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("snapshot")
    before = sorted((each.name, each.stat().st_size) for each in shop.glob("*.json"))

    def interrupted(_: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    assert run("snapshot") == 130
    assert sorted((each.name, each.stat().st_size) for each in shop.glob("*.json*")) == before
    assert list(shop.glob(".*.unfinished")) == []
