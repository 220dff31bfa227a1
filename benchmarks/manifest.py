"""A dbt project whose `manifest.json` has the size asked for, and what reading it and `plumbline check` cost.

Run it: `uv run python benchmarks/manifest.py [MEGABYTES]`. It prints processor seconds and greatest memory.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from catalog.cache import Passing
from catalog.importers import import_sources
from catalog.reading.load import read_settings

MEGABYTES = 30
COLUMNS = 30
SETTINGS = """\
name: Large
dialect: snowflake
database: ANALYTICS
sources: [{importer: dbt, path: target}]
severity: {CL001: off, CL002: off, TB002: off, TB003: off}
"""
METADATA = {
    "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
    "dbt_version": "1.11.2",
    "adapter_type": "snowflake",
    "project_name": "large",
}


def main() -> None:
    """Writes the project into a folder that does not last, imports it, and checks it twice."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        models = write_project(root, wanted * 1_000_000)
        size = (root / "target" / "manifest.json").stat().st_size / 1e6
        start = time.process_time()
        import_sources(root, read_settings(root)[0], Passing())
        print(f"manifest of {size:.0f} MB, {models:,} models: read in {time.process_time() - start:.1f} s")
        for run in ("first", "second"):
            seconds, megabytes = checked(root)
            print(f"{run} check: {seconds:.1f} s, {megabytes:,} MB")


def write_project(root: Path, size: int) -> int:
    """A manifest of at least so many bytes; gives the number of its models."""
    nodes: dict[str, Any] = {}
    written = 0
    number = 0
    while written < size:
        for node in (model(number), *tests(number)):
            nodes[node["unique_id"]] = node
            written += len(json.dumps(node))
        number += 1
    (root / "target").mkdir()
    (root / "plumbline.yml").write_text(SETTINGS, "utf-8")
    content = {"metadata": METADATA, "nodes": nodes, "sources": {}, "macros": {}}
    (root / "target" / "manifest.json").write_text(json.dumps(content), "utf-8")
    return number


def model(number: int) -> dict[str, Any]:
    """A model of thirty columns over the one before; each tenth begins a new chain."""
    names = [f"column_{index}" for index in range(COLUMNS)]
    upstream = f"analytics.shop.model_{number - 1}" if number % 10 else "analytics.raw.events"
    lines = ",\n".join(
        f"    coalesce(t.{name}, lag(t.{name}) over (order by t.column_0)) as {name}" for name in names
    )
    sql = f"with t as (\n    select * from {upstream}\n)\nselect\n{lines}\nfrom t\nwhere t.column_0 > 1\n"
    return {
        "unique_id": f"model.large.model_{number}",
        "resource_type": "model",
        "name": f"model_{number}",
        "relation_name": f"analytics.shop.model_{number}",
        "description": f"Stage {number} of what arrives.",
        "config": {"materialized": "table", "meta": {"owner": f"team_{number % 20}"}},
        "columns": {name: {"name": name, "description": f"What {name} holds.", "tags": []} for name in names},
        "depends_on": {"nodes": [f"model.large.model_{number - 1}"] if number % 10 else []},
        "raw_code": sql,
        "compiled_code": sql,
    }


def tests(number: int) -> list[dict[str, Any]]:
    """What dbt writes for two tests of a model."""
    return [
        {
            "unique_id": f"test.large.{kind}_{number}",
            "resource_type": "test",
            "attached_node": f"model.large.model_{number}",
            "column_name": "column_0",
            "test_metadata": {"name": kind, "kwargs": {"column_name": "column_0"}},
            "depends_on": {"nodes": [f"model.large.model_{number}"]},
        }
        for kind in ("unique", "not_null")
    ]


def checked(root: Path) -> tuple[float, int]:
    """Processor seconds and greatest memory, in MB, of one `plumbline check` with its processes."""
    plumbline = Path(sys.executable).with_name("plumbline")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([plumbline, "check", root], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss // 1000


if __name__ == "__main__":
    main()
