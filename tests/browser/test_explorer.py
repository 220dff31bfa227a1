"""The lineage explorer, as engineers use it: by mouse, touch and keyboard, on a desk and on a phone."""

import csv
import json
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PATIENCE, run_plumbline, watch
from playwright.sync_api import Browser, Download, Locator, Page, Route, expect

PATH = "technical/lineage/"
TABLE = "mart_ops.queue_daily"
COLUMN = f"{TABLE}.handle_minutes"
START, TRACE = f"{PATH}#n={TABLE}", f"{PATH}#n={TABLE}&c={COLUMN}"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


def shown(page: Page) -> Page:
    """The page, once the explorer has drawn and told."""
    expect(page.locator(".pl-explorer[data-shown]")).to_be_attached()
    return page


@pytest.fixture
def explorer(open_page):
    """Opens the explorer in a state."""

    def opened(path: str = START, **options: object) -> Page:
        return shown(open_page(path, **options))

    return opened


def boxes(page: Page) -> list[str]:
    """Keys of the things in the drawing."""
    return [key for key in items(page) if "\n" not in key]


def rows(page: Page) -> list[str]:
    """Columns in the drawing, as `key column`."""
    return [key.replace("\n", " ") for key in items(page) if "\n" in key]


def items(page: Page) -> list[str]:
    return page.locator(".pl-explorer__drawing [data-item]").evaluate_all(
        "found => found.map(each => each.dataset.item)"
    )


def drawn(page: Page, selector: str) -> Locator:
    """Parts of the drawing, and not of the still picture that it replaces."""
    return page.locator(f".pl-explorer__drawing {selector}")


def item(page: Page, key: str) -> Locator:
    text = key.replace("\n", "\\a ")  # as CSS writes a line break
    return drawn(page, f'[data-item="{text}"]')


def badge(page: Page, side: str, key: str) -> Locator:
    return page.locator(f'[data-turn="{side} {key}"]')


def view_box(page: Page) -> list[float]:
    """Left, top, width and height of what is seen."""
    text = page.locator(".pl-explorer__drawing").get_attribute("viewBox")
    return [float(number) for number in (text or "").split()]


def panel(page: Page) -> Locator:
    return page.locator(".pl-explorer__panel")


def query(page: Page) -> str:
    return page.url.partition("#")[2]


# ---- What is drawn ----


def test_it_starts_with_two_steps_either_way_and_columns_folded(explorer) -> None:
    page = explorer()
    assert f"table:{TABLE}" in boxes(page)
    assert "table:staging.stg_review_task_events" in boxes(page)
    assert "report:weekly-ops-pack" in boxes(page)
    assert not [key for key in boxes(page) if "raw_" in key]
    assert rows(page) == []


def test_it_has_something_to_show_without_being_asked_for_anything(explorer) -> None:
    assert len(boxes(explorer(PATH))) > 5


def test_steppers_are_separate_for_both_directions(explorer) -> None:
    page = explorer()
    downstream = [key for key in boxes(page) if not key.startswith("table:")]
    page.get_by_role("button", name="One step less upstream").click()
    expect(item(page, "table:staging.stg_review_task_events")).to_have_count(0)
    expect(item(page, "table:intermediate.int_review_cycle")).to_have_count(1)
    assert set(downstream) <= set(boxes(page))
    page.get_by_role("button", name="One step less downstream").click()
    expect(item(page, "report:queue-health")).to_have_count(1)  # it reads the table itself too
    expect(item(page, "report:capacity-wellbeing")).to_have_count(0)
    assert "up=1" in query(page)
    assert "dn=1" in query(page)


def test_a_link_to_what_is_no_longer_there_says_so(explorer) -> None:
    notice = panel(explorer(f"{PATH}#n=mart.gone")).locator(".pl-explorer__unknown")
    expect(notice).to_have_text("Nothing here is called “mart.gone”. This is another place to start.")


