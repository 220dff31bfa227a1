"""The policy of a site: scripts move out of pages, and a project's own headers go before ours."""

from generator.policy import scripts_moved_out


def test_a_script_moves_to_an_address_of_its_own_and_keeps_its_place() -> None:
    html, scripts = scripts_moved_out("<p>a<script>go()</script>b", start="metrics/rate/")
    ((path, text),) = scripts.items()
    assert html == f'<p>a<script src="../../{path}"></script>b'
    assert text == "go()"


def test_the_same_script_has_the_same_address_on_every_page() -> None:
    _, here = scripts_moved_out("<script>go()</script><script>go()</script>", start="")
    _, there = scripts_moved_out("<b><script>go()</script>", start="a/b/")
    assert here == there
    assert len(here) == 1


def test_what_is_no_script_or_has_an_address_stays() -> None:
    html = '<script id="__config" type="application/json">{}</script><script src="a.js"></script>'
    assert scripts_moved_out(html, start="") == (html, {})
