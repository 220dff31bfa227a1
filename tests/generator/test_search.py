"""Search answers as a reader expects: the golden queries run in a real browser, from files on disk."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import generator
from generator.search import LONGEST_SUMMARY, SearchEntry, build_index

ASSETS = Path(generator.__file__).parent / "assets"
TEMPLATES = Path(generator.__file__).parent / "templates"

# Resolves when both files of the index are in use; the policy of the page forbids polling with `eval`.
WHOLE_INDEX = """async () => {
    while (!globalThis.plumblineSearch.whole) await new Promise((done) => setTimeout(done, 5));
    await globalThis.plumblineSearch.whole;
}"""

ENTRIES = (
    SearchEntry(
        "Metric",
        "turnaround_time",
        "Turnaround time",
        "metrics/turnaround_time/",
        ("Time to resolution", "TAT"),
        "Hours from report to decision.",
        "Certified",
    ),
    SearchEntry(
        "Metric",
        "sla_attainment",
        "SLA attainment",
        "metrics/sla_attainment/",
        ("Service level",),
        "Share of cases decided in time.",
        "Certified",
    ),
    SearchEntry(
        "Metric",
        "reviewer_utilization",
        "Reviewer utilization",
        "metrics/reviewer_utilization/",
        (),
        "Share of paid time spent on review.",
    ),
    SearchEntry(
        "Metric",
        "violation_prevalence",
        "Violation prevalence",
        "metrics/violation_prevalence/",
        ("VVR",),
        "Share of views that met violating content.",
        "Draft",
    ),
    SearchEntry(
        "Metric",
        "appeal_overturn_rate",
        "Appeal overturn rate",
        "metrics/appeal_overturn_rate/",
        ("Reversal rate",),
        "Share of appeals that changed the decision.",
        "Certified",
    ),
    SearchEntry("Metric", "appeal_rate", "Appeal rate", "metrics/appeal_rate/", (), "Appeals per decision."),
    SearchEntry("Metric", "cases", "Cases", "metrics/cases/", (), "Count of cases opened."),
    SearchEntry(
        "Table",
        "mart.case",
        "mart.case",
        "tables/mart.case/",
        (),
        "One row per case.",
        extra_words=("case_id", "is_overturned", "zoned_at"),
    ),
    SearchEntry(
        "Table",
        "mart.fct_case_daily",
        "mart.fct_case_daily",
        "tables/mart.fct_case_daily/",
        (),
        "Cases by day; feeds turnaround time.",
        "",
        ("queue_name", "backlog_end_of_day"),
    ),
    SearchEntry("Term", "reviewer_plan", "Reviewer utilisation plan", "glossary/#reviewer_plan"),
    SearchEntry(
        "Term",
        "statement_of_reasons",
        "Statement of reasons",
        "glossary/#statement_of_reasons",
        (),
        "What a user is told about a restriction.",
    ),
    SearchEntry("Term", "審査待ち件数", "審査待ち件数", "glossary/#queue", (), "件数の合計。"),
    SearchEntry("Term", "decision_fatigue", "Décision fatigue", "glossary/#fatigue", (), ""),
)


def page_text(base_url: str = "../..") -> str:
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    box = templates.get_template("search_box.html")
    boxes = [
        box.render(search_id=name, base_url=base_url, browse_href="../../all/") for name in ("header", "home")
    ]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Catalog</title>'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'self\' file:">'
        '<link rel="stylesheet" href="../../assets/search.css">'
        '<script src="../../assets/search.js" defer></script>'
        f"<header>{boxes[0]}</header><main><h1>Catalog</h1>{boxes[1]}"
        '<input id="other" aria-label="Other"></main>'
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the index of `ENTRIES` and one page two levels down."""
    root = tmp_path_factory.mktemp("site")
    shutil.copytree(ASSETS, root / "assets")
    for name, text in build_index(ENTRIES).items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for path, text in (
        ("metrics/here", page_text()),
        ("metrics/appeal_rate", page_text()),
        ("glossary", "<!doctype html><title>Glossary</title>"),
    ):
        (root / path).mkdir(parents=True)
        (root / path / "index.html").write_text(text, encoding="utf-8")
    return root


