"""Findings held against those that were there before: which are new, which are old, which are gone.

A finding is the same as one before if code and subject are; how many there are of a code and a subject counts
too, so that the second fault of a table does not hide behind its first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from .checks.frame import Finding
from .reading.files import may_be_read


@dataclass(frozen=True, slots=True, order=True)
class Before:
    """A finding that was there before. `message` and `file` are empty where only its identity was kept."""

    code: str
    subject: str
    message: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings by whether they were there before, each in the order they came in; and those that are gone."""

    new: tuple[Finding, ...]
    old: tuple[Finding, ...] = ()
    gone: tuple[Before, ...] = ()


Key = Callable[[Before], Hashable]


def as_before(finding: Finding) -> Before:
    """What is kept of a finding, to know it again."""
    return Before(finding.code, finding.subject, finding.message, finding.location.file)


def compare(
    findings: Sequence[Finding], before: Iterable[Before], is_there: Callable[[str], bool]
) -> Comparison:
    """The findings held against those before. `is_there` tells whether a file of the project still exists.

    What is wrong with a file as a whole is called after the file; where that has moved, it is the same still.
    """
    new = {index: as_before(finding) for index, finding in enumerate(findings)}
    gone = dict(enumerate(sorted(before)))
    for key in (_words, _identity, _words_in_file):
        _pair_off(new, gone, key)
    moved = {index: each for index, each in gone.items() if _file_of(each) and not is_there(_file_of(each))}
    for key in (_name_of_file, _words_of_file):
        for index in _pair_off(new, moved, key):
            del gone[index]
    return Comparison(
        tuple(findings[index] for index in new),
        tuple(finding for index, finding in enumerate(findings) if index not in new),
        tuple(gone.values()),
    )


def _pair_off(new: dict[int, Before], gone: dict[int, Before], key: Key) -> list[int]:
    """Takes out of both what has the same key, one for one; gives the indexes taken out of `gone`."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for index, each in gone.items():
        waiting[key(each)].append(index)
    paired = []
    for index, each in list(new.items()):
        wanted = key(each)
        if wanted is not None and waiting[wanted]:
            paired.append(waiting[wanted].pop(0))
            del new[index], gone[paired[-1]]
    return paired


def _identity(each: Before) -> Hashable:
    return each.code, each.subject


def _words(each: Before) -> Hashable:
    return each.code, each.subject, each.message


def _words_in_file(each: Before) -> Hashable:
    """Of faults that are called after their place in a file, which moves when something is put before it."""
    return (each.code, file, each.message) if (file := _file_of(each)) else None


def _name_of_file(each: Before) -> Hashable:
    file = _file_of(each)
    return (each.code, PurePosixPath(file).name, each.subject.removeprefix(file)) if file else None


def _words_of_file(each: Before) -> Hashable:
    return (each.code, each.message) if _file_of(each) and each.message else None


def _file_of(each: Before) -> str:
    """The file after which a fault is called (`a/b.yml`, `a/b.yml:tables.3`); empty for any other subject."""
    file = each.file or each.subject.partition(":")[0]
    is_called_after_it = each.subject == file or each.subject.startswith(f"{file}:")
    return file if is_called_after_it and may_be_read(PurePosixPath(file)) else ""
