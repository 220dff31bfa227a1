"""New, old and gone: a finding is known again by its code and subject."""

from __future__ import annotations

import pytest

from catalog import Before, Comparison, Finding, Location, Severity, compare
from catalog.before import as_before

A = "d/a.yml"


def finding(
    subject: str = "ops.queue",
    message: str = "one",
    code: str = "TB003",
    file: str = "d/a.yml",
    line: int = 1,
) -> Finding:
    return Finding(code, "a-name", Severity.ERROR, subject, message, Location(file, line, 1))


def compared(now: list[Finding], then: list[Finding], gone_files: tuple[str, ...] = ()) -> Comparison:
    return compare(now, map(as_before, then), lambda file: file not in gone_files)


def test_code_and_subject_decide_not_place_words_or_severity() -> None:
    comparison = compared([finding(message="other words", file="d/b.yml", line=90)], [finding()])
    assert (comparison.new, comparison.gone) == ((), ())
    assert [each.message for each in comparison.old] == ["other words"]


@pytest.mark.parametrize("other", [finding(subject="ops.other"), finding(code="TB002")])
def test_another_subject_or_code_is_new_and_the_other_gone(other: Finding) -> None:
    assert compared([other], [finding()]) == Comparison((other,), (), (as_before(finding()),))


def test_a_second_fault_does_not_hide_behind_the_first() -> None:
    first, second = finding(message="first"), finding(message="second")
    assert compared([second, first], [first]).new == (second,)
    assert compared([first, second], [finding(message="as it was said once")]).new == (second,)
    assert compared([first], [first, second]).gone == (as_before(second),)


def test_findings_keep_their_order() -> None:
    findings = [finding(subject=name) for name in "dacb"]
    comparison = compared(findings, findings[1:3])
    assert [each.subject for each in comparison.new] == ["d", "b"]
    assert [each.subject for each in comparison.old] == ["a", "c"]


def broken(file: str, place: str = "", message: str = "a quote is not closed") -> Finding:
    return finding(f"{file}{place}", message, "FL001", file)


@pytest.mark.parametrize("file", ["d/other/a.yml", "d/renamed.yml"])
def test_a_broken_file_that_moved_is_as_broken_as_before(file: str) -> None:
    comparison = compared([broken(file)], [broken("d/a.yml")], gone_files=("d/a.yml",))
    assert comparison == Comparison((), (broken(file),), ())


def test_a_file_broken_while_the_other_is_mended_is_new() -> None:
    comparison = compared([broken("d/b.yml")], [broken("d/a.yml")])
    assert comparison == Comparison((broken("d/b.yml"),), (), (as_before(broken("d/a.yml")),))


def test_a_file_broken_anew_while_another_goes_is_new() -> None:
    gone = broken("d/a.yml", message="a tab stands in front")
    assert compared([broken("d/b.yml")], [gone], gone_files=("d/a.yml",)).new == (broken("d/b.yml"),)


def test_a_thing_without_a_name_may_move_in_its_file() -> None:
    comparison = compared([broken("d/a.yml", ":tables.3")], [broken("d/a.yml", ":tables.2")])
    assert (comparison.new, comparison.gone) == ((), ())


def test_of_a_bare_identity_the_file_is_known_from_the_subject() -> None:
    comparison = compare(
        [broken("d/new/a.yml")], [Before("FL001", "d/a.yml")], lambda file: file != "d/a.yml"
    )
    assert comparison.new == ()
