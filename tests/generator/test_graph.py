"""The drawing is well-formed, safe and readable in both schemes; the list says the same in words."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

import generator
from generator.graph import GraphEdge, GraphNode, neighbourhood_list_html, neighbourhood_svg

ASSETS = Path(generator.__file__).parent / "assets"
CSS = (ASSETS / "graph.css").read_text(encoding="utf-8")
COLOURS = CSS + (ASSETS / "theme.css").read_text(encoding="utf-8")  # those of the dark are the theme's matter
THEME_RULE = ".md-typeset svg { height: auto; max-width: 100% }"  # what the theme does to every SVG
SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"

NODES = (
    GraphNode(
        "stg_decision", "stg_decision", "staging · Data", "staging", "../stg_decision/", hidden_upstream=3
    ),
    GraphNode("ref_policy", "ref_policy", "reference · Policy", "reference", "../ref_policy/"),
    GraphNode("fct_case", "fct_case", "mart · Operations", "mart", is_focus=True),
    GraphNode("backlog", "Backlog", "metric · Operations", "metric", "/m/backlog/", hidden_downstream=2),
)
EDGES = (
    GraphEdge("stg_decision", "fct_case", tooltip="copied"),
    GraphEdge("ref_policy", "fct_case", is_indirect=True, tooltip="used to join"),
    GraphEdge("fct_case", "backlog", tooltip="aggregated"),
)

bounded = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def drawn(nodes: tuple[GraphNode, ...] = NODES, edges: tuple[GraphEdge, ...] = EDGES) -> ElementTree.Element:
    return ElementTree.fromstring(neighbourhood_svg("fct_case", nodes, edges, title="Lineage of fct_case"))


def words(element: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{SVG}text")]


@bounded
@given(
    st.lists(st.builds(GraphNode, *[st.text(max_size=40)] * 4, href=st.none() | st.text()), max_size=6),
    st.lists(st.builds(GraphEdge, *[st.text(max_size=2)] * 2, st.booleans(), st.text()), max_size=6),
    st.text(),
)
def test_any_text_gives_well_formed_xml(nodes: list[GraphNode], edges: list[GraphEdge], title: str) -> None:
    ElementTree.fromstring(neighbourhood_svg("x", nodes, edges, title=title) or "<svg/>")
    ElementTree.fromstring(neighbourhood_list_html("x", nodes, edges))


def test_a_name_made_of_markup_is_shown_and_not_obeyed() -> None:
    evil = '"><script>alert(1)</script>'
    nodes = (GraphNode("a", evil, evil, evil, evil, is_focus=True), GraphNode("b", "b", "table", "mart"))
    edges = (GraphEdge("a", "b", tooltip=evil),)
    for html in (
        neighbourhood_svg("a", nodes, edges, title=evil),
        neighbourhood_list_html("b", nodes, edges),
    ):
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_every_box_shows_its_kind_and_its_name() -> None:
    assert {"stg_decision", "staging · Data", "fct_case", "mart · Operations", "Backlog"} <= set(
        words(drawn())
    )


def test_boxes_link_through_xlink_and_never_through_plain_href() -> None:
    links = list(drawn().iter(f"{SVG}a"))
    assert {link.get(XLINK_HREF) for link in links} == {"../stg_decision/", "../ref_policy/", "/m/backlog/"}
    assert not any(link.get("href") for link in links)


def test_the_drawing_has_a_name_and_a_description_by_id() -> None:
    svg = drawn().find(f"{SVG}svg")
    assert svg is not None
    named = {element.get("id"): element.text for element in svg if element.get("id")}
    title, description = [named[found] for found in (svg.get("aria-labelledby") or "").split()]
    assert title == "Lineage of fct_case"
    assert description is not None
    assert description.startswith("4 boxes and 3 lines")


def test_links_are_not_hidden_behind_the_role_of_an_image() -> None:
    without_links = tuple(GraphNode(node.id, node.label, "", "mart") for node in NODES)
    assert [drawn(nodes)[0].get("role") for nodes in (NODES, without_links)] == ["group", "img"]


def test_only_indirect_lines_are_dashed_and_each_says_what_it_is() -> None:
    lines = {line[0].text: line.get("class", "") for line in drawn().iter(f"{SVG}path") if len(line)}
    assert lines == {
        "stg_decision → fct_case: copied": "pl-graph__line",
        "ref_policy → fct_case: used to join": "pl-graph__line pl-graph__line--indirect",
        "fct_case → Backlog: aggregated": "pl-graph__line",
    }


def test_a_direct_edge_hides_an_indirect_one_between_the_same_boxes() -> None:
    double = (*EDGES, GraphEdge("stg_decision", "fct_case", is_indirect=True, tooltip="used to filter"))
    assert neighbourhood_svg("fct_case", NODES, double[::-1], title="t") == neighbourhood_svg(
        "fct_case", NODES, EDGES, title="t"
    )


def test_hidden_neighbours_are_counted_on_their_side() -> None:
    assert [word for word in words(drawn()) if word.startswith("+")] == ["+2", "+3"]
    told = [title.text for title in drawn().iter(f"{SVG}title")]
    assert {"3 more upstream", "2 more downstream"} <= set(told)


def test_a_table_that_reads_itself_says_so() -> None:
    told = [title.text for title in drawn(edges=(GraphEdge("fct_case", "fct_case"),)).iter(f"{SVG}title")]
    assert "fct_case reads itself" in told


def test_only_the_focus_is_outlined() -> None:
    focused = [group for group in drawn().iter(f"{SVG}g") if "pl-graph__box--focus" in group.get("class", "")]
    assert [words(group)[1] for group in focused] == ["fct_case"]


def test_a_long_name_loses_its_middle_but_keeps_it_in_the_tooltip() -> None:
    name = "moderation_queue_backlog_by_market_and_language_daily"
    svg = neighbourhood_svg("a", (GraphNode("a", name, "", "mart"),), (), title="t")
    shown = words(ElementTree.fromstring(svg))[1]
    assert shown.startswith("moderation_")
    assert shown.endswith("_daily")
    assert "…" in shown
    assert f"<title>{name}</title>" in svg


def test_of_a_qualified_name_the_schema_is_shortened_first() -> None:
    name = "intermediate_moderation.int_action_outcomes"
    svg = neighbourhood_svg("a", (GraphNode("a", name, "", "mart"),), (), title="t")
    assert re.fullmatch(r"interm\w*….int_action_outcomes", words(ElementTree.fromstring(svg))[1])


def test_a_wide_script_is_shortened_by_its_width_and_not_by_its_count() -> None:
    svg = neighbourhood_svg("a", (GraphNode("a", "審査待ち件数" * 4, "", "metric"),), (), title="t")
    assert len(words(ElementTree.fromstring(svg))[1]) <= 14


def test_edges_to_things_outside_the_drawing_are_left_out() -> None:
    svg = drawn(edges=(GraphEdge("fct_case", "gone"),))
    assert not [line for line in svg.iter(f"{SVG}path") if len(line)]


def test_no_node_gives_no_drawing() -> None:
    assert neighbourhood_svg("a", (), EDGES, title="t") == ""


def test_the_drawing_brings_no_style_of_its_own() -> None:
    svg = neighbourhood_svg("fct_case", NODES, EDGES, title="t")
    assert not re.search(r"style=|<style|fill=|stroke=|#[0-9a-f]{3}", svg)
    classes = {name for found in re.findall(r'class="([^"]*)"', svg) for name in found.split()}
    assert all(name.startswith("pl-") for name in classes)


def test_the_list_nests_upstream_and_downstream_and_tells_repeats() -> None:
    nodes = tuple(GraphNode(name, name, "", "mart", f"/{name}/") for name in "abcd")
    edges = tuple(GraphEdge(source, target) for source, target in ("ab", "ac", "bd", "cd"))
    told = re.sub("<[^>]+>", " ", neighbourhood_list_html("d", nodes, edges))
    assert told.split() == ["Made", "from", "b", "a", "c", "a", "(shown", "above)"]


def test_the_list_ends_on_a_cycle_and_leaves_nobody_out() -> None:
    nodes = tuple(GraphNode(name, name, "", "mart") for name in "abx")
    told = re.sub(
        "<[^>]+>", " ", neighbourhood_list_html("a", nodes, (GraphEdge("a", "b"), GraphEdge("b", "a")))
    )
    assert told.count("(the thing itself)") == 1
    assert told.split()[-3:] == ["Also", "shown", "x"]


def test_a_very_deep_chain_is_listed_without_recursion() -> None:
    nodes = tuple(GraphNode(f"{n:05}", f"{n:05}", "", "mart") for n in range(3000))
    edges = tuple(GraphEdge(f"{n:05}", f"{n + 1:05}") for n in range(2999))
    assert neighbourhood_list_html("00000", nodes, edges).count("<li>") == 2999


def scheme(selector: str) -> dict[str, str]:
    blocks = [part.split("}", 1)[0] for part in COLOURS.split(f"{selector} {{")[1:]]
    return dict(re.findall(r"(--pl-(?:graph|layer)-[a-z-]+): (#[0-9a-f]{6})", "".join(blocks)))


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("selector", [":root", '[data-md-color-scheme="slate"]'])
def test_colours_have_contrast_in_both_schemes(selector: str) -> None:
    colours = scheme(selector)
    card, ground = colours["--pl-graph-card"], colours["--pl-graph-ground"]
    for name in ("--pl-graph-text", "--pl-graph-soft"):
        assert contrast(colours[name], card) >= 4.5, name
    for name, colour in colours.items():
        if name.startswith("--pl-layer") or name in ("--pl-graph-line", "--pl-graph-focus"):
            assert min(contrast(colour, ground), contrast(colour, card)) >= 3, name


def test_both_schemes_name_the_same_colours() -> None:
    assert scheme(":root").keys() == scheme('[data-md-color-scheme="slate"]').keys()


def test_every_layer_of_the_catalog_has_its_colour() -> None:
    for layer in ("source", "reference", "staging", "intermediate", "mart", "report", "metric"):
        assert f".pl-layer--{layer} {{" in CSS
        assert f"--pl-layer-{layer}:" in CSS


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1000])
def test_a_long_chain_scrolls_in_its_own_box_and_stays_readable(browser: Browser, width: int) -> None:
    names = [f"mart_operations.fct_case_number_{number}_daily" for number in range(6)]
    nodes = [GraphNode(name, name, "mart · Moderation Operations", "mart", f"/{name}/") for name in names]
    edges = [GraphEdge(source, target) for source, target in pairwise(names)]
    page = browser.new_page(viewport={"width": width, "height": 600})
    drawing = neighbourhood_svg(names[0], nodes, edges, title="Lineage")
    page.set_content(
        f"<!doctype html><html lang=en><title>t</title><style>{THEME_RULE}{CSS}</style>"
        f"<main class=md-typeset><h1>t</h1>{drawing}</main>"
    )
    graph = page.locator(".pl-graph")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert graph.evaluate("box => box.scrollWidth > box.clientWidth")
    height = page.locator(".pl-graph__label").first.bounding_box()
    assert height is not None
    assert height["height"] > 9
    for group in page.locator(".pl-graph__box").all():
        card, label = group.locator("rect").bounding_box(), group.locator(".pl-graph__label").bounding_box()
        assert card is not None
        assert label is not None
        assert card["x"] < label["x"]
        assert label["x"] + label["width"] < card["x"] + card["width"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "pl-graph"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('xlink:href')") == f"/{names[0]}/"
    assert Axe().run(page).response["violations"] == []
    page.close()


@pytest.mark.browser
def test_a_drawing_too_wide_for_its_box_begins_at_its_focus(browser: Browser, tmp_path: Path) -> None:
    names = [f"fct_case_number_{number}_daily" for number in range(7)]
    nodes = [GraphNode(name, name, "", "mart", is_focus=name == names[4]) for name in names]
    drawing = neighbourhood_svg(
        names[4], nodes, [GraphEdge(*pair) for pair in pairwise(names)], title="Lineage"
    )
    script = (ASSETS / "graph.js").read_text(encoding="utf-8")
    file = tmp_path / "page.html"
    file.write_text(
        f"<!doctype html><style>{CSS}</style>{drawing}<script>{script}</script>", encoding="utf-8"
    )
    page = browser.new_page(viewport={"width": 390, "height": 600})
    page.goto(file.as_uri())
    card = page.locator(".pl-graph__box--focus rect").bounding_box()
    assert card is not None
    assert abs(card["x"] + card["width"] / 2 - 195) < 5
    page.close()
