"""Whatever is asked of a watched value is noted, and the answer is the value's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_catalog import small_site

from catalog import Node, NodeKind
from generator.pages.surroundings import Surroundings
from generator.watching import WHOLE, Read, answer, watched

DAY = Node(NodeKind.TABLE, "mart.day")
REMOVED = Node(NodeKind.COLUMN, "mart.day", "removed")

QUESTIONS: dict[str, tuple[Callable[[Surroundings], object], Read]] = {
    "an item": (lambda a: a.site.project.catalog.teams["ops"], ("site.project.catalog.teams", "ops")),
    "an item there may be": (lambda a: a.texts.get("no.such"), ("texts", "no.such")),
    "whether there is one": (
        lambda a: "no" in a.site.project.catalog.teams,
        ("site.project.catalog.teams", "no"),
    ),
    "all items": (lambda a: [*a.site.project.catalog.terms.values()], ("site.project.catalog.terms", WHOLE)),
    "their number": (lambda a: len(a.site.project.catalog.jobs), ("site.project.catalog.jobs", WHOLE)),
    "a value": (lambda a: a.site.today, ("site.today", WHOLE)),
    "a property": (lambda a: a.site.is_for_partners, ("site.audience", WHOLE)),
    "a method": (lambda a: a.upstream(DAY, 9).nodes, ("above", "table:mart.day")),
    "a method far inside": (
        lambda a: a.site.project.lineage.edges_into(REMOVED),
        ("site.project.lineage._into", REMOVED.name),
    ),
    "what a helper asks": (
        lambda a: a.relations.findings_about("metric", "removals"),
        ("relations.findings", "metric:removals"),
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_noted_and_answered(question: str, tmp_path: Path) -> None:
    ask, noted = QUESTIONS[question]
    around = Surroundings(small_site(tmp_path))
    reads: set[Read] = set()
    assert ask(watched(around, reads)) == ask(around)
    assert noted in reads


def test_a_read_can_be_asked_again(tmp_path: Path) -> None:
    around = Surroundings(small_site(tmp_path))
    assert answer(around, ("site.project.catalog.teams", "ops")) == (
        True,
        around.site.project.catalog.teams["ops"],
    )
    assert answer(around, ("site.project.catalog.teams", "nobody")) == (False, None)
    assert answer(around, ("site.today", WHOLE)) == (True, around.site.today)