@contextmanager
def watched_page(site: Path, browser: Browser) -> Iterator[Page]:
    """The page, opened from disk; any console error at the end is a failure."""
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.goto((site / "metrics/here/index.html").as_uri())
    yield opened
    context.close()
    assert faults == []


@pytest.fixture
def page(site: Path, browser: Browser) -> Iterator[Page]:
    """A page that the test may leave."""
    with watched_page(site, browser) as opened:
        yield opened


@pytest.fixture(scope="module")
def same_page(site: Path, browser: Browser) -> Iterator[Page]:
    """One page for all tests that only look things up."""
    with watched_page(site, browser) as opened:
        yield opened


def found(page: Page, query: str) -> list[str]:
    """Titles of the results, best first, once all of the index is there."""
    box = page.locator("#pl-search-home")
    box.focus()
    page.evaluate(WHOLE_INDEX)
    box.fill("")
    box.fill(query)
    expect(page.locator(".pl-search--home .pl-search__status")).not_to_be_empty()
    return page.locator(".pl-search--home .pl-search__title").all_text_contents()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("TAT", "Turnaround time"),
        ("service level", "SLA attainment"),
        ("Service Level", "SLA attainment"),
        ("utilisation", "Reviewer utilization"),
        ("utilization", "Reviewer utilization"),
        ("utilis", "Reviewer utilization"),
        ("prevelance", "Violation prevalence"),
        ("prevalecne", "Violation prevalence"),
        ("turnaruond time", "Turnaround time"),
        ("overturn", "Appeal overturn rate"),
        ("overturn appeal", "Appeal overturn rate"),
        ("rate appeal", "Appeal rate"),
        ("appael rate", "Appeal rate"),
        ("reviewer utilisation", "Reviewer utilization"),
        ("appeal_rate", "Appeal rate"),
        ("cases", "Cases"),
        ("mart.case", "mart.case"),
        ("case", "mart.case"),
        ("fct_case_daily", "mart.fct_case_daily"),
        ("case_daily", "mart.fct_case_daily"),
        ("SoR", "Statement of reasons"),
        ("sr", "Statement of reasons"),
        ("AOR", "Appeal overturn rate"),
        ("vvr", "Violation prevalence"),
        ("reversal", "Appeal overturn rate"),
        ("decision fatigue", "Décision fatigue"),
        ("待ち", "審査待ち件数"),
        ("violating content", "Violation prevalence"),
        ("backlog_end_of_day", "mart.fct_case_daily"),
        ("backlog", "mart.fct_case_daily"),
        ("queue name daily", "mart.fct_case_daily"),
    ],
)
def test_a_golden_query_finds_its_answer_first(same_page: Page, query: str, first: str) -> None:
    assert found(same_page, query)[:1] == [first]


@pytest.mark.browser
def test_every_name_title_and_synonym_finds_itself_first(same_page: Page) -> None:
    for entry in ENTRIES:
        for text in (entry.name, entry.title, *entry.synonyms):
            assert found(same_page, text)[:1] == [entry.title], text


@pytest.mark.browser
def test_what_has_all_words_leaves_no_room_for_what_has_some(same_page: Page) -> None:
    assert found(same_page, "appeal overturn") == ["Appeal overturn rate"]
    assert "Nearest" not in same_page.locator(".pl-search--home").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("what does SLA attainment mean?", "SLA attainment"),
        ("is the turnaround time of my queue too long", "Turnaround time"),
        ("can the overturn of an appeal be a mistake", "Appeal overturn rate"),
        ("what about prevelance in my country", "Violation prevalence"),
    ],
)
def test_a_question_finds_what_it_is_about_and_says_that_it_is_a_guess(
    same_page: Page, question: str, first: str
) -> None:
    assert found(same_page, question)[:1] == [first]
    told = "Nothing has all these words. Nearest:"
    assert same_page.locator(".pl-search--home .pl-search__status").inner_text() == told
    assert same_page.locator(".pl-search--home .pl-search__list").inner_text().startswith(told)
    assert (
        Axe().run(same_page, context=".pl-search--home", options={"preload": False}).response["violations"]
        == []
    )


