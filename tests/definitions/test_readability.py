"""What partners read is plain: short words, short sentences (Flesch-Kincaid grade, by textstat)."""

import re
import statistics
from collections.abc import Iterator

import pytest
import textstat  # type: ignore[import-untyped]

from catalog import Audience, Project, publishable

KEYS = ("summary", "description", "definition", "limitations", "includes", "excludes", "do_not_use_for")
USUAL_GRADE = 9
HIGHEST_GRADE = 12
FEWEST_WORDS = 8
"""Below this the formula measures one long word, and says nothing of how hard a text is."""


@pytest.fixture(scope="module")
def grades(example: Project) -> dict[str, float]:
    """Text → its grade, for all that partners read in whole sentences."""
    return {
        text: textstat.flesch_kincaid_grade(text) for text in texts(publishable(example, Audience.PARTNER))
    }


def texts(project: Project) -> Iterator[str]:
    for thing in project.catalog.things():
        for key in KEYS:
            written = getattr(thing, key, None) or ()
            for text in (written,) if isinstance(written, str) else written:
                yield " ".join(re.sub(r"[*`_|]|^\s*-\s", "", text, flags=re.MULTILINE).split())


def test_partner_text_is_plain_as_a_rule(grades: dict[str, float]) -> None:
    assert len(grades) > 400
    assert statistics.median(grades.values()) <= USUAL_GRADE


def test_no_partner_text_is_hard(grades: dict[str, float]) -> None:
    hard = {text: grade for text, grade in grades.items() if grade > HIGHEST_GRADE}
    assert [text for text in hard if len(text.split()) >= FEWEST_WORDS] == []


def test_a_hard_text_is_measured_as_hard() -> None:
    hard = (
        "Notwithstanding methodological heterogeneity, organisational stakeholders operationalise "
        "multidimensional moderation performance characteristics."
    )
    assert textstat.flesch_kincaid_grade(hard) > HIGHEST_GRADE
    assert textstat.flesch_kincaid_grade("We ask a person who has not seen the first answer.") <= USUAL_GRADE
