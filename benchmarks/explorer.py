"""How quick the lineage explorer is: milliseconds from opening to the first drawing, and of each interaction.

    uv run python benchmarks/explorer.py                 2,000 tables, about 40,000 column edges
    uv run python benchmarks/explorer.py --tables 300

The catalog is generated and goes the whole way: definitions, SQL, lineage, shards, a real Chromium without a
graphics card, from a folder. An interaction ends when what it shows has been painted. The least of some
rounds counts, since others on the machine disturb and never help.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from catalog import Audience, open_project
from generator.assembly import Given, site_of
from generator.plugin import render

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from chromium import get_chromium, is_root

COLUMNS = 12
LAYERS = ("source", "staging", "intermediate", "mart", "report")
ROUNDS = 5
SIZE = {"width": 1440, "height": 900}

PAINTED = """() => new Promise(done => {
    const root = document.querySelector(".pl-explorer"), app = root.querySelector("[data-pl=app]");
    const start = performance.now();
    const watcher = new MutationObserver(() => {
        watcher.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    });
    watcher.observe(root, { attributeFilter: ["data-shown"] });
    (ACTION)();
})"""
"""Milliseconds from an action to the frame after the last thing it changes."""


NOW_PAINTED = """() => new Promise(
    done => requestAnimationFrame(() => setTimeout(() => done(performance.now())))
)"""
"""Milliseconds from the start of loading to the end of the next frame."""


def write_project(root: Path, tables: int) -> None:
    """Tables in five layers; each reads one or two of the layer before, hubs more often than others."""
    chance = random.Random(7)
    folder = root / "definitions"
    folder.mkdir(parents=True)
    (root / "plumbline.yml").write_text("name: Benchmark\ndialect: duckdb\n", encoding="utf-8")
    size = tables // len(LAYERS)
    for level, layer in enumerate(LAYERS):
        before = [f"{LAYERS[level - 1]}.t{number:04}" for number in range(size)]
        text = "".join(table_yaml(f"{layer}.t{number:04}", level, before, chance) for number in range(size))
        (folder / f"{layer}.yml").write_text(f"tables:\n{text}", encoding="utf-8")


def table_yaml(name: str, level: int, before: list[str], chance: random.Random) -> str:
    """A table; all but those of the first layer with a join as their SQL."""
    columns = "".join(f"      - {{name: c{number}, type: INT64}}\n" for number in range(COLUMNS))
    head = f"  - name: {name}\n    layer: {LAYERS[level]}\n    columns:\n{columns}"
    if not level:
        return head
    one, other = (before[int(len(before) * chance.random() ** 3)] for _ in range(2))
    made = ", ".join(
        f"a.c{number} + b.c{chance.randrange(COLUMNS)} AS c{number}" for number in range(COLUMNS)
    )
    return f"{head}    sql: SELECT {made} FROM {one} AS a JOIN {other} AS b ON a.c0 = b.c0\n"


def opened(page: Page, address: str) -> float:
    """Milliseconds from the start of loading to the first drawing; the site is in no cache."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector(".pl-explorer[data-shown]", state="attached")
    return float(page.evaluate(NOW_PAINTED))


def acted(page: Page, address: str, action: str) -> float:
    """Milliseconds of one action, from a page that has just been opened."""
    opened(page, address)
    return float(page.evaluate(PAINTED.replace("ACTION", f"() => {{ {action} }}")))


def click(selector: str) -> str:
    """Clicks what a selector finds first."""
    return f"document.querySelector({selector!r}).dispatchEvent(new MouseEvent('click', {{bubbles: true}}))"


def address_of(name: str, more: str = "") -> str:
    """The address of a state, by default with two steps either way."""
    return f"#n={name}{more}"


def measure(page: Page, site: str, hub: str) -> list[tuple[str, float]]:
    """What is measured, and the least time of each."""
    start = site + address_of(hub)
    traced = site + address_of("mart.t0030", "&up=1&dn=1")
    actions = {
        "one step more downstream": (start, click("[data-step=down][data-by='1']")),
        "columns of a table": (start, click(".pl-explorer__actions .pl-explorer__button:last-child")),
        "trace of a column, both ways": (traced, click(".pl-explorer__pick")),
        "indirect hidden": (start, "document.querySelector('[data-pl=indirect]').click()"),
    }
    found = [("first drawing", min(opened(page, start) for _ in range(ROUNDS)))]
    for name, (address, action) in actions.items():
        least = min(acted(page, address, action) for _ in range(ROUNDS))
        boxes = page.locator(".pl-explorer__drawing .pl-graph__card").count()
        found.append((f"{name} ({boxes} boxes)", least))
    return found


def run(tables: int) -> None:
    """Builds, measures and prints."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        root = Path(name)
        write_project(root / "project", tables)
        project = open_project(root / "project")
        started = time.perf_counter()
        site = site_of(project, Audience.INTERNAL, today=date(2026, 1, 15))
        render(Given(site, root / "project"), root / "site")
        shards = list((root / "site" / "lineage").rglob("*.js"))
        kilobytes = sum(file.stat().st_size for file in shards) // 1000
        print(f"{len(project.catalog.tables):,} tables, {len(project.lineage.edges):,} column edges")
        print(
            f"site built in {time.perf_counter() - started:.1f} s, {len(shards):,} shards, {kilobytes:,} kB"
        )
        browser = playwright.chromium.launch(
            executable_path=get_chromium(playwright.chromium.executable_path, print),
            args=["--disable-gpu", *(["--no-sandbox"] if is_root() else [])],
        )
        page = browser.new_page(viewport=SIZE)
        hub = "intermediate.t0020"
        for what, milliseconds in measure(page, (root / "site/lineage/index.html").as_uri(), hub):
            print(f"{what:48}{milliseconds:8.0f} ms")
        browser.close()


def main() -> None:
    """Runs from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tables", type=int, default=2000)
    run(parser.parse_args().tables)


if __name__ == "__main__":
    main()
