"""Lineage engines side by side: seconds, ratios to bare parsing, memory, and whole projects cold and warm.

    uv run python benchmarks/lineage.py                          the SQL of generated_sql.py
    uv run python benchmarks/lineage.py FOLDER --dialect D       the `.sql` files of a folder instead

Each measurement runs in a fresh process. sqllineage, and sqlglot without its compiled parts, run in
environments of their own, made by uv. Writes lineage.json and the table in README.md beside this file.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import generated_sql

HERE = Path(__file__).parent
ROOT = HERE.parent
UV = shutil.which("uv") or "uv"
MEASURES = str(HERE / "measures.py")
PURE = ROOT / ".plumbline" / "benchmarks" / "pure"
WIDEST = "wide 200 x 3"

Result = dict[str, Any]

Outcome = float | str
"""Seconds, or how it ended else."""


def main() -> None:
    """Measures, prints the table, writes it down."""
    options = parsed_options()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # What is installed has its bytecode.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = folder / "corpus.json"
        corpus.write_text(json.dumps(corpus_of(options.folder, options.dialect)), "utf-8")
        results = engines(corpus)
        projects = {} if options.folder else whole_projects(folder, options.files)
    content = {"environment": environment(results), "engines": results, "projects": projects}
    written = "\n\n".join([described(content), times(results), ratios(results), *project_table(projects)])
    print(written)
    if options.folder is None:
        (HERE / "lineage.json").write_text(json.dumps(content, indent=2) + "\n", "utf-8")
        write_readme(written)


def parsed_options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "folder", nargs="?", type=Path, help="measure its .sql files; nothing is written down"
    )
    parser.add_argument("--dialect", default=generated_sql.DIALECT)
    parser.add_argument("--files", type=int, default=2_000, help="of the generated project")
    return parser.parse_args()


def corpus_of(folder: Path | None, dialect: str) -> Result:
    """The texts to measure, by name."""
    if folder is None:
        return {"dialect": dialect, "schema": generated_sql.schema(), "texts": generated_sql.texts()}
    files = sorted(folder.rglob("*.sql"))
    texts = {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}
    return {"dialect": dialect, "schema": {}, "texts": texts}


def engines(corpus: Path) -> dict[str, Result]:
    """Name of a measured engine → its result."""
    own = [sys.executable, MEASURES]
    pure = [str(pure_python()), MEASURES]
    foreign = [UV, "run", "--quiet", "--isolated", "--no-project", "--with", "sqllineage", "python", MEASURES]
    return {
        "plumbline, compiled sqlglot": measured([*own, "plumbline", str(corpus)]),
        "plumbline, pure sqlglot": measured([*pure, "plumbline", str(corpus)]),
        "sqlglot.lineage, compiled": measured([*own, "sqlglot.lineage", str(corpus)]),
        "sqllineage": measured([*foreign, "sqllineage", str(corpus)]),
    }


def pure_python() -> Path:
    """The Python of an environment like ours, without sqlglot's compiled parts."""
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(PURE)}
    command = [UV, "sync", "--quiet", "--frozen", "--no-dev", "--no-install-package", "sqlglotc"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return PURE / ("Scripts" if os.name == "nt" else "bin") / "python"


def measured(command: list[str]) -> Result:
    """What a measurement prints."""
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if run.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{run.stderr[-2_000:]}")
    result: Result = json.loads(run.stdout.splitlines()[-1])
    return result


def whole_projects(folder: Path, files: int) -> dict[str, Result]:
    """A generated project opened with nothing known, with everything known, and with one file changed."""
    root = folder / "project"
    generated_sql.write_project(root, files)
    command = [sys.executable, MEASURES, "project", str(root)]
    results = {"cold": measured(command), "warm": measured(command)}
    changed = root / "definitions" / "t00000.sql"
    changed.write_text(changed.read_text("utf-8").replace("c1 > 0", "c1 > 1"), "utf-8")
    return {**results, "one file changed": measured(command)}


def environment(results: dict[str, Result]) -> Result:
    """What the figures were made with."""
    return {
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "sqlglot": results["sqlglot.lineage, compiled"]["version"],
        "sqllineage": results["sqllineage"]["version"],
    }


def described(content: Result) -> str:
    """One sentence over the tables."""
    made = content["environment"]
    return (
        f"{made['date']}, Python {made['python']}, {made['processors']} processors, "
        f"sqlglot {made['sqlglot']}, sqllineage {made['sqllineage']}. "
        "Processor time, the least of several runs, in milliseconds."
    )


def times(results: dict[str, Result]) -> str:
    """Milliseconds, shape by shape."""
    columns = {
        f"bare parse, {name.partition(', ')[2]}": each["seconds"]["parse"] for name, each in parsing(results)
    }
    columns |= {name: own_seconds(each) for name, each in results.items()}
    shapes = list(next(iter(columns.values())))
    rows = [[shape, *(milliseconds(column[shape]) for column in columns.values())] for shape in shapes]
    rows.append(
        ["peak memory, MB", *("" for _ in parsing(results)), *(f"{r['peak_mb']}" for r in results.values())]
    )
    return table(["", *columns], rows)


def ratios(results: dict[str, Result]) -> str:
    """Ours against bare parsing in the same process, and the others against compiled parsing."""
    compiled = results["plumbline, compiled sqlglot"]["seconds"]["parse"]
    columns = {
        name: (own_seconds(each), each["seconds"].get("parse", compiled)) for name, each in results.items()
    }
    rows = [
        [shape, *(ratio(own[shape], bare[shape]) for own, bare in columns.values())] for shape in compiled
    ]
    rows.append(["all it manages", *(whole_ratio(own, bare) for own, bare in columns.values())])
    return table(["ratio to bare parse", *columns], rows)


def parsing(results: dict[str, Result]) -> list[tuple[str, Result]]:
    """The results in which parsing was measured as well."""
    return [(name, each) for name, each in results.items() if "parse" in each["seconds"]]


def own_seconds(result: Result) -> dict[str, Outcome]:
    """The seconds of the engine itself."""
    seconds: dict[str, Outcome] = list(result["seconds"].values())[-1]
    return seconds


def milliseconds(seconds: Outcome) -> str:
    """A time as the table shows it."""
    return seconds if isinstance(seconds, str) else f"{seconds * 1_000:,.1f}"


def ratio(own: Outcome, bare: Outcome) -> str:
    """A ratio as the table shows it."""
    return "" if isinstance(own, str) or isinstance(bare, str) or not bare else f"{own / bare:,.2f}"


def whole_ratio(own: dict[str, Outcome], bare: dict[str, Outcome]) -> str:
    """The ratio over all texts that an engine manages."""
    pairs = [(each, bare[name]) for name, each in own.items() if not isinstance(each, str)]
    parsed = sum(each for _, each in pairs if not isinstance(each, str))
    return ratio(sum(each for each, _ in pairs), parsed)


def project_table(projects: dict[str, Result]) -> list[str]:
    """The figures of whole projects."""
    if not projects:
        return []
    rows = [
        [
            name,
            f"{each['clock']:.2f}",
            f"{each['processor']:.2f} + {each['processor_of_helpers']:.2f}",
            f"{each['peak_mb']} + {each['peak_mb_of_a_helper']}",
            "yes" if each["imports_sqlglot"] else "no",
        ]
        for name, each in projects.items()
    ]
    first = projects["cold"]
    head = [
        f"{first['texts']:,} files, {first['edges']:,} edges",
        "seconds",
        "processor seconds, own + helpers",
    ]
    return [table([*head, "peak MB, own + greatest helper", "imports sqlglot"], rows)]


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_readme(written: str) -> None:
    """Puts the tables between the marks of README.md."""
    readme = HERE / "README.md"
    text = readme.read_text("utf-8")
    marks = r"(<!-- begin: lineage -->\n).*?(<!-- end -->)"
    readme.write_text(
        re.sub(marks, lambda found: f"{found[1]}\n{written}\n\n{found[2]}", text, flags=re.S), "utf-8"
    )


if __name__ == "__main__":
    main()
