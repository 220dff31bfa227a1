"""The gate on a pull request: seconds to tell what a change of 20 files in 2,000 did.

    uv run python benchmarks/gate.py

Makes a project in a git repository, changes files, and runs the command as a pipeline does, each time in a
process of its own: with nothing in the cache, with the work tree known but not the base, and with both known.
Beside it `git diff` and a process that only parses the changed files. Writes the table in README.md.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import generated_sql

HERE = Path(__file__).parent
COMMAND = str(Path(sys.executable).with_name("plumbline"))
ROUNDS = 3
"""How often a run is measured; the least counts, since others disturb and never help."""

PARSE = """
import sys, sqlglot
for file in sys.argv[2:]:
    sqlglot.parse(open(file, encoding="utf-8").read(), dialect=sys.argv[1])
"""

IDENTITY = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.com", "-c", "commit.gpgsign=false")


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock, and of the processors in all processes of a run."""

    clock: float
    processor: float


def main() -> None:
    """Measures, prints the table, writes it down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--changed", type=int, default=20)
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # What is installed has its bytecode.
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "project"
        changed = made_repository(root, options.files, options.changed)
        written = table(measured(root, changed), options.files, options.changed)
    print(written)
    if (options.files, options.changed) == (2_000, 20):
        write_readme(written)


def made_repository(root: Path, files: int, changes: int) -> list[str]:
    """A project on `main` with files changed and not committed; their paths."""
    generated_sql.write_project(root, files)
    (root / ".gitignore").write_text(".plumbline/\n", "utf-8")
    for arguments in (
        ["init", "--quiet", "-b", "main"],
        ["add", "--all"],
        ["commit", "--quiet", "-m", "All"],
    ):
        subprocess.run(["git", *IDENTITY, *arguments], cwd=root, check=True)
    changed = sorted((root / "definitions").glob("*.sql"))[:: max(files // changes, 1)][:changes]
    for file in changed:
        file.write_text(file.read_text("utf-8").replace("c1 > 0", "c1 > 1"), "utf-8")
    return [str(file) for file in changed]


def measured(root: Path, changed: list[str]) -> dict[str, Taken]:
    """What each run takes, in the order of the table."""
    check = [COMMAND, "check", str(root), "--since", "main", "--format", "json"]
    results = root / ".plumbline" / "cache" / "results.sqlite"
    cold = taken(check, root)
    results.unlink()
    taken([COMMAND, "check", str(root), "--format", "json"], root)
    known = results.read_bytes()
    bases = []
    for _ in range(ROUNDS):
        results.write_bytes(known)
        bases.append(taken(check, root))
    return {
        "cold: nothing in the cache": cold,
        "work tree known, base not looked at today": min(bases, key=lambda each: each.processor),
        "warm: both known": least(check, root),
        "`git diff`": least(["git", "diff", "main"], root),
        "bare parsing of the changed files": least([sys.executable, "-c", PARSE, "bigquery", *changed], root),
    }


def least(command: list[str], folder: Path) -> Taken:
    """The least of some runs."""
    return min((taken(command, folder) for _ in range(ROUNDS)), key=lambda each: each.processor)


def taken(command: list[str], folder: Path) -> Taken:
    """What a process and all its helpers take."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    clock, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} failed:\n{run.stderr.decode()[-2_000:]}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(clock, processor)


def table(runs: dict[str, Taken], files: int, changed: int) -> str:
    """The table, and the ratio that counts."""
    *_, diff, parse = runs.values()
    bare = diff.processor + parse.processor
    warm = runs["warm: both known"].processor
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    lines = [
        f"{today}, Python {platform.python_version()}, {os.cpu_count()} processors.",
        "",
        f"| {files:,} SQL files, {changed} changed | seconds | processor seconds |",
        "| --- | ---: | ---: |",
        *(f"| {name} | {each.clock:.2f} | {each.processor:.2f} |" for name, each in runs.items()),
        "",
        f"Warm, the gate takes {warm / bare:.1f} times the processor time of `git diff` and bare parsing.",
    ]
    return "\n".join(lines)


def write_readme(written: str) -> None:
    """Puts the table between its marks in README.md."""
    readme = HERE / "README.md"
    marks = r"(<!-- begin: gate -->\n).*?(<!-- end -->)"
    text = readme.read_text("utf-8")
    made = re.sub(marks, lambda found: f"{found[1]}\n{written}\n\n{found[2]}", text, flags=re.S)
    readme.write_text(made, "utf-8")


if __name__ == "__main__":
    main()