def test_badges_show_and_hide_one_side_of_one_thing(explorer) -> None:
    page = explorer()
    before = boxes(page)
    key = "table:staging.stg_review_task_events"
    more = badge(page, "up", key)
    expect(more).to_contain_text("+1")
    more.click()
    expect(item(page, "table:raw_moderation.review_task_events")).to_have_count(1)
    item(page, key).hover()
    badge(page, "up", key).click()
    expect(item(page, "table:raw_moderation.review_task_events")).to_have_count(0)
    assert boxes(page) == before


def test_what_is_near_can_be_hidden_too(explorer) -> None:
    page = explorer()
    item(page, f"table:{TABLE}").hover()
    badge(page, "down", f"table:{TABLE}").click()
    expect(drawn(page, ".pl-layer--metric")).to_have_count(0)
    expect(item(page, "table:intermediate.int_review_cycle")).to_have_count(1)


def test_a_line_tells_its_ends_and_an_indirect_one_is_dashed(explorer) -> None:
    page = explorer()
    line = drawn(page, ".pl-graph__line").filter(has_text=f"intermediate.int_review_cycle → {TABLE}")
    expect(line).to_have_count(1)
    traced = explorer(TRACE)
    indirect = drawn(traced, ".pl-graph__line--indirect")
    assert indirect.count() > 0
    assert indirect.first.evaluate("line => getComputedStyle(line).strokeDasharray") != "none"
    direct = drawn(traced, ".pl-graph__line:not(.pl-graph__line--indirect)")
    assert direct.first.evaluate("line => getComputedStyle(line).strokeDasharray") == "none"
    assert drawn(traced, ".pl-explorer__glyph").filter(has_text="Σ").count() > 0


# ---- Traces ----


def test_a_column_is_traced_from_the_panel(explorer) -> None:
    page = explorer()
    panel(page).get_by_role("button", name="handle_minutes").click()
    expect(panel(page)).to_contain_text("Column trace")
    assert f"c={COLUMN}" in query(page)
    assert f"table:{TABLE} handle_minutes" in rows(page)
    assert f"table:{TABLE} backlog_eod" not in rows(page)
    assert "metric:average_handle_time" in boxes(page)
    assert "metric:reopen_rate" not in boxes(page)
    expect(drawn(page, ".pl-explorer__column--traced")).to_contain_text("handle_minutes")
    expect(drawn(page, ".pl-graph__box--focus")).to_contain_text("1 of 16 cols")


def test_a_column_is_traced_from_the_drawing_and_escape_clears_the_trace(explorer) -> None:
    page = explorer(f"{START}&o={TABLE}")
    item(page, f"table:{TABLE}\nbacklog_eod").click()
    expect(panel(page)).to_contain_text("Column trace")
    page.keyboard.press("Escape")
    expect(panel(page)).to_contain_text("Trace a column")
    assert "c=" not in query(page)


def test_hops_tell_kind_glyph_expression_and_place(explorer) -> None:
    page = explorer(TRACE)
    hop = page.locator(".pl-explorer__hop").first
    expect(hop).to_contain_text("Σ")
    expect(hop).to_contain_text("aggregated")
    expect(hop).to_contain_text("intermediate.int_review_cycle.handle_minutes")
    expect(hop.locator("pre")).to_have_text("COALESCE(d.handle_minutes, 0)")
    expect(hop).to_contain_text("definitions/moderation_operations/queue_daily.sql:60")
    words = page.locator(".pl-explorer__hops").last.inner_text()
    assert "Average handle time" in words


def test_one_switch_hides_what_only_decides(explorer) -> None:
    page = explorer(TRACE)
    assert page.locator(".pl-explorer__hop--indirect").count() > 0
    page.get_by_label("Indirect", exact=True).uncheck()
    expect(page.locator(".pl-explorer__hop--indirect")).to_have_count(0)
    expect(drawn(page, ".pl-graph__line--indirect")).to_have_count(0)
    expect(panel(page)).to_contain_text("Indirect ones are hidden")
    assert "ind=0" in query(page)


