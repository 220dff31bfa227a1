"""A list is narrowed by words and facets; the address keeps what was chosen."""

from playwright.sync_api import Page, expect

METRICS = "technical/metrics/"


def shown(page: Page) -> list[str]:
    return page.locator("[data-pl-row]:visible .pl-row__title a").all_inner_texts()


def test_words_narrow_the_list_and_escape_brings_it_back(open_page) -> None:
    page = open_page(METRICS)
    everything = shown(page)
    page.get_by_role("searchbox", name="Filter").fill("TURNAROUND median")
    assert shown(page) == ["Turnaround time (median)"]
    assert page.url.endswith("#q=TURNAROUND+median")
    expect(page.locator(".pl-filter__status [role=status]")).to_have_text(f"1 of {len(everything)}")
    page.get_by_role("searchbox", name="Filter").press("Escape")
    assert shown(page) == everything
    assert "#" not in page.url


def test_a_synonym_finds_its_metric(open_page) -> None:
    page = open_page(METRICS)
    page.get_by_role("searchbox", name="Filter").fill("service level")
    assert "SLA attainment" in shown(page)


def test_facets_narrow_the_list_by_keyboard_and_survive_a_reload(open_page) -> None:
    page = open_page(METRICS)
    everything = shown(page)
    box = page.get_by_role("group", name="Trust").get_by_label("Governed")
    box.focus()
    page.keyboard.press("Space")
    narrowed = shown(page)
    assert 0 < len(narrowed) < len(everything)
    page.reload()
    assert shown(page) == narrowed
    expect(page.get_by_role("group", name="Trust").get_by_label("Governed")).to_be_checked()
    page.get_by_role("button", name="Clear").click()
    assert shown(page) == everything


def test_options_of_one_facet_add_up_and_facets_cut_each_other_down(open_page) -> None:
    page = open_page(f"{METRICS}#Trust=Governed")
    governed = shown(page)
    page.get_by_role("group", name="Trust").get_by_label("Certified").check()
    assert set(shown(page)) > set(governed)
    page.get_by_role("group", name="Topic").get_by_label("Quality").check()
    quality = page.locator("[data-pl-group]:visible h2").all_inner_texts()
    assert [text.split()[0] for text in quality] == ["Quality"]


def test_nothing_that_fits_is_said_and_can_be_undone(open_page) -> None:
    page = open_page(METRICS)
    page.get_by_role("searchbox", name="Filter").fill("no such thing at all")
    assert shown(page) == []
    expect(page.locator(".pl-filter__status")).to_contain_text("Nothing fits")


def test_a_layer_on_the_home_page_opens_its_tables(open_page) -> None:
    page = open_page("technical/")
    page.get_by_role("link", name="Staging").first.click()
    page.wait_for_url("**/tables/#Layer=Staging")
    assert shown(page)
    assert all(name.startswith("staging.") for name in shown(page))


def test_layers_are_listed_as_the_numbers_flow(open_page) -> None:
    page = open_page("technical/tables/")
    options = page.get_by_role("group", name="Layer").locator("label span:first-of-type").all_inner_texts()
    assert options == ["Source", "Reference", "Staging", "Intermediate", "Mart", "Report"]


def test_a_hash_that_says_nothing_is_ignored(open_page) -> None:
    page = open_page(f"{METRICS}#Trust=%3Cb%3E&q=")
    assert len(shown(page)) > 5


def test_without_javascript_the_whole_list_stands(open_page) -> None:
    page = open_page(METRICS, javascript=False)
    assert len(shown(page)) == page.locator("[data-pl-row]").count() > 5


def test_the_glossary_narrows_to_a_word(open_page) -> None:
    page = open_page("technical/glossary/")
    page.get_by_role("searchbox", name="Filter").fill("backlog")
    expect(page.locator("[data-pl-row]:visible dt").first).to_have_text("Backlog")
    assert page.locator(".pl-letter:visible").count() < page.locator(".pl-letter").count()
