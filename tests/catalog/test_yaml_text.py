"""Plain values as YAML: every value comes back, through another reader and through our own."""

from collections.abc import Iterator

import pytest
import yaml

from catalog import yaml_text as written
from catalog.reading.document import read_documents
from catalog.reading.yaml_values import without_origins

TEXTS = (
    *(
        "a word",
        "on",
        "no",
        "1.0",
        "007",
        "0x1F",
        "12:30",
        "2026-01-01",
        "null",
        "~",
        "- x",
        "a: b",
        "#x",
        "[a",
        "*a",
    ),
    *(
        "line\n",
        "two\nlines",
        "\n\nafter",
        " \n x",
        "tab\there",
        "x \ny",
        "\x85a",
        "a\u2028b",
        "quote ' \" \\",
        "é 日本 🙂",
    ),
    *("long " * 60, "%x", "@x", "`x`", "---", "...", "<<", "=", "\r\n"),
)


@pytest.fixture(params=["in C", "in Python"])
def text_of(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param == "in C")
    written._dumper.cache_clear()
    yield written.yaml_text
    written._dumper.cache_clear()


def test_each_text_comes_back(text_of) -> None:  # type: ignore[no-untyped-def]
    for text in TEXTS:
        made = text_of({"key": [text, {"inner": text}]})
        assert yaml.safe_load(made) == {"key": [text, {"inner": text}]}, text
        (root,) = read_documents(made.encode(), "made.yaml").roots
        assert without_origins(root) == {"key": [text, {"inner": text}]}, text


def test_numbers_truths_and_nothing_come_back(text_of) -> None:  # type: ignore[no-untyped-def]
    value = {"a": 1, "b": -2.5, "c": True, "d": None, "e": [], "f": {}}
    assert yaml.safe_load(text_of(value)) == value


def test_equal_values_are_written_out_each_time(text_of) -> None:  # type: ignore[no-untyped-def]
    same = ["x"]
    assert text_of({"b": same, "a": same}) == "b:\n- x\na:\n- x\n"


def test_texts_of_several_lines_stand_as_they_are(text_of) -> None:  # type: ignore[no-untyped-def]
    assert text_of({"a": "one\ntwo"}) == "a: |-\n  one\n  two\n"
