"""A repository with a folder per table, as large as asked, and what `plumbline check` costs on it.

Run it: `uv run python benchmarks/folders.py [OBJECTS [COLUMN_PATHS]]`. It prints processor seconds and the
greatest memory of a first check and of an unchanged second one.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

OBJECTS, COLUMN_PATHS = 4_800, 480_000
SETTINGS = """\
name: Large
dialect: bigquery
database: acme
sources:
  - importer: folders
    path: sql
severity: {CL001: off, TB002: off, TB003: off}
"""
METADATA = """\
friendly_name: Table {number}
description: What arrives in stage {number}.
owners:
  - team-{team}@example.com
labels:
  incremental: true
bigquery:
  time_partitioning:
    field: submission_date
"""


def main() -> None:
    """Writes the repository into a folder that does not last, and checks it twice."""
    objects, paths = (*(int(each) for each in sys.argv[1:3]), *(OBJECTS, COLUMN_PATHS)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory() as name:
        write_repository(Path(name), objects, paths)
        for run in ("first", "second"):
            seconds, megabytes = checked(Path(name))
            size = f"{objects:,} objects, {paths:,} column paths"
            print(f"{run} check of {size}: {seconds:.1f} s, {megabytes:,} MB")


def write_repository(root: Path, objects: int, paths: int) -> None:
    """Half tables with a query over the table before, half views of a single star; structs three deep."""
    (root / "plumbline.yml").write_text(SETTINGS, "utf-8")
    per_object = paths // objects
    for number in range(objects):
        folder = root / "sql" / "acme" / f"set_{number // 20}" / f"table_{number}"
        folder.mkdir(parents=True)
        (folder / "metadata.yaml").write_text(METADATA.format(number=number, team=number % 40), "utf-8")
        (folder / "schema.yaml").write_text("fields:\n" + "".join(fields(per_object)), "utf-8")
        before = (
            f"`acme`.set_{(number - 1) // 20}.table_{number - 1}" if number % 20 else "`acme`.live.events"
        )
        name, sql = (
            ("view.sql", view(number, before)) if number % 2 else ("query.sql", query(per_object, before))
        )
        (folder / name).write_text(sql, "utf-8")


def fields(count: int) -> list[str]:
    """The lines of so many column paths: a third at the top, the others in repeated structs."""
    lines = ["- {name: submission_date, type: DATE, mode: NULLABLE, description: Day of arrival.}\n"]
    for index in range(1, count):
        depth = (index - 1) % 3
        pad = "  " * depth
        kind = "RECORD" if depth < 2 else "STRING"
        lines.append(
            f"{pad}- name: field_{index}\n{pad}  type: {kind}\n"
            f"{pad}  mode: {'REPEATED' if depth == 1 else 'NULLABLE'}\n"
            f"{pad}  description: What is known of number {index}.\n"
            + (f"{pad}  fields:\n" if depth < 2 and index + 1 < count else "")
        )
    return lines


def view(number: int, before: str) -> str:
    """A view that takes everything over."""
    return f"CREATE OR REPLACE VIEW `acme`.set_{number // 20}.table_{number} AS\nSELECT * FROM {before}\n"


def query(count: int, before: str) -> str:
    """A query that names each top column."""
    names = [f"  t.field_{index}" for index in range(1, count) if index % 3 == 1]
    return (
        "SELECT\n  t.submission_date,\n"
        + ",\n".join(names)
        + f"\nFROM {before} AS t\nWHERE t.submission_date = @day\n"
    )


def checked(root: Path) -> tuple[float, int]:
    """Processor seconds and greatest memory, in MB, of one `plumbline check` with its processes."""
    plumbline = Path(sys.executable).with_name("plumbline")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(
        [plumbline, "check", root], capture_output=True, text=True, check=False, env=os.environ
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(run.stdout[-300:] + run.stderr[-2000:])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss // 1000


if __name__ == "__main__":
    main()