def test_indirect_hops_are_followed_only_when_asked(explorer) -> None:
    page = explorer(f"{PATH}#c={TABLE}.backlog_eod")
    assert "table:staging.stg_review_task_events" not in boxes(page)
    panel(page).get_by_label("Follow indirect ones further").check()
    expect(item(page, "table:staging.stg_review_task_events")).to_have_count(1)


def test_a_metric_is_traced_to_its_sources(explorer) -> None:
    page = explorer(f"{PATH}#n=metric:average_handle_time")
    panel(page).get_by_role("button", name="Trace it").click()
    expect(panel(page)).to_contain_text("How it is made")
    assert f"table:{TABLE} handle_minutes" in rows(page)
    assert "table:intermediate.int_review_cycle handle_minutes" in rows(page)


def test_the_next_trace_is_one_click_away_and_back_returns(explorer) -> None:
    page = explorer(TRACE)
    panel(page).get_by_role("button", name="intermediate.int_review_cycle.handle_minutes").first.click()
    expect(page.locator(".pl-explorer__name")).to_have_text("handle_minutes")
    expect(panel(page)).to_contain_text("in intermediate.int_review_cycle")
    page.go_back()
    expect(panel(page)).to_contain_text(f"in {TABLE}")


# ---- Finding and filtering ----


def test_search_finds_tables_by_a_part_of_their_name(explorer) -> None:
    page = explorer()
    find = page.get_by_role("combobox", name="Find a table")
    find.fill("appeal_daily")
    expect(page.get_by_role("option").first).to_contain_text("mart_appeals.appeal_daily")
    find.press("Enter")
    expect(drawn(page, ".pl-graph__box--focus")).to_contain_text("mart_appeals.appeal_daily")
    assert "n=mart_appeals.appeal_daily" in query(page)


def test_search_finds_columns_of_what_has_loaded(explorer) -> None:
    page = explorer()
    page.get_by_role("combobox", name="Find a table").fill("LE_MINU")
    page.get_by_role("option").filter(has_text="handle_minutes").first.click()
    expect(panel(page)).to_contain_text("Column trace")


def test_search_says_when_there_is_nothing(explorer) -> None:
    page = explorer()
    page.get_by_role("combobox", name="Find a table").fill("no such thing")
    expect(page.get_by_role("status").filter(has_text="Nothing is called")).to_be_attached()


@pytest.mark.parametrize(
    ("name", "value", "kept", "gone"),
    [
        ("Kind", "Metric", "metric:backlog_open", "report:vendor-scorecard"),
        ("Layer", "Staging", "table:staging.stg_review_task_events", "table:ref.queue"),
        ("Owner", "T&S Data Engineering", "table:staging.stg_review_task_events", "metric:backlog_open"),
    ],
)
def test_filters_keep_what_is_wanted_and_what_lies_on_the_way(explorer, name, value, kept, gone) -> None:
    page = explorer()
    page.get_by_label(name, exact=True).select_option(value)
    expect(item(page, gone)).to_have_count(0)
    expect(item(page, kept)).to_have_count(1)
    expect(item(page, f"table:{TABLE}")).to_have_count(1)
    assert f"{name.lower()}=" in query(page)


# ---- Impact ----


def impact(page: Page) -> list[list[str]]:
    return [row.locator("th, td").all_inner_texts() for row in page.locator("[data-pl=impact] tr").all()]


def test_impact_lists_metrics_and_reports_first_with_hops_and_owner(explorer) -> None:
    page = explorer(TRACE)
    found = impact(page)
    assert found[0] == ["Average handle time", "–", "Metric", "1", "Workforce Planning & Wellbeing"]
    kinds = [row[2] for row in found]
    assert kinds == sorted(kinds, key=lambda kind: "table" in kind)
    assert ["report.weekly_ops_pack", "wow_change", "Report table", "1", "T&S Reports & Insights"] in found
    expect(page.get_by_role("heading", name="Impact of a change: 5 objects, 2 teams")).to_be_visible()


