"""Checks of who answers for a thing, and of names that mean more than one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..model import KINDS, Column, Described, Location, Metric, Report, Status, Table
from ..project import Project
from ..settings import Severity
from ..suggest import did_you_mean
from ..twins import is_told, plain_word
from .frame import Problem, check
from .known import kind_of, subject_of
from .references import dangling, other_things, owners


@check("GV003", "missing-owner", Severity.WARNING)
def missing_owner(project: Project) -> Iterator[Problem]:
    """A metric or report names nobody who answers for it.

    ## Why
    A number in use without an owner is corrected by nobody. Tables without an owner are TB002.

    ## Bad
    ```yaml
    reports:
      - name: weekly_pack
        summary: Numbers for the weekly meeting.
    ```

    ## Good
    ```yaml
    reports:
      - name: weekly_pack
        summary: Numbers for the weekly meeting.
        owner: ops
    ```
    """
    for thing in project.catalog.things():
        if isinstance(thing, Metric | Report) and not thing.owner:
            yield Problem(
                subject_of(thing),
                f"`{thing.name}` names no owner",
                thing.at("name"),
                "Add `owner:` with the name of a team",
            )


@check("GV004", "unknown-owner", Severity.ERROR)
def unknown_owner(project: Project) -> Iterator[Problem]:
    """A thing is owned by a team that there is not.

    ## Why
    The reader who asks gets no answer, and the page of the team that does answer lacks the thing.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        description: Work that waits for a reviewer.
        owner: opps
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        description: Work that waits for a reviewer.
        owner: ops
    ```
    """
    teams = project.catalog.teams
    for missing in dangling(project, owners(project.catalog), teams):
        yield Problem(
            f"team:{missing.name}",
            f"the owner `{missing.name}` is no team of this catalog{missing.elsewhere}",
            missing.location,
            did_you_mean(missing.name, teams, f"Add it under `teams:` with `name: {missing.name}`"),
        )


@check("GV015", "owner-not-code-owner", Severity.WARNING)
def owner_not_code_owner(project: Project) -> Iterator[Problem]:
    """The team that answers for a thing need not approve a change of it.

    Told of teams that have a `code_owner`: CODEOWNERS must name it for the files of what the team owns.

    ## Why
    The definition is changed without those who are asked about it, and they learn of it from a reader.

    ## Bad
    ```yaml definitions/teams.yml
    teams:
      - {name: ops, label: Operations, code_owner: "@acme/ops"}
    ```
    ```yaml definitions/queue.yml
    tables:
      - name: ops.queue
        description: Work that waits for a reviewer.
        owner: ops
    ```
    ```text CODEOWNERS
    definitions/  @acme/data
    definitions/teams.yml  @acme/ops
    ```

    ## Good
    ```yaml definitions/teams.yml
    teams:
      - {name: ops, label: Operations, code_owner: "@acme/ops"}
    ```
    ```yaml definitions/queue.yml
    tables:
      - name: ops.queue
        description: Work that waits for a reviewer.
        owner: ops
    ```
    ```text CODEOWNERS
    definitions/  @acme/data
    definitions/queue.yml  @acme/data @acme/ops
    ```
    """
    if not project.code_owners:
        return
    for thing in project.catalog.things():
        team = project.catalog.teams.get(thing.owner or "")
        named = project.code_owners.get(thing.origin.file, ())
        if team and team.code_owner and team.code_owner not in named:
            owners = ", ".join(f"`{owner}`" for owner in named) or "nobody"
            yield Problem(
                subject_of(thing),
                f"`{thing.name}` is owned by `{team.name}`, but a change of it is approved by {owners}",
                thing.at("owner"),
                f"Add `{team.code_owner}` to the line of `{thing.origin.file}` in CODEOWNERS",
            )


@check("GV005", "duplicate-name", Severity.ERROR)
def duplicate_name(project: Project) -> Iterator[Problem]:
    """Two things of one kind have the same name.

    ## Why
    Only the first is in the catalog. The other is written for nobody, and the two will differ.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
      - name: ops.queue
        owner: ops
        description: Work that waits for a second look.
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
      - name: ops.recheck_queue
        owner: ops
        description: Work that waits for a second look.
    ```
    """
    for thing in project.catalog.repeats:
        first = _first_of_that_name(project, thing)
        yield _twice(subject_of(thing), kind_of(thing), thing.name, (first.at("name"), thing.at("name")))
    for table in project.catalog.tables.values():
        entries: dict[str, Column] = {}
        for column in table.columns:
            first_entry = entries.setdefault(column.name, column)
            if first_entry is not column and first_entry.at("name") != column.at("name"):
                places = (first_entry.at("name"), column.at("name"))
                yield _twice(f"{table.name}.{column.name}", "column", column.name, places)


def _first_of_that_name(project: Project, thing: Described) -> Described:
    kind = next(kind for kind, model in KINDS.items() if isinstance(thing, model))
    first: Described = getattr(project.catalog, kind)[thing.name]
    return first


def _twice(subject: str, kind: str, name: str, places: tuple[Location, Location]) -> Problem:
    return Problem(
        subject,
        f"the {kind} `{name}` is defined twice, first at {places[0]}",
        places[1],
        "Keep one of the two, or give one another name",
    )


@check("GV006", "shared-synonym", Severity.WARNING)
def shared_synonym(project: Project) -> Iterator[Problem]:
    """Two things of one kind go by one word.

    ## Why
    Two people say the same word and mean two numbers. The meeting ends in a quarrel about data that is right.

    ## Bad
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        summary: Share of appealed decisions that were reversed.
        synonyms: [reversal rate]
        type: derived
      - name: restored_share
        owner: ops
        summary: Share of removed content that came back.
        synonyms: [Reversal rate]
        type: derived
    ```

    ## Good
    ```yaml
    metrics:
      - name: overturn_rate
        owner: ops
        summary: Share of appealed decisions that were reversed.
        synonyms: [reversal rate]
        type: derived
      - name: restored_share
        owner: ops
        summary: Share of removed content that came back.
        synonyms: [restoration rate]
        type: derived
    ```
    """
    shared: dict[tuple[str, ...], tuple[str, Location]] = {}
    for (kind, word), places in _by_word(project).items():
        if len(places) > 1 and not (kind == "metric" and _is_told_of_metrics(project, list(places))):
            # Names that are alike need no word for each: one finding for each group of things.
            shared.setdefault((kind, *places), (word, list(places.values())[-1]))
    for (kind, *names), (word, place) in shared.items():
        listed = ", ".join(f"`{name}`" for name in names)
        yield Problem(
            f"{kind}:{names[-1]}",
            f"{listed} all go by `{word}`" if len(names) > 2 else f"{listed} both go by `{word}`",
            place,
            "Leave the word to one of them",
        )


def _is_told_of_metrics(project: Project, names: list[str]) -> bool:
    """Do checks of what they compute tell the same of every two of them, or do their definitions?"""
    return all(is_told(project.catalog, project.twins, *pair) for pair in combinations(names, 2))


def _by_word(project: Project) -> dict[tuple[str, str], dict[str, Location]]:
    """Kind and word → the things that go by it, each with the place of the word."""
    found: dict[tuple[str, str], dict[str, Location]] = {}
    for thing in project.catalog.things():
        if thing.status is not Status.RETIRED:
            for word, place in _words_for(thing):
                key = kind_of(thing), plain_word(word)
                found.setdefault(key, {}).setdefault(thing.name, place)
    return found


def _words_for(thing: Described) -> Iterator[tuple[str, Location]]:
    """What people call a thing; nobody calls a table by its full name."""
    if not isinstance(thing, Table):
        yield thing.name, thing.at("name")
    for key in ("label", "abbreviation"):
        word = getattr(thing, key, None)
        if word:
            yield word, thing.at(key)
    for index, word in enumerate(getattr(thing, "synonyms", ())):
        yield word, thing.at(f"synonyms.{index}")


@check("GV007", "unknown-reference", Severity.ERROR)
def unknown_reference(project: Project) -> Iterator[Problem]:
    """A term or a job names another one that there is not.

    ## Why
    A dead link in the glossary, or an order of jobs that is not the real one.

    ## Bad
    ```yaml
    terms:
      - name: appeal
        definition: A request to look at a decision again.
        related: [decisoin]
      - name: decision
        definition: What a reviewer found about an item.
    ```

    ## Good
    ```yaml
    terms:
      - name: appeal
        definition: A request to look at a decision again.
        related: [decision]
      - name: decision
        definition: What a reviewer found about an item.
    ```
    """
    known = {"term": frozenset(project.catalog.terms), "job": frozenset(project.catalog.jobs)}
    for kind, things in known.items():
        named = [reference for of_kind, reference in other_things(project.catalog) if of_kind == kind]
        for missing in dangling(project, named, things):
            yield Problem(
                f"{kind}:{missing.name}",
                f"the {kind} `{missing.name}` does not exist{missing.elsewhere}",
                missing.location,
                did_you_mean(missing.name, things, f"Add it under `{kind}s:` with `name: {missing.name}`"),
            )
