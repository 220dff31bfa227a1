"""Foreign text becomes HTML that can do nothing but be read."""

import pytest

from generator.text import inline, markdown, plain

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://other.example/pixel.png)",
    "<style>body{display:none}</style>",
    "<svg onload=alert(1)>",
    "`</code><script>alert(1)</script>`",
    "```\n</pre><script>alert(1)</script>\n```",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    '[x](https://a.example "onmouseover=alert(1)")',
    "<https://a.example/\"onclick='alert(1)'>",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("render", [markdown, inline])
def test_hostile_text_is_only_text(render, text):
    html = render(text)
    tags = html.replace("&lt;", "").split("<")[1:]
    names = {tag.lstrip("/").split(">")[0].split()[0] for tag in tags}
    assert not names & {"script", "style", "img", "svg", "iframe"}
    for tag in tags:
        inside = tag.split(">")[0]
        assert "javascript:" not in inside.lower()
        assert "vbscript:" not in inside.lower()
        assert "data:" not in inside.lower()
        assert " on" not in inside.split('title="')[0]


def test_headings_stand_below_those_of_the_page():
    assert markdown("# One\n\n## Two\n\n###### Six") == "<h3>One</h3>\n<h4>Two</h4>\n<h6>Six</h6>\n"


def test_inline_code_emphasis_and_links_are_kept():
    assert inline("Use `a < b`, *not* [this](https://example.com/)") == (
        "Use <code>a &lt; b</code>, <em>not</em> "
        '<a href="https://example.com/" rel="noopener noreferrer">this</a>'
    )


def test_a_relative_link_keeps_its_words_and_loses_its_address():
    assert "href" not in markdown("[there](../there/)")


def test_a_table_can_be_scrolled_by_keyboard():
    html = markdown("| a |\n|---|\n| 1 |")
    assert html.startswith('<div class="pl-scroll" tabindex="0"><table>')
    assert html.endswith("</table></div>\n")


def test_plain_text_has_no_markup_and_one_line():
    assert plain("# Half\n\nof *all* `cases`\nwere [decided](https://example.com).\n\n- yes") == (
        "Half of all cases were decided. yes"
    )


def test_no_text_is_empty():
    assert (markdown(None), inline(""), plain(None)) == ("", "", "")


@pytest.mark.parametrize("render", [markdown, inline])
def test_html_in_a_text_is_shown_as_it_is_written(render):
    assert "&lt;b&gt;a&lt;/b&gt;" in render("<b>a</b> and *b*")


@pytest.mark.parametrize(
    "text", ["A plain sentence.", "It's 5 > 3, “so” what?", 'a "b" (c)', "1. one", "- a", "a  "]
)
def test_a_text_without_markup_reads_the_same_by_the_short_way(text):
    marked = f"{text}\n\n*end*"
    assert str(markdown(text)).replace("&#39;", "'").replace("&#34;", '"') in markdown(marked)