def test_impact_of_a_table_reaches_beyond_what_is_drawn(explorer) -> None:
    page = explorer(f"{PATH}#n=intermediate.int_review_cycle&up=0&dn=0")
    assert boxes(page) == ["table:intermediate.int_review_cycle"]
    assert max(int(row[3]) for row in impact(page)) > 1


def saved(page: Page, name: str) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    download: Download = waiting.value
    assert download.suggested_filename == f"lineage-{COLUMN}.{name.lower()}"
    return Path(download.path())


def test_impact_is_saved_as_csv(explorer) -> None:
    page = explorer(TRACE)
    with saved(page, "CSV").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["object", "column", "kind", "hops", "owner"]
    assert lines[1] == ["average_handle_time", "", "Metric", "1", "Workforce Planning & Wellbeing"]
    assert len(lines) == len(impact(page)) + 1


# ---- Files ----


def test_the_drawing_is_saved_as_svg_with_its_colours(explorer) -> None:
    page = explorer(TRACE)
    root = ElementTree.parse(saved(page, "SVG")).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    words = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert TABLE in words
    assert not [each for each in root.iter() if "class" in each.attrib]
    cards = [each for each in root.iter("{http://www.w3.org/2000/svg}rect") if each.get("rx") == "6"]
    assert {card.get("fill") for card in cards} == {"rgb(255, 255, 255)"}


def test_the_drawing_is_saved_as_png_in_twice_its_size(explorer) -> None:
    page = explorer(TRACE)
    size = ElementTree.parse(saved(page, "SVG")).getroot()
    content = saved(page, "PNG").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (2 * int(size.get("width")), 2 * int(size.get("height")))


def test_the_link_is_copied(explorer) -> None:
    page = explorer()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_attached()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


# ---- Looking around ----


def test_wheel_scrolls_the_page_and_zooms_only_with_ctrl(explorer) -> None:
    page = explorer()
    stage = page.locator(".pl-explorer__stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 150)
    before = view_box(page)
    page.mouse.wheel(0, 120)
    page.wait_for_function("() => scrollY > 0")
    assert view_box(page) == before
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    expect(page.locator(".pl-explorer__map")).to_be_visible()
    assert view_box(page)[2] < before[2]


def test_dragging_moves_the_drawing_and_clicks_nothing(explorer) -> None:
    page = explorer()
    box = item(page, f"table:{TABLE}").bounding_box()
    before, address = view_box(page), page.url
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60, steps=4)
    page.mouse.up()
    after = view_box(page)
    assert after[0] < before[0]
    assert after[1] < before[1]
    assert page.url == address


def test_buttons_zoom_and_fit(explorer) -> None:
    page = explorer()
    before = view_box(page)
    page.get_by_role("button", name="Closer").click()
    assert view_box(page)[2] < before[2]
    page.get_by_role("button", name="Further away").click()
    page.get_by_role("button", name="Further away").click()
    assert view_box(page)[2] > before[2]
    page.get_by_role("button", name="Show everything").click()
    assert view_box(page)[2] == pytest.approx(before[2])


def test_two_fingers_zoom_and_one_moves(browser: Browser, explorer) -> None:
    page = explorer(width=390)
    touch = page.context.new_cdp_session(page)
    page.locator(".pl-explorer__stage").scroll_into_view_if_needed()
    box = page.locator(".pl-explorer__stage").bounding_box()
    x, y = box["x"] + 150, box["y"] + 120

    def fingers(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": px, "y": py, "id": number} for number, (px, py) in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    before = view_box(page)
    fingers("touchStart", (x, y), (x + 40, y))
    fingers("touchMove", (x - 10, y), (x + 50, y))
    fingers("touchMove", (x - 40, y), (x + 80, y))
    fingers("touchEnd")
    closer = view_box(page)
    assert closer[2] < before[2] / 1.5
    fingers("touchStart", (x, y))
    fingers("touchMove", (x + 20, y))
    fingers("touchMove", (x + 60, y))
    fingers("touchEnd")
    assert view_box(page)[0] < closer[0]


def test_on_a_phone_the_controls_fold_and_the_drawing_is_in_the_first_screen(explorer) -> None:
    page = explorer(width=390)
    expect(page.get_by_label("Kind", exact=True)).to_be_hidden()
    expect(item(page, f"table:{TABLE}")).to_be_in_viewport()
    page.get_by_text("Steps, filters, saving").click()
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.get_by_text("Steps, filters, saving")).to_be_hidden()
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()


