"""The example's own index answers what its readers ask, in a real browser."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from search_page import found, search_page

from catalog import Audience, Metric, Status, open_project, publishable
from generator.search_entries import search_entries, search_files
from generator.search_entry import SearchEntry
from generator.search_terms import acronyms, joined
from generator.site import Site

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=[Audience.INTERNAL, Audience.PARTNER])
def site(request: pytest.FixtureRequest) -> Site:
    """The example, for each audience."""
    project = open_project(ROOT)
    audience: Audience = request.param
    return Site(project if audience is Audience.INTERNAL else publishable(project, audience), audience)


@pytest.fixture(scope="module")
def indexed(site: Site, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """An empty page with the index of the site."""
    with search_page(browser, search_files(site), tmp_path_factory.mktemp("index")) as page:
        yield page


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("TAT", "Turnaround time (median)"),
        ("service level", "SLA attainment"),
        ("IRR", "Reviewer agreement (Cohen's kappa)"),
        ("statement of reasons", "Statement of reasons"),
        ("takedown", "Removals"),
        ("prevalence", "Prevalence"),
        ("overturn rate", "Appeal overturn rate"),
        ("backlog", "Backlog"),
        ("decision precision", "Decision precision"),
        ("precison", "Decision precision"),
    ],
)
def test_readers_find_what_they_mean_first(indexed: Page, query: str, title: str) -> None:
    assert found(indexed, [query])[0][0]["title"] == title


def texts_of(entry: SearchEntry) -> set[str]:
    """What an entry must be found by: its names, its synonyms, and the first letters of each."""
    texts = {entry.name, entry.title, *entry.synonyms}
    return texts | {
        short for text in texts if entry.has_acronym for short in acronyms(text) if len(short) > 1
    }


def tails_of(entry: SearchEntry) -> set[str]:
    """The last part of a dotted name, which readers type as well, and its first letters."""
    tail = entry.name.rpartition(".")[2]
    return {tail, *acronyms(tail)}


@pytest.mark.browser
def test_every_name_title_synonym_and_acronym_finds_its_thing_first(site: Site, indexed: Page) -> None:
    """Before it may stand only another thing that is called the same."""
    entries = list(search_entries(site))
    called: dict[tuple[str, str], set[str]] = {}
    for entry in entries:
        texts = texts_of(entry) | tails_of(entry)
        called.setdefault((entry.kind, entry.name), set()).update(map(joined, texts))
    asked = [(entry, text) for entry in entries for text in sorted(texts_of(entry)) if joined(text)]
    answers = found(indexed, [text for _, text in asked], most=60)
    for (entry, text), results in zip(asked, answers, strict=True):
        names = [(result["kind"], result["name"]) for result in results]
        at = names.index((entry.kind, entry.name))
        others = [name for name in names[:at] if joined(text) not in called[name]]
        assert others == [], (text, entry.name)


def test_no_check_is_offered_to_partners(site: Site) -> None:
    kinds = {entry.kind for entry in search_entries(site)}
    assert ("Check" in kinds) == (site.audience is Audience.INTERNAL)
    assert {"Metric", "Table", "Report", "Term", "Value", "Column", "Team"} <= kinds


def test_partners_know_columns_by_their_labels_alone() -> None:
    project = publishable(open_project(ROOT), Audience.PARTNER)
    columns = [entry for entry in search_entries(Site(project, Audience.PARTNER)) if entry.kind == "Column"]
    labels = {column.label for table in project.catalog.tables.values() for column in table.columns}
    assert {entry.name for entry in columns} == labels
    assert all(entry.name == entry.title for entry in columns)


def test_a_deprecated_thing_answers_with_its_replacement(site: Site) -> None:
    old = Metric(
        name="old_rate", summary="Was counted **twice**.", status=Status.DEPRECATED, replacement="new_rate"
    )
    new = Metric(name="new_rate", label="New rate", synonyms=("rate",), abbreviation="NR")
    catalog = replace(site.project.catalog, metrics={"new_rate": new, "old_rate": old})
    entries = search_entries(replace(site, project=replace(site.project, catalog=catalog)))
    told = {entry.name: entry for entry in entries if entry.kind == "Metric"}
    assert told["old_rate"].summary == "Use New rate instead. Was counted twice."
    assert told["old_rate"].trust == "Deprecated"
    assert told["old_rate"].replacement == told["new_rate"].path
    assert told["new_rate"].synonyms == ("rate", "NR")
