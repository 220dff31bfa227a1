"""Words of the glossary tell their meaning by mouse, keyboard and touch, and lead to it without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

METRIC = "partner/metrics/leakage_rate/"


def first_word(page: Page) -> Locator:
    return page.locator("a.pl-word").first


def meaning(page: Page) -> Locator:
    return page.get_by_role("tooltip")


def test_a_word_tells_its_meaning_under_the_pointer(open_page) -> None:
    page = open_page(METRIC)
    told = first_word(page).get_attribute("title")
    first_word(page).hover()
    expect(meaning(page)).to_have_text(told)
    meaning(page).hover()
    page.wait_for_timeout(400)
    expect(meaning(page)).to_be_visible()
    page.mouse.move(0, 0)
    expect(meaning(page)).to_be_hidden()


def test_a_word_tells_its_meaning_to_the_keyboard_and_escape_puts_it_away(open_page) -> None:
    page = open_page(METRIC)
    first_word(page).focus()
    expect(meaning(page)).to_be_visible()
    assert first_word(page).get_attribute("aria-describedby") == meaning(page).get_attribute("id")
    page.keyboard.press("Escape")
    expect(meaning(page)).to_be_hidden()
    assert first_word(page).get_attribute("aria-describedby") is None
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#*")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_meaning_is_readable_and_within_the_window_of_a_phone(open_page, dark: bool) -> None:
    page = open_page(METRIC, width=390, dark=dark)
    for word in page.locator("a.pl-word").all()[:4]:
        word.focus()
        box = meaning(page).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert Axe().run(page).response["violations"] == []


def test_the_first_tap_tells_and_the_second_leads_there(browser, site_url) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(site_url + METRIC)
    first_word(page).tap()
    expect(meaning(page)).to_contain_text("Tap again to look it up.")
    assert page.url.endswith(METRIC)
    first_word(page).tap()
    page.wait_for_url("**/glossary/#*")
    context.close()


def test_a_word_is_a_link_with_its_meaning_without_javascript(open_page) -> None:
    page = open_page(METRIC, javascript=False)
    assert first_word(page).get_attribute("title")
    first_word(page).click()
    page.wait_for_url("**/glossary/#*")


def test_no_word_is_marked_twice_or_where_it_would_be_in_the_way(open_page) -> None:
    page = open_page("technical/metrics/leakage_rate/")
    addresses = [word.get_attribute("href") for word in page.locator("a.pl-word").all()]
    assert len(addresses) == len(set(addresses)) > 2
    assert page.locator(":is(h1, h2, h3, a, code, pre) a.pl-word").count() == 0


def test_hand_written_pages_mark_words_unless_they_say_no(open_page) -> None:
    assert open_page("technical/tour/").locator("a.pl-word").count() > 2
    assert open_page("technical/start/").locator("a.pl-word").count() == 0
