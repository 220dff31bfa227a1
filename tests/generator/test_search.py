"""Search answers as a reader expects: the golden queries run in a real browser, from files on disk."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import jinja2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import generator
from generator.search import LONGEST_SUMMARY, build_index
from generator.search_entry import Place, SearchEntry

ASSETS = Path(generator.__file__).parent / "assets"
TEMPLATES = Path(generator.__file__).parent / "templates"

CASE, DAILY = "tables/mart.case/", "tables/mart.fct_case_daily/"

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
        inside=("case_id", "is_overturned", "zoned_at"),
    ),
    SearchEntry(
        "Table",
        "mart.fct_case_daily",
        "mart.fct_case_daily",
        "tables/mart.fct_case_daily/",
        (),
        "Cases by day; feeds turnaround time.",
        inside=("case_id", "queue_name", "backlog_end_of_day"),
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
    SearchEntry(
        "Metric",
        "old_rate",
        "Old rate",
        "metrics/old_rate/",
        trust="Deprecated",
        replacement="metrics/cases/",
    ),
    SearchEntry("Value", "GONE", "Taken down", "enums/outcome/#value-GONE", summary="Outcome: no longer up"),
    *(
        SearchEntry(
            "Column",
            name,
            name,
            f"{tables[0].path}#column-{name}",
            text=tables[0].summary,
            places=tables,
            anchor=f"column-{name}",
            has_acronym=False,
        )
        for name, tables in (
            ("case_id", (Place("mart.case", CASE, "Key of the case."), Place("mart.fct_case_daily", DAILY))),
            ("is_overturned", (Place("mart.case", CASE, "Was it changed?"),)),
            ("backlog_end_of_day", (Place("mart.fct_case_daily", DAILY, "Open at midnight."),)),
        )
    ),
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


def write_index(root: Path, entries: Sequence[SearchEntry]) -> None:
    for name, text in build_index(entries):
        (root / name).parent.mkdir(exist_ok=True, parents=True)
        (root / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the index of `ENTRIES` and one page two levels down."""
    root = tmp_path_factory.mktemp("site")
    shutil.copytree(ASSETS, root / "assets")
    write_index(root, ENTRIES)
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
    """Titles of the results, best first."""
    page.locator("#pl-search-home").fill(query)
    expect(page.locator(".pl-search--home")).to_have_attribute("data-shown", query)
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
        ("backlog_end_of_day", "backlog_end_of_day"),
        ("backlog", "backlog_end_of_day"),
        ("queue name daily", "mart.fct_case_daily"),
        ("what does SLA attainment mean?", "SLA attainment"),
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
def test_a_result_answers_with_kind_trust_and_summary(same_page: Page) -> None:
    found(same_page, "TAT")
    shown = same_page.locator(".pl-search--home [role=option]").first.inner_text()
    for text in (
        "Metric",
        "Turnaround time",
        "turnaround_time",
        "Certified",
        "Hours from report to decision.",
    ):
        assert text in shown


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("is_overturned", "tables/mart.case/index.html#column-is_overturned"),
        ("case_id", "tables/mart.case/index.html#column-case_id"),
        ("fct_case_daily case_id", "tables/mart.fct_case_daily/index.html#column-case_id"),
        ("mart.fct_case_daily.case_id", "tables/mart.fct_case_daily/index.html#column-case_id"),
        ("midnight", "tables/mart.fct_case_daily/index.html#column-backlog_end_of_day"),
        ("GONE", "enums/outcome/index.html#value-GONE"),
    ],
)
def test_a_column_or_value_opens_its_row(same_page: Page, query: str, row: str) -> None:
    found(same_page, query)
    assert same_page.locator(".pl-search--home [role=option]").first.get_attribute("href").endswith(row)


@pytest.mark.browser
def test_a_column_is_told_with_its_table_and_meaning_there(same_page: Page) -> None:
    found(same_page, "case_id")
    shown = same_page.locator(".pl-search--home [role=option]").all_inner_texts()[:2]
    assert [text.replace("\n", " ") for text in shown] == [
        "Column case_id in mart.case Key of the case.",
        "Column case_id in mart.fct_case_daily",
    ]


