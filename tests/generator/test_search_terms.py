"""Words are compared alike on both sides: where the index is made, and where a query is typed."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

import generator
from generator.search_terms import RULES, UNSPACED, acronyms, joined, name_terms, pieces, terms

TERMS = Path(generator.__file__).parent / "assets/search/terms.js"

ALIKE = [
    ("utilisation", "utilization"),
    ("favourite", "favorite"),
    ("Behaviours", "behavior"),
    ("cancelled", "canceled"),
    ("travellers", "traveler"),
    ("catalogue", "catalog"),
    ("centres", "center"),
    ("queries", "query"),
    ("policies", "policy"),
    ("takedowns", "takedown"),
    ("flagged", "flag"),
    ("deciding", "decide"),
    ("Décision", "decision"),
    ("the site's", "the site"),
    ("fct_queue_daily", "FCT queue-daily"),
]

DIFFERENT = [
    ("four", "for"),
    ("irr", "ir"),
    ("use", "us"),
    ("hour", "or"),
    ("sms", "sm"),
    ("status", "statu"),
]

TEXTS = [
    *(text for pair in (*ALIKE, *DIFFERENT) for text in pair),
    "Reviewer agreement (Cohen's kappa), 28d: p50 ≥ 1.5",
    "審査待ち件数とSLA達成率",
    "차단된 계정 수",
    "Ünïcödé ΑΣΑΣ İstanbul straße ﬁlter",
    "рост жалоб",
    "จำนวนคดี",
    "एक मामला",
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_spellings_of_a_word_are_alike(one: str, other: str) -> None:
    assert joined(one) == joined(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert joined(one) != joined(other)


def test_scripts_without_spaces_are_found_by_pairs_of_letters() -> None:
    assert terms("待ち件数") == ["待ち", "ち件", "件数", "数"]


def test_a_name_is_found_by_the_parts_of_its_camel_case() -> None:
    assert set(name_terms("caseQueueId")) == {"casequeueid", "cas", "queu", "id"}


def test_acronyms_leave_out_small_words_or_not() -> None:
    assert acronyms("Statement of reasons") == {"sor", "sr"}
    assert acronyms("Backlog") == set()


@pytest.mark.browser
def test_a_query_is_folded_as_the_index_is(browser: Browser) -> None:
    page = browser.new_page()
    page.evaluate("globalThis.plumblineSearch = {}")
    page.add_script_tag(path=TERMS)
    folded = page.evaluate(
        """([root, texts]) => {
            const { pieces } = plumblineSearch.openTerms(root);
            return texts.map(text => pieces(text).map(({ word }) => word));
        }""",
        [{"rules": RULES, "unspaced": UNSPACED}, TEXTS],
    )
    assert folded == [pieces(text) for text in TEXTS]
    page.close()
