"""How long a site takes: Plumbline beside the same pages as plain Markdown in MkDocs with Material.

The peer's pages hold what ours hold, the technical site's, written as Markdown; it is as its makers ship it.

    uv run python benchmarks/site.py                     2,000 entities, the peer at 500
    uv run python benchmarks/site.py --entities 20000 --peer-entities 0
    uv run python benchmarks/site.py --json site.json

Everything is generated, so the same run can be had anywhere. Times are wall clock, each build in a process of
its own; the time to read definitions and trace SQL is shown apart.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

from plain_markdown import plain_markdown

from catalog import Audience, Project, open_project
from generator.assembly import Given, site_of
from generator.pages import PAGE_TYPES
from generator.plugin import render

TODAY = datetime.date(2026, 1, 15)
COLUMNS = 12
DOMAINS = 8
LONGEST_CHAIN = 16
THEMES = ("queue", "appeal", "review", "notice", "sample", "action", "ticket", "shift")
WORDS = ("case", "item", "decision", "reviewer", "policy", "market", "language", "reason", "outcome")


@dataclass(frozen=True)
class Measured:
    """One build: time by the clock and by the processor, greatest memory, and what it left."""

    what: str
    pages: int
    seconds: float
    cpu_seconds: float
    memory_mb: int
    html_mb: float

    @property
    def milliseconds_per_page(self) -> float:
        """What one page costs the processor: the clock also counts what else the machine does."""
        return 1000 * self.cpu_seconds / max(self.pages, 1)


def write_project(root: Path, entities: int) -> None:
    """Half tables, half metrics; each table is made from the one before it in its chain."""
    root.mkdir(parents=True)
    (root / "plumbline.yml").write_text("name: Benchmark\ndialect: duckdb\n", encoding="utf-8")
    folder = root / "definitions"
    folder.mkdir()
    (folder / "teams.yml").write_text(
        "teams:\n  - {name: ops, label: Operations, description: They look after queues, audience: partner}\n"
    )
    for start in range(0, entities // 2, 50):
        numbers = range(start, min(start + 50, entities // 2))
        text = (
            "tables:\n"
            + "".join(map(table_yaml, numbers))
            + "metrics:\n"
            + "".join(map(metric_yaml, numbers))
        )
        (folder / f"part_{start:05}.yml").write_text(text, encoding="utf-8")


def table_name(number: int) -> str:
    """The name of the table of that number."""
    return f"{THEMES[number % 8]}.{WORDS[number % 9]}_{WORDS[number // 9 % 9]}_{number}"


def table_yaml(number: int) -> str:
    """A table of twelve columns, with SQL where there is a table before it."""
    columns = "".join(
        f"      - {{name: {column}, label: {column.replace('_', ' ')}, type: BIGINT,\n"
        f"         description: The {column.replace('_', ' ')} of a {THEMES[number % 8]} as recorded.}}\n"
        for column in column_names()
    )
    theme, item = THEMES[number % 8], WORDS[number % 9]
    layer = "source" if is_source(number) else "mart"
    facts = "".join(f"\n      - {sentence(number + step)}" for step in (1, 2))
    return (
        f"  - name: {table_name(number)}\n    label: {theme.title()} table {number}\n    audience: partner\n"
        f"    owner: ops\n    layer: {layer}\n    domain: {theme.title()}\n"
        f"    grain: One row for each {item} and day.\n"
        f"    description: |\n      {sentence(number)}\n{facts}\n"
        f"    columns:\n{columns}{sql_yaml(number)}"
    )


def column_names() -> list[str]:
    """The columns that every table has."""
    return [f"{WORDS[index % 9]}_{THEMES[index % 8]}_count" for index in range(COLUMNS)]


def is_source(number: int) -> bool:
    """Is the table the first of a chain? Chains lie side by side, one for each domain."""
    return number % (DOMAINS * LONGEST_CHAIN) < DOMAINS


def sql_yaml(number: int) -> str:
    """The SQL block of a table; none for a source."""
    if is_source(number):
        return ""
    first, *others = column_names()
    sums = ",\n".join(f"        SUM({column}) AS {column}" for column in others)
    return (
        f"    sql: |\n      SELECT\n        {first},\n{sums}\n      FROM {table_name(number - DOMAINS)}\n"
        f"      WHERE {others[0]} > 0\n      GROUP BY {first}\n"
    )


def metric_yaml(number: int) -> str:
    """A metric over the table of the same number."""
    column = column_names()[1 + number % 10]
    theme = THEMES[number % 8]
    return (
        f"  - name: {theme}_{column}_{number}\n    label: {theme.title()} measure {number}\n"
        f"    audience: partner\n"
        f"    owner: ops\n    domain: {theme.title()}\n    unit: cases\n    summary: {sentence(number)}\n"
        f"    description: {sentence(number + 3)}\n    source: {table_name(number)}\n"
        f"    expression: SUM({column})\n    includes: [{sentence(number + 4)!r}]\n"
        f"    excludes: [{sentence(number + 5)!r}]\n    synonyms: [{WORDS[number % 9]} load {number}]\n"
    )


def sentence(number: int) -> str:
    """A sentence that differs from number to number."""
    first, second, third, last = (WORDS[(number * step + step) % 9] for step in (1, 5, 7, 11))
    return f"Counts each {first} once, by {second} and {third}, after the {last} of day {number % 28 + 1}."


def write_peer(root: Path, project: Project, entities: int) -> None:
    """Our own pages as Markdown: lists are in the navigation, so many of the others are reached by links."""
    site = site_of(project, Audience.INTERNAL, today=TODAY)
    left = {"metrics": entities // 2, "tables": entities // 2}
    for page in (page for make in PAGE_TYPES for page in make(site)):
        is_list = page.path.count("/") < 2
        if is_list or left.get(page.section, 0) > 0:
            left[page.section] = left.get(page.section, 0) - (not is_list)
            file = root / "docs" / page.path / "index.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(plain_markdown(page.body), encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        "site_name: Peer\ntheme: {name: material, font: false, features: [navigation.tabs]}\n"
        "nav: [index.md, {Tables: tables/index.md}, {Metrics: metrics/index.md}]\nnot_in_nav: '*.md'\n"
        "validation: {links: {not_found: ignore, unrecognized_links: ignore, anchors: ignore}}\n"
        "markdown_extensions: [tables, toc, pymdownx.highlight, pymdownx.superfences]\n"
    )


def measure_site(root: Path, what: str, audience: Audience) -> Measured:
    """One build by Plumbline, definitions read before the clock starts."""
    site = site_of(open_project(root), audience, today=TODAY)
    into = root / "site" / audience.value
    started = clocks()
    render(Given(site, root), into)
    return measured(what, into, started)


def measure_reading(root: Path, what: str) -> Measured:
    """Definitions to a traced project, and its checks."""
    started = clocks()
    site_of(open_project(root), Audience.INTERNAL, today=TODAY)
    return measured(what, root / "none", started)


def measure_peer(root: Path) -> Measured:
    """One build of the Markdown pages by MkDocs."""
    started = clocks()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=root, check=True, env=environment)
    return measured("MkDocs with Material", root / "site", started)


def clocks() -> tuple[float, float]:
    """Wall clock, and processor time of this process and those it has waited for."""
    times = os.times()
    return time.perf_counter(), sum(times[:4])


def measured(what: str, folder: Path, started: tuple[float, float]) -> Measured:
    """What a build took and left."""
    seconds, cpu = (now - then for now, then in zip(clocks(), started, strict=True))
    pages = [page for page in folder.rglob("*.html") if page.name != "404.html"]
    html = sum(page.stat().st_size for page in pages)
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    memory = max(resource.getrusage(kind).ru_maxrss for kind in kinds) // 1024
    return Measured(what, len(pages), round(seconds, 2), round(cpu, 2), memory, round(html / 1e6, 1))


def alone(function: object, *arguments: object) -> Measured:
    """The result of a function that ran in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        return executor.submit(function, *arguments).result()  # type: ignore[arg-type]


