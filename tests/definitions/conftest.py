"""What tests of the example share: its project, and its sample warehouse, built once for all workers."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from catalog import Project, open_project

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def example() -> Project:
    """The example as Plumbline reads it."""
    return open_project(ROOT)


@pytest.fixture(scope="session")
def warehouse_file(shared_folder: Path) -> Path:
    """The sample warehouse as a file, built by its own script; fails with all the script said."""
    file = shared_folder / "sample.duckdb"
    with FileLock(shared_folder / "sample.lock"):
        if not file.exists():
            unfinished = shared_folder / "sample-unfinished.duckdb"
            command: list[str | Path] = [sys.executable, ROOT / "definitions/sample/warehouse.py", unfinished]
            run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
            assert run.returncode == 0, run.stdout + run.stderr
            unfinished.rename(file)
    return file


@pytest.fixture(scope="session")
def warehouse(warehouse_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The sample warehouse, to be read."""
    with duckdb.connect(str(warehouse_file), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