@pytest.mark.browser
@pytest.mark.parametrize("query", ["xyzzy quux", "what is it about"])
def test_words_that_mean_nothing_here_find_nothing(same_page: Page, query: str) -> None:
    assert found(same_page, query) == []
    assert (
        same_page.locator(".pl-search--home .pl-search__status").inner_text()
        == f"Nothing found for “{query}”"
    )
    assert same_page.locator(".pl-search--home .pl-search__panel").is_hidden()


@pytest.mark.browser
def test_a_result_answers_with_kind_trust_summary_and_reason(same_page: Page) -> None:
    found(same_page, "TAT")
    shown = same_page.locator(".pl-search--home .pl-search__group").first
    for text in (
        "Metric",
        "Turnaround time",
        "turnaround_time",
        "Certified",
        "Hours from report to decision.",
    ):
        assert text.lower() in shown.inner_text().lower()
    found(same_page, "overturned")
    assert "Contains is_overturned" in same_page.locator(".pl-search--home .pl-search__list").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("box", ["header", "home"])
def test_a_reader_sees_that_nothing_was_found(page: Page, box: str) -> None:
    page.locator(f"#pl-search-{box}").fill("xyzzy")
    status = page.locator(f".pl-search--{box} .pl-search__status")
    expect(status).to_have_text("Nothing found for “xyzzy”")
    size = status.bounding_box()
    assert size is not None
    assert size["height"] > 20


@pytest.mark.browser
def test_nothing_is_fetched_before_the_box_is_used(page: Page) -> None:
    assert page.evaluate("document.scripts.length") == 1
    page.locator("#pl-search-header").focus()
    expect(page.locator("script")).to_have_count(4)


@pytest.mark.browser
def test_arrows_and_enter_lead_to_the_page_of_the_result(page: Page) -> None:
    titles = found(page, "appeal")
    box = page.locator("#pl-search-home")
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("ArrowUp")
    active = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-selected") == "true"
    assert titles[0] in active.inner_text()
    assert page.locator("[role=option][aria-selected=true]").count() == 1
    target = active.get_attribute("href")
    assert target is not None
    assert target.endswith("/metrics/appeal_rate/index.html")
    box.press("Enter")
    page.wait_for_url(target)


@pytest.mark.browser
def test_escape_closes_the_results_and_then_empties_the_box(page: Page) -> None:
    found(page, "appeal")
    box = page.locator("#pl-search-home")
    box.press("Escape")
    assert (box.get_attribute("aria-expanded"), box.input_value()) == ("false", "appeal")
    assert page.locator(".pl-search--home .pl-search__panel").is_hidden()
    box.press("Escape")
    assert box.input_value() == ""


@pytest.mark.browser
@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_a_keystroke_leads_into_the_box(page: Page, keys: str) -> None:
    page.keyboard.press(keys)
    assert page.evaluate("document.activeElement.id") == "pl-search-home"
    assert page.locator("#pl-search-home").input_value() == ""


@pytest.mark.browser
def test_a_slash_typed_into_another_field_stays_there(page: Page) -> None:
    page.locator("#other").press("/")
    assert page.locator("#other").input_value() == "/"


@pytest.mark.browser
def test_a_click_beside_the_results_keeps_them_open(page: Page) -> None:
    found(page, "appeal")
    page.locator(".pl-search--home .pl-search__kind").first.click()
    assert page.locator(".pl-search--home .pl-search__panel").is_visible()