def run(root: Path, entities: int, peer_entities: int) -> list[Measured]:
    """All builds: each audience from nothing, again, and after one change; the peer last."""
    write_project(root / "project", entities)
    project = root / "project"
    results = [
        alone(measure_reading, project, "read, trace and check"),
        alone(measure_reading, project, "the same, SQL traced before"),
    ]
    for state in ("from nothing", "nothing changed", "one thing changed"):
        if state == "one thing changed":
            change_one(project)
        for name, audience in (("technical", Audience.INTERNAL), ("partner", Audience.PARTNER)):
            results.append(alone(measure_site, project, f"{name} site, {state}", audience))
    if peer_entities:
        write_peer(root / "peer", open_project(project), peer_entities)
        results.append(alone(measure_peer, root / "peer"))
    return results


def change_one(project: Path) -> None:
    """Gives one metric another label."""
    part = project / "definitions" / "part_00000.yml"
    part.write_text(part.read_text(encoding="utf-8").replace("measure 3\n", "gauge 3\n"), encoding="utf-8")


def show(results: list[Measured], entities: int) -> None:
    """The results as a table, and how the peer compares per page."""
    print(f"{entities:,} entities, Python {sys.version.split()[0]}, {os.cpu_count()} processors\n")
    print("|  | pages | seconds | processor seconds | ms per page | peak MB | MB of HTML |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for each in results:
        page = f"{each.milliseconds_per_page:.2f}" if each.pages else ""
        times = f"{each.seconds:.2f} | {each.cpu_seconds:.2f} | {page}"
        print(f"| {each.what} | {each.pages:,} | {times} | {each.memory_mb:,} | {each.html_mb:,.1f} |")
    ours, peer = results[2], results[-1]
    if peer.what.startswith("MkDocs"):
        ratio = peer.milliseconds_per_page / ours.milliseconds_per_page
        print(f"\nPer page, MkDocs takes {ratio:.1f} times as long (measured at {peer.pages:,} pages).")


def main() -> None:
    """Runs from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entities", type=int, default=2000)
    parser.add_argument("--peer-entities", type=int, default=500, help="0 leaves the peer out")
    parser.add_argument("--json", type=Path, help="write the results there too")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="plumbline-benchmark-"))
    try:
        results = run(folder, chosen.entities, chosen.peer_entities)
    finally:
        shutil.rmtree(folder)
    show(results, chosen.entities)
    if chosen.json:
        content = [asdict(each) | {"ms_per_page": each.milliseconds_per_page} for each in results]
        chosen.json.write_text(json.dumps({"entities": chosen.entities, "results": content}, indent=2) + "\n")


if __name__ == "__main__":
    main()
