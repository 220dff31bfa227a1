"""The questions of `definitions/search_tests.yml`: the page that is named holds the answer that is named."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
QUESTIONS: list[dict[str, Any]] = yaml.safe_load((ROOT / "definitions/search_tests.yml").read_text("utf-8"))[
    "queries"
]
SITE_OF = {"partner": "partner", "internal": "technical"}
NOT_TEXT = re.compile(r"<(script|style|template)\b.*?</\1>", re.DOTALL)


def only_letters(html: str) -> str:
    """The text of a page without tags and spaces, so that markup between two words does not matter."""
    return "".join(unescape(re.sub(r"<[^>]+>", " ", NOT_TEXT.sub(" ", html))).split())


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["query"])
def test_the_page_holds_the_answer(question: dict[str, Any], built_sites: Path) -> None:
    page = built_sites / SITE_OF[question["audience"]] / question["page"] / "index.html"
    body = re.search(r"<article.*</article>", page.read_text("utf-8"), re.DOTALL)
    assert body is not None
    assert "".join(question["answer"].split()) in only_letters(body[0])


def test_questions_are_asked_once_and_by_both_audiences() -> None:
    asked = [(question["audience"], question["query"]) for question in QUESTIONS]
    assert len(asked) == len(set(asked)) >= 24
    assert {audience for audience, _ in asked} == set(SITE_OF)
