"""Codes of the model in words that a reader knows."""

import datetime
import inspect
from enum import StrEnum

import pytest

from catalog import EdgeType, Subtype, model
from generator.words import _WORDS, count, date_words, duration_words, flow_words, listed, words

CLOSED_SETS = [
    kind
    for _, kind in inspect.getmembers(model, inspect.isclass)
    if issubclass(kind, StrEnum) and kind is not StrEnum
]


@pytest.mark.parametrize("kind", CLOSED_SETS)
def test_every_member_of_every_closed_set_has_its_word(kind):
    assert set(_WORDS[kind.__name__]) == {member.value for member in kind}
    assert all(words(member) for member in kind)


@pytest.mark.parametrize("subtype", Subtype)
@pytest.mark.parametrize("type_", EdgeType)
def test_every_hop_has_its_word(type_, subtype):
    assert flow_words(type_, subtype)


def test_what_only_decides_is_never_called_copied():
    assert flow_words(EdgeType.INDIRECT, Subtype.IDENTITY) == "decides the value"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("PT3H", "3 hours"),
        ("P1DT2H", "1 day 2 hours"),
        ("P28D", "28 days"),
        ("P1M", "1 month"),
        ("PT1M", "1 minute"),
        ("P2W", "2 weeks"),
        ("when ready", "when ready"),
        (None, ""),
    ],
)
def test_durations_are_words(written, read):
    assert duration_words(written) == read


def test_dates_are_the_same_in_every_locale():
    assert date_words(datetime.date(2026, 11, 21)) == "21 Nov 2026"


def test_one_thing_is_singular():
    assert (count(1, "entry", "entries"), count(1024, "entry", "entries")) == ("1 entry", "1,024 entries")


def test_several_things_make_a_sentence():
    assert (listed([]), listed(["a"]), listed(["a", "b", "c"])) == ("", "a", "a, b and c")
