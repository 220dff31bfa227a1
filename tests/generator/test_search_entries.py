"""The example's own index answers what its readers ask, in a real browser."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import generator
from catalog import Audience, Metric, Status, open_project, publishable
from generator.search_entries import search_entries, search_files
from generator.site import Site

ROOT = Path(__file__).parents[2]
RANKING = Path(generator.__file__).parent / "assets/search/ranking.js"
FIND = """query => {
    const store = plumblineSearch;
    if (!store.index) {
        store.index = store.build(store.things);
        store.addMentions(store.index, store.mentions);
    }
    return store.find(store.index, query).map(thing => [thing.kind, thing.title, thing.name]);
}"""


@pytest.fixture(scope="module", params=[Audience.INTERNAL, Audience.PARTNER])
def site(request: pytest.FixtureRequest) -> Site:
    """The example, for each audience."""
    project = open_project(ROOT)
    audience: Audience = request.param
    return Site(project if audience is Audience.INTERNAL else publishable(project, audience), audience)


@pytest.fixture(scope="module")
def indexed(site: Site, browser: Browser) -> Page:
    """An empty page with the index of the site."""
    page = browser.new_page()
    page.add_script_tag(path=RANKING)
    for file in search_files(site):
        page.add_script_tag(content=file.content.decode("utf-8"))
    return page


def found(page: Page, query: str) -> list[tuple[str, str, str]]:
    return [tuple(hit) for hit in page.evaluate(FIND, query)]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("TAT", "Turnaround time (median)"),
        ("service level", "SLA attainment"),
        ("IRR", "Reviewer agreement (Cohen's kappa)"),
        ("SoR", "Statement of reasons"),
        ("takedown", "Removals"),
        ("prevelance", "Prevalence"),
        ("overturn rate", "Appeal overturn rate"),
        ("backlog", "Backlog"),
        ("decision precision", "Decision precision"),
        ("precison", "Decision precision"),
    ],
)
def test_readers_find_what_they_mean_first(indexed: Page, query: str, title: str) -> None:
    assert [hit[1] for hit in found(indexed, query)][:1] == [title]


@pytest.mark.browser
def test_every_thing_finds_itself_by_name_and_by_title(site: Site, indexed: Page) -> None:
    for entry in search_entries(site):
        for query in (entry.name, entry.title):
            hits = found(indexed, query)
            at = hits.index((entry.kind, entry.title, entry.name))
            before = [{title.casefold(), name.casefold()} for _, title, name in hits[:at]]
            assert all(query.casefold() in named for named in before), query


def test_no_check_is_offered_to_partners(site: Site) -> None:
    kinds = {entry.kind for entry in search_entries(site)}
    assert ("Check" in kinds) == (site.audience is Audience.INTERNAL)
    assert {"Metric", "Table", "Report", "Term"} <= kinds


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
    assert told["new_rate"].synonyms == ("rate", "NR")