@pytest.mark.browser
def test_right_behind_a_deprecated_thing_comes_its_replacement(same_page: Page) -> None:
    assert found(same_page, "old rate") == ["Old rate", "Cases"]
    shown = same_page.locator(".pl-search--home [role=option]").all_inner_texts()
    assert "Deprecated" in shown[0]
    assert "Instead of Old rate" in shown[1]


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
    expect(page.locator("script")).to_have_count(7)


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
    found(page, "case")
    page.locator(".pl-search--home .pl-search__facets").click(position={"x": 2, "y": 2})
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
    write_index(tmp_path / "site", [SearchEntry(evil, "evil", evil, "evil/", (), evil, evil)])
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
    paths = (ASSETS / "search.js", *(ASSETS / "search").glob("*.js"))
    scripts = [path.read_text(encoding="utf-8") for path in paths]
    assert not any(
        re.search(r"\.(inner|outer)HTML|insertAdjacentHTML|document\.write|eval\(|fetch\(", s)
        for s in scripts
    )
    assert all(len(script.encode()) < 8000 for script in scripts)


def content(script: str) -> object:
    return json.loads(script.split("=", 1)[1].rstrip(";\n"))


def test_a_record_holds_what_a_result_shows_and_nothing_else() -> None:
    files = dict(build_index((*ENTRIES[:1], *ENTRIES[7:8], ENTRIES[-2])))
    assert content(files["search/things/0.js"]) == [
        ["turnaround_time", "Turnaround time", "metrics/turnaround_time/", "Hours from report to decision."],
        ["mart.case", 0, "tables/mart.case/", "One row per case."],
        [
            "is_overturned",
            0,
            "tables/mart.case/#column-is_overturned",
            "",
            0,
            "column-is_overturned",
            [["mart.case", "tables/mart.case/", "Was it changed?"]],
            "h",
        ],
    ]


def test_the_root_tells_kinds_and_trust_by_number() -> None:
    root = content(dict(build_index(ENTRIES))["search/root.js"])
    assert isinstance(root, dict)
    assert root["runs"][:3] == [["Metric", "Certified", 2], ["Metric", "", 1], ["Metric", "Draft", 1]]
    assert sum(count for _, _, count in root["runs"]) == len(ENTRIES)


def test_a_long_summary_is_cut_after_a_word() -> None:
    files = dict(build_index([SearchEntry("Metric", "a", "a", "a/", summary="several\n words " * 60)]))
    summary = re.search(r'"(several[^"]*)"', files["search/things/0.js"])
    assert summary is not None
    assert len(summary[1]) <= LONGEST_SUMMARY + 1
    assert re.fullmatch(r"(several words )*(several|several words)…", summary[1])


def test_half_a_surrogate_pair_does_not_stop_the_index() -> None:
    for _, text in build_index([SearchEntry("Metric", "\ud800", "a", "a/")]):
        text.encode("utf-8")


@pytest.mark.browser
def test_facets_narrow_by_kind_and_by_status_from_the_keyboard(page: Page) -> None:
    home = page.locator(".pl-search--home")
    found(page, "time")
    page.locator("#pl-search-home").press("Tab")
    page.keyboard.press("Enter")
    metrics = home.get_by_role("button", name="Metric 3")
    expect(metrics).to_have_attribute("aria-pressed", "true")
    expect(metrics).to_be_focused()
    titles = home.locator(".pl-search__title")
    expect(titles).to_have_text(["Turnaround time", "SLA attainment", "Reviewer utilization"])
    home.get_by_role("button", name="Certified 2").press("Enter")
    expect(titles).to_have_text(["Turnaround time", "SLA attainment"])
    page.keyboard.press("Escape")
    expect(home.locator(".pl-search__panel")).to_be_hidden()
    expect(page.locator("#pl-search-home")).to_be_focused()
