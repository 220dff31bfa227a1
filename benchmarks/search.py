"""What the search box costs: bytes before the first result, and milliseconds of each keystroke.

    uv run python benchmarks/search.py                   2,000 and 20,000 entities
    uv run python benchmarks/search.py --entities 500

The catalog is generated; index, scripts and box are those of a site, opened from a folder in a real Chromium.
Bytes are those of a host that compresses with gzip. A keystroke ends when its results have been painted.
"""

from __future__ import annotations

import argparse
import gzip
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import jinja2
from playwright.sync_api import Browser, Page, sync_playwright
from search_catalog import generated_catalog

import generator
from catalog import Audience, Catalog, Lineage, Project, Settings
from generator.search_entries import search_files
from generator.site import Site

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from chromium import get_chromium, is_root

OURS = Path(generator.__file__).parent

TYPED = """query => new Promise(done => {
    const box = document.querySelector(".pl-search"), input = box.querySelector("input");
    const start = performance.now();
    const watcher = new MutationObserver(() => {
        if (box.dataset.shown !== query.trim()) return;
        watcher.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    });
    watcher.observe(box, { attributeFilter: ["data-shown"] });
    input.value = query;
    input.dispatchEvent(new Event("input"));
})"""
"""Milliseconds from a keystroke to the frame after its results."""


@dataclass(frozen=True)
class Asked:
    """One query, typed letter by letter into a box that was never used.

    Bytes: `first` before its first result, `total` until its last letter, `whole` if it is pasted instead.
    `milliseconds` are those of each letter.
    """

    query: str
    first: int
    whole: int
    total: int
    milliseconds: tuple[float, ...]


def write_site(root: Path, catalog: Catalog) -> float:
    """A page with a search box and all that it loads; gives processor seconds of making the index."""
    site = Site(Project(Settings(name="Benchmark"), catalog, Lineage()), Audience.INTERNAL)
    started = time.process_time()
    files = list(search_files(site))
    seconds = time.process_time() - started
    for file in files:
        (root / file.path).parent.mkdir(parents=True, exist_ok=True)
        (root / file.path).write_bytes(file.content)
    copytree(OURS / "assets", root / "assets")
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(OURS / "templates"), autoescape=True)
    box = templates.get_template("search_box.html").render(search_id="home", base_url=".", browse_href=".")
    (root / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="assets/search.css">'
        f'<script src="assets/search.js" defer></script>{box}',
        encoding="utf-8",
    )
    return seconds


def queries(catalog: Catalog, chance: random.Random) -> list[str]:
    """What people type: whole names, parts, two things at once, a question, misspelt words, nonsense."""
    tables, metrics = list(catalog.tables.values()), list(catalog.metrics.values())
    some_tables, some_metrics = chance.sample(tables, 8), chance.sample(metrics, 8)
    columns = [table.columns[-1].name for table in some_tables]
    words = [metric.title.split() for metric in some_metrics]
    return [
        *(table.name for table in some_tables[:4]),
        *(metric.title for metric in some_metrics[:4]),
        *columns[:3],
        f"{some_tables[4].name}.{columns[4]}",
        tables[0].columns[0].name,
        "case", "id", "created date", "review queue count", "daily backlog of reviews by country",
        f"what does {some_metrics[5].title} mean for my queue",
        " ".join((some_metrics[6].description or "").split()[3:8]),
        *(f"{word[0][:2]}{word[0][3:]} {word[1]}" for word in words[:3]),
        "qqzzyyx",
    ]  # fmt: skip


def asked(browser: Browser, site: Path, query: str) -> Asked:
    """Types a query into a fresh page."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto((site / "index.html").as_uri())
    page.locator("input").focus()
    page.wait_for_function("globalThis.plumblineSearch.root")
    milliseconds, first = [], 0
    for end in range(1, len(query) + 1):
        if query[end - 1] == " ":
            continue
        milliseconds.append(float(page.evaluate(TYPED, query[:end])))
        if not first and page.locator("[role=option]").count():
            first = loaded(page)
    total = loaded(page)
    page.close()
    return Asked(query, first, at_once(browser, site, query), total, tuple(milliseconds))


def at_once(browser: Browser, site: Path, query: str) -> int:
    """Bytes of a query that is pasted."""
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.locator("input").focus()
    page.evaluate(TYPED, query)
    found = loaded(page)
    page.close()
    return found


def loaded(page: Page) -> int:
    """Bytes of all scripts of the page, each compressed."""
    scripts: list[str] = page.evaluate("[...document.scripts].map(script => new URL(script.src).pathname)")
    return sum(len(gzip.compress(Path(name).read_bytes(), 6)) for name in scripts)


def table_of(rows: list[tuple[str, list[str]]], heads: list[str]) -> str:
    """A Markdown table."""
    lines = ["|  | " + " | ".join(heads) + " |", "| --- |" + " ---: |" * len(heads)]
    return "\n".join([*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows)])


def kilobytes(count: float) -> str:
    """Bytes in thousands."""
    return f"{count / 1000:.0f}"


def measured(browser: Browser, entities: int, *, verbose: bool) -> list[tuple[str, str]]:
    """What one size costs, as words."""
    catalog = generated_catalog(entities)
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        seconds = write_site(site, catalog)
        sizes = [file.stat().st_size for file in (site / "search").rglob("*.js")]
        answers = [asked(browser, site, query) for query in queries(catalog, random.Random(3))]
    if verbose:
        for each in answers:
            worst = max(each.milliseconds)
            print(f"{each.query[:60]:62}{each.first:9,}{each.whole:9,}{each.total:9,}{worst:8.0f} ms")
    times = sorted(time for each in answers for time in each.milliseconds)
    return [
        ("columns", f"{sum(len(table.columns) for table in catalog.tables.values()):,}"),
        ("index on disk, MB in files", f"{sum(sizes) / 1e6:.1f} in {len(sizes):,}"),
        ("making it, processor seconds", f"{seconds:.1f}"),
        (
            "kB before the first result: median",
            kilobytes(statistics.median(each.first for each in answers)),
        ),
        ("kB before the first result: most", kilobytes(max(each.first for each in answers))),
        ("kB of a pasted query: median", kilobytes(statistics.median(each.whole for each in answers))),
        ("kB of a pasted query: most", kilobytes(max(each.whole for each in answers))),
        ("kB of a query typed letter by letter: most", kilobytes(max(each.total for each in answers))),
        ("ms of a keystroke: median", f"{statistics.median(times):.0f}"),
        ("ms of a keystroke: 95th percentile", f"{times[len(times) * 95 // 100]:.0f}"),
        ("ms of a keystroke: most", f"{times[-1]:.0f}"),
    ]


def main() -> None:
    """Runs from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entities", type=int, nargs="+", default=[2000, 20000])
    parser.add_argument("--verbose", action="store_true", help="tell each query")
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=get_chromium(playwright.chromium.executable_path, print),
            args=["--disable-gpu", *(["--no-sandbox"] if is_root() else [])],
        )
        columns = [measured(browser, entities, verbose=given.verbose) for entities in given.entities]
        browser.close()
    rows = [(row[0][0], [cell for _, cell in row]) for row in zip(*columns, strict=True)]
    print(table_of(rows, [f"{entities:,} entities" for entities in given.entities]))


if __name__ == "__main__":
    main()
