"""The index of a site in a page without a box: for questions by the hundred."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

import generator
from generator.site import SiteFile

ASSETS = Path(generator.__file__).parent / "assets"
SCRIPTS = ("terms", "shards", "ranking", "results")

OPEN = """() => {
    const load = name => new Promise((done, failed) => {
        const script = document.createElement("script");
        Object.assign(script, { src: name, onload: done, onerror: failed });
        document.head.append(script);
    });
    globalThis.index = plumblineSearch.openIndex(plumblineSearch.root, load);
}"""

FIND = """async ([queries, most]) => {
    const found = [];
    for (const query of queries) found.push((await plumblineSearch.find(index, query, { most })).results);
    return found;
}"""


@contextmanager
def search_page(browser: Browser, files: Iterable[SiteFile], folder: Path) -> Iterator[Page]:
    """A page beside the files of an index, ready for `found`."""
    for file in files:
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_bytes(file.content)
    (folder / "index.html").write_text("<!doctype html><meta charset=utf-8><title>Index</title>", "utf-8")
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    page.evaluate("globalThis.plumblineSearch = { words: [], things: [], spelling: [] }")
    for name in SCRIPTS:
        page.add_script_tag(path=ASSETS / f"search/{name}.js")
    page.add_script_tag(path=folder / "search/root.js")
    page.evaluate(OPEN)
    yield page
    page.close()


def found(page: Page, queries: Iterable[str], most: int = 20) -> list[list[dict[str, Any]]]:
    """For each query its results, best first: `kind`, `name`, `title`, `path`, `place`, `trust`."""
    answer: list[list[dict[str, Any]]] = page.evaluate(FIND, [list(queries), most])
    return answer