@pytest.mark.browser
def test_leaving_the_box_closes_the_results(page: Page) -> None:
    found(page, "appeal")
    page.locator("#other").focus()
    assert page.locator(".pl-search--home .pl-search__panel").is_hidden()


@pytest.mark.browser
def test_a_click_on_a_result_opens_it(page: Page) -> None:
    found(page, "statement")
    page.locator(".pl-search--home [role=option]").first.click()
    page.wait_for_url("**/glossary/index.html#statement_of_reasons")


@pytest.mark.browser
def test_markup_in_names_is_shown_as_text(site: Path, browser: Browser, tmp_path: Path) -> None:
    evil = '<img src=x onerror="document.title=1">'
    shutil.copytree(site, tmp_path / "site")
    for name, text in build_index([SearchEntry(evil, "evil", evil, "evil/", (), evil, evil)]).items():
        (tmp_path / "site" / name).write_text(text, encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "site/metrics/here/index.html").as_uri())
    assert found(page, "evil") == [evil]
    assert page.locator("img").count() == 0
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("box", "width"), [("header", 390), ("home", 390), ("header", 1000), ("home", 1000)])
@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_an_open_box_is_accessible_and_fits_the_screen(page: Page, box: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.evaluate("scheme => (document.body.dataset.mdColorScheme = scheme)", scheme)
    page.locator(f"#pl-search-{box}").fill("case")
    page.locator(f".pl-search--{box} [role=option]").first.wait_for()
    page.locator(f"#pl-search-{box}").press("ArrowDown")
    violations = (
        Axe().run(page, context=f".pl-search--{box}", options={"preload": False}).response["violations"]
    )
    assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    panel = page.locator(f".pl-search--{box} .pl-search__panel").bounding_box()
    assert panel is not None
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= width


@pytest.mark.browser
def test_without_javascript_a_link_stands_where_the_box_would(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "metrics/here/index.html").as_uri())
    assert page.locator(".pl-search--home .pl-search__browse").is_visible()
    assert page.locator("#pl-search-home").is_hidden()
    context.close()


def test_no_result_is_built_from_html_text() -> None:
    paths = (ASSETS / "search.js", ASSETS / "search/ranking.js")
    scripts = [path.read_text(encoding="utf-8") for path in paths]
    assert not any(
        re.search(r"\.(inner|outer)HTML|insertAdjacentHTML|document\.write|eval\(|fetch\(", s)
        for s in scripts
    )
    assert all(len(script.encode()) < 8000 for script in scripts)


def content(script: str) -> object:
    return json.loads(script.split("=", 2)[2].rstrip(";\n"))


def test_the_index_holds_the_entries_and_nothing_else() -> None:
    things, mentions = build_index(ENTRIES[:1] + ENTRIES[7:8]).values()
    assert content(things) == {
        "kinds": ["Metric", "Table"],
        "trusts": ["Certified", ""],
        "rows": [
            [
                0,
                "turnaround_time",
                "Turnaround time",
                ["Time to resolution", "TAT"],
                "Hours from report to decision.",
                "metrics/turnaround_time/",
                0,
            ],
            [1, "mart.case", "mart.case", [], "One row per case.", "tables/mart.case/", 1],
        ],
    }
    assert content(mentions) == [[1, ["case_id", "is_overturned", "zoned_at"]]]


def test_a_long_summary_is_cut_after_a_word() -> None:
    script = build_index([SearchEntry("Metric", "a", "a", "a/", summary="several\n words " * 60)])[
        "search/things.js"
    ]
    summary = re.search(r'"(several[^"]*)"', script)
    assert summary is not None
    assert len(summary[1]) <= LONGEST_SUMMARY + 1
    assert re.fullmatch(r"(several words )*(several|several words)…", summary[1])


def test_half_a_surrogate_pair_does_not_stop_the_index() -> None:
    for text in build_index([SearchEntry("Metric", "\ud800", "a", "a/")]).values():
        text.encode("utf-8")