def test_text_stays_readable_and_the_map_shows_where_one_is(explorer) -> None:
    page = explorer(width=390)
    assert page.locator(".pl-explorer__stage").bounding_box()["width"] / view_box(page)[2] >= 0.69
    small = page.locator(".pl-explorer__map")
    expect(small).to_be_visible()
    expect(item(page, f"table:{TABLE}")).to_be_in_viewport()
    before = view_box(page)
    small.click(position={"x": 4, "y": 20})
    assert view_box(page)[0] < before[0]


def test_what_is_added_is_in_sight(explorer) -> None:
    page = explorer()
    badge(page, "up", "table:staging.stg_review_task_events").click()
    expect(item(page, "table:raw_moderation.review_task_events")).to_be_in_viewport(ratio=1)


def test_what_is_opened_stays_where_it_is(explorer) -> None:
    page = explorer()
    before = item(page, f"table:{TABLE}").bounding_box()
    page.get_by_role("button", name="Show columns").click()
    expect(item(page, f"table:{TABLE}\nops_date")).to_have_count(1)
    after = item(page, f"table:{TABLE}").bounding_box()
    assert (after["x"], after["y"]) == pytest.approx((before["x"], before["y"]), abs=1)


# ---- Keyboard ----


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement?.dataset.item ?? ''").replace("\n", " ")


def test_the_keyboard_alone_walks_opens_traces_and_returns(explorer) -> None:
    page = explorer()
    page.get_by_role("button", name="Copy link").focus()
    page.keyboard.press("Tab")
    assert focused(page) == f"table:{TABLE}"
    assert page.locator(".pl-explorer__drawing [tabindex='0']").count() == 1
    page.keyboard.press("ArrowLeft")
    assert focused(page) in ("table:intermediate.int_review_cycle", "table:ref.queue")
    page.keyboard.press("ArrowRight")
    assert focused(page) in (f"table:{TABLE}", "table:intermediate.int_review_cycle")
    item(page, f"table:{TABLE}").focus()
    page.keyboard.press("ArrowRight")
    first = focused(page)
    page.keyboard.press("ArrowDown")
    assert focused(page) not in ("", first)
    page.keyboard.press("ArrowUp")
    assert focused(page) == first


def test_enter_opens_columns_and_traces_one_and_escape_clears(explorer) -> None:
    page = explorer()
    item(page, f"table:{TABLE}").focus()
    page.keyboard.press("Enter")
    expect(item(page, f"table:{TABLE}\nops_date")).to_have_count(1)
    assert focused(page) == f"table:{TABLE}"
    assert f"o={TABLE}" in query(page)
    page.keyboard.press("ArrowDown")
    assert focused(page) == f"table:{TABLE} ops_date"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(panel(page)).to_contain_text("Column trace")
    expect(page.locator(".pl-explorer__name")).to_have_text("queue_id")
    page.keyboard.press("Escape")
    expect(panel(page)).to_contain_text("Trace a column")


