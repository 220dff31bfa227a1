"""Words of the glossary in prose: marked once for each page, and nowhere they would be in the way."""

import re

import pytest
from markupsafe import Markup
from page_reading import read
from small_catalog import DEFINITIONS, SETTINGS, TODAY, pages_by_path

from catalog import Audience, Term, open_project
from generator.assembly import site_of
from generator.lexicon import Explainer, lexicon_of
from generator.text import inline, markdown

TERMS = (
    Term(name="audit", label="Audit", definition="A *second* judgement."),
    Term(name="audit-sample", label="Audit sample", definition="What is judged twice."),
    Term(name="sla", label="SLA", definition="An agreed time.", synonyms=("service level",)),
    Term(name="q&a", label="Q&A round", definition='Says "why" & <how>.'),
)


def explained(*texts: Markup) -> str:
    explain = Explainer(lexicon_of(TERMS), "metrics/x/")
    return "".join(explain(text) for text in texts)


def marked(*texts: Markup) -> list[str]:
    return re.findall(r'<a class="pl-word"[^>]*>(.*?)</a>', explained(*texts))


def test_a_word_leads_to_its_meaning_and_tells_it():
    assert explained(inline("Two audits.")) == (
        'Two <a class="pl-word" href="../../glossary/#audit" title="A second judgement.">audits</a>.'
    )


def test_a_word_is_marked_where_the_page_uses_it_first():
    assert marked(inline("An audit. An audit."), inline("One more audit.")) == ["audit"]
    assert marked(inline("No such word."), inline("An Audit.")) == ["Audit"]


def test_the_longest_word_that_fits_is_marked():
    assert marked(inline("The audit sample and the audit")) == ["audit sample", "audit"]


def test_a_synonym_is_the_same_word():
    assert marked(inline("The service level is an SLA.")) == ["service level"]


@pytest.mark.parametrize("text", ["auditor", "non-audit", "pre-audited", "audit-based", "sla", "slas"])
def test_a_part_of_a_word_and_another_word_are_left_alone(text):
    assert marked(inline(f"It is {text}.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "`audit`",
        "[audit](https://example.com)",
        "### audit",
        "    audit = 1",
        "[**audit**](https://example.com)",
    ],
)
def test_nothing_is_marked_in_code_links_and_headings(text):
    assert marked(markdown(text)) == []


def test_a_word_after_a_link_is_marked():
    assert marked(markdown("[audit](https://example.com) of an audit")) == ["audit"]


def test_signs_in_words_and_meanings_stay_text():
    html = explained(inline("A Q&A round."))
    assert read(html).faults == []
    assert 'title="Says &#34;why&#34; &amp; &lt;how&gt;."' in html
    assert marked(inline("A Q&A round.")) == ["Q&amp;A round"]


def test_an_attribute_is_no_prose():
    assert marked(Markup('<span title="an audit > b">x</span>')) == []


@pytest.fixture
def pages(tmp_path):
    def built(audience: Audience):
        (tmp_path / "definitions").mkdir()
        (tmp_path / "plumbline.yml").write_text(SETTINGS, "utf-8")
        hidden = DEFINITIONS.replace(
            "terms:\n", "terms:\n  - {name: removal, label: Removal, definition: Hidden meaning.}\n"
        ).replace("Of all time, the share of *removals*.", "Of every case, the share of *removals*.")
        (tmp_path / "definitions" / "all.yml").write_text(hidden, "utf-8")
        return pages_by_path(site_of(open_project(tmp_path), audience, today=TODAY))

    return built


def test_words_are_marked_on_the_pages_of_things(pages):
    body = pages(Audience.INTERNAL)["metrics/removal_share/"].body
    assert re.findall(r'<a class="pl-word"[^>]*>(.*?)</a>', body) == ["case", "removals"]


def test_partners_learn_no_word_that_is_not_theirs(pages):
    body = pages(Audience.PARTNER)["metrics/removal_share/"].body
    assert re.findall(r'<a class="pl-word"[^>]*>(.*?)</a>', body) == ["case"]
    assert "Hidden meaning" not in body