def test_shift_and_an_arrow_shows_more_and_f_starts_from_there(explorer) -> None:
    page = explorer()
    item(page, "table:staging.stg_review_task_events").focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(item(page, "table:raw_moderation.review_task_events")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("f")
    expect(drawn(page, ".pl-graph__box--focus")).to_contain_text("raw_moderation.review_task_events")
    assert "n=raw_moderation.review_task_events" in query(page)


def test_what_changes_is_told_to_screen_readers(explorer) -> None:
    page = explorer()
    page.get_by_role("button", name="One step less downstream").click()
    expect(page.get_by_role("status").filter(has_text=f"shown around {TABLE}")).to_be_attached()
    name = item(page, f"table:{TABLE}").get_attribute("aria-label")
    assert name == f"{TABLE}, Mart table, T&S Reports & Insights"


# ---- State, list, looks ----


def test_the_address_brings_everything_back(explorer) -> None:
    page = explorer(f"{PATH}#n=ref.queue&up=0&dn=1&o=ref.queue&ind=0&kind=Table")
    assert page.locator("[data-pl=down]").inner_text() == "1"
    assert not page.get_by_label("Indirect", exact=True).is_checked()
    assert "table:ref.queue queue_id" in rows(page)
    assert page.get_by_label("Kind", exact=True).input_value() == "Table"


def test_an_address_that_names_nothing_known_shows_the_beginning(explorer) -> None:
    assert len(boxes(explorer(f"{PATH}#n=no.such&up=x&c=neither&o=that"))) > 5


def test_the_list_says_what_the_drawing_says(explorer) -> None:
    page = explorer()
    page.get_by_text("The drawing as a list").click()
    told = page.locator("[data-pl=list]").inner_text()
    labels = page.locator(".pl-explorer__drawing [data-item] title").all_text_contents()
    assert [label for label in labels if label.split(", ")[0] not in told and TABLE not in label] == []
    badge(page, "up", "table:staging.stg_review_task_events").click()
    expect(page.locator("[data-pl=list]")).to_contain_text("raw_moderation.review_task_events")


def test_dark_and_light_change_without_drawing_anew(explorer) -> None:
    page = explorer()
    card = drawn(page, ".pl-graph__card").first
    card.evaluate("card => { card.isTheSame = true }")
    light = card.evaluate("card => getComputedStyle(card).fill")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => document.body.dataset.mdColorScheme === 'slate'")
    assert card.evaluate("card => getComputedStyle(card).fill") != light
    assert card.evaluate("card => card.isTheSame")


def test_print_shows_the_whole_drawing_and_no_controls(explorer) -> None:
    page = explorer(width=390)
    page.emulate_media(media="print")
    expect(page.locator(".pl-explorer__bar")).to_be_hidden()
    left, _, width, _ = view_box(page)
    last = max(item(page, key).evaluate("each => each.getBBox().x") for key in boxes(page))
    assert left < 0
    assert left + width > last


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", [f"{START}&o={TABLE}&kind=Metric", TRACE], ids=["around", "trace"])
def test_nobody_is_shut_out(explorer, path: str, width: int) -> None:
    page = explorer(path, width=width)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider == 0
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response
        told = [(each["id"], [node["target"] for node in each["nodes"]]) for each in found["violations"]]
        assert told == [], scheme


def test_pages_of_tables_and_metrics_lead_here(open_page) -> None:
    page = open_page(f"technical/tables/{TABLE}/")
    page.get_by_role("link", name="Trace handle_minutes").click()
    expect(panel(shown(page))).to_contain_text("Column trace")
    page = open_page("technical/metrics/average_handle_time/")
    page.get_by_role("link", name="Open in the explorer").click()
    expect(drawn(shown(page), ".pl-graph__box--focus")).to_contain_text("Average handle time")


def test_without_javascript_there_is_a_picture_and_every_table(open_page, built_sites: Path) -> None:
    page = open_page(PATH, javascript=False)
    expect(page.locator(".pl-graph__svg")).to_be_visible()
    expect(page.get_by_label("Lineage explorer")).to_be_hidden()
    tables = [folder.name for folder in (built_sites / "technical" / "tables").iterdir() if folder.is_dir()]
    links = page.locator(".pl-explorer__doors a").evaluate_all("all => all.map(each => each.href)")
    assert len({link for link in links if "/tables/" in link}) == len(tables)


def test_partners_have_neither_page_nor_data(built_sites: Path) -> None:
    assert not (built_sites / "partner" / "lineage").exists()
    assert (built_sites / "technical" / "lineage" / "t" / f"{TABLE}.js").exists()


# ---- More than can be drawn ----


def star(route: Route) -> None:
    """An index with one table that 400 others read."""
    response = route.fetch()
    index = json.loads(re.fullmatch(r".*?index=(.*);\n", response.text(), re.DOTALL)[1])
    first = len(index["things"])
    for number in range(401):
        index["things"].append([0, f"star.t{number:03}", "", -1, 0, 3, 0, 0, ""])
        index["links"].append([first] if number else [])
    route.fulfill(response=response, body=f"(globalThis.plumblineLineage??={{}}).index={json.dumps(index)};")


def empty_shard(route: Route) -> None:
    shard = {name: [] for name in ("columns", "into", "feeds", "gaps", "names", "texts", "files")}
    key = json.dumps("table:star.t000")
    route.fulfill(
        content_type="text/javascript",
        body=f"(plumblineLineage.shards??={{}})[{key}]={json.dumps(shard | {'summary': ''})};",
    )


def test_more_than_three_hundred_are_listed_and_it_asks_to_narrow(open_page) -> None:
    page = open_page("technical/")
    page.route("**/lineage/index.js", star)
    page.route("**/star.t000.js", empty_shard)
    page.goto(page.url + "lineage/#n=star.t000")
    shown(page)
    expect(page.get_by_text("401 things are too many to draw")).to_be_visible()
    assert boxes(page) == []
    expect(page.locator("[data-pl=list] li")).to_have_count(400)
    expect(page.get_by_role("button", name="SVG")).to_be_disabled()
    page.get_by_role("button", name="One step fewer").click()
    page.get_by_role("button", name="One step less downstream").click()
    expect(page.locator(".pl-explorer__drawing [data-item]")).to_have_count(1)


# ---- From a folder, with odd names and gaps ----

SETTINGS = "name: Odd\ndialect: bigquery\nrepository: https://example.com/odd\n"
DEFINITIONS = """
tables:
  - name: raw.läufe
    description: Runs.
    columns: [{name: id, type: INT64, description: Number.}]
  - name: mart.odd
    label: "</script><b>& odd"
    description: What we do not see through.
    columns:
      - {name: id, type: INT64, description: Number.}
      - {name: seen_at, type: DATE, description: Day.}
    sql: |
      SELECT id, missing AS seen_at FROM raw.läufe
      UNION ALL SELECT * FROM outside.somewhere
"""


def test_it_works_from_a_folder_and_says_what_is_not_known(browser: Browser, tmp_path: Path) -> None:
    definitions = tmp_path / "definitions" / "all.yml"
    definitions.parent.mkdir()
    definitions.write_text(DEFINITIONS, encoding="utf-8")
    (tmp_path / "plumbline.yml").write_text(SETTINGS, encoding="utf-8")
    run_plumbline("build", tmp_path, "--into", tmp_path / "sites")
    faults: list[str] = []
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    watch(page, "", faults.append)
    page.goto((tmp_path / "sites" / PATH / "index.html").as_uri() + "#n=mart.odd")
    shown(page)
    assert "table:raw.läufe" in boxes(page)
    expect(drawn(page, ".pl-graph__box--unknown")).to_contain_text("mart.odd")
    expect(panel(page)).to_contain_text("</script><b>& odd")
    expect(panel(page)).to_contain_text("Lineage not known")
    expect(panel(page).locator('a[href^="https://example.com/odd/"]').first).to_be_visible()
    panel(page).get_by_role("button", name="seen_at").click()
    expect(panel(page).locator(".pl-explorer__unknown").first).to_be_visible()
    page.go_back()
    item(page, "table:raw.läufe").click()
    panel(page).get_by_role("link", name="raw.läufe").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("raw.läufe")
    page.close()
    assert faults == []
