"""A catalog of any size, without files: its words are as unevenly spread as in real ones."""

from __future__ import annotations

import itertools
import random

from catalog import Catalog, Column, Enum, EnumValue, Metric, Report, Table, Team, Term

COLUMNS = 25
KNOWN_WORDS = """
account action age appeal audit backlog batch case category channel client content cost count
country created currency customer daily date day decision delivery device duration email end
error event exposure fee first flag hour id invoice is item job language last level limit list
market match measure minutes model month name notice number order owner page partner payment
policy position price product profile quality quantity queue rate reason region report request
result review reviewer rule sample score seconds segment sent session share site source stage
start state status step stock store sum table task team time title total type unit updated user
value vendor version view volume week work year
"""
SYLLABLES = "ba ce di fo gu ha ji ko lu ma ne pi ro su ta ve wi xo ya zu bra cle dri fro gra ple sti tro"


class Words:
    """Words by how often they are used, the known ones first: the law of Zipf with exponent 0.9."""

    def __init__(self, size: int, seed: int) -> None:
        self.chance = random.Random(seed)
        made = (
            "".join(parts)
            for length in (2, 3)
            for parts in itertools.product(SYLLABLES.split(), repeat=length)
        )
        self.words = [*KNOWN_WORDS.split(), *made][:size]
        self.weights = list(itertools.accumulate(1 / (rank + 3) ** 0.9 for rank in range(len(self.words))))

    def some(self, count: int) -> list[str]:
        """That many words."""
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self, count: int) -> str:
        """That many words as a sentence."""
        return f"{' '.join(self.some(count)).capitalize()}."


def generated_catalog(entities: int) -> Catalog:
    """Half of the entities are tables of 25 columns, four in ten metrics, the rest all else."""
    words = Words(6000, seed=7)
    tables = _tables(entities // 2, words)
    sources = list(tables)
    metrics = {
        name: Metric.model_construct(
            name=name,
            label=name.replace("_", " ").capitalize(),
            synonyms=(" ".join(words.some(2)),),
            summary=words.sentence(14),
            description=words.sentence(50),
            source=words.chance.choice(sources),
        )
        for name in _names("{}_{}_{}", entities * 4 // 10, words)
    }
    return Catalog(
        tables=tables,
        metrics=metrics,
        reports={
            name: Report.model_construct(name=name, summary=words.sentence(12))
            for name in _names("{}-{}", entities * 5 // 100, words)
        },
        jobs={},
        teams={name: Team.model_construct(name=name) for name in _names("{}-team", entities // 100, words)},
        terms={
            name: Term.model_construct(name=name, definition=words.sentence(15))
            for name in _names("{} {}", entities * 3 // 100, words)
        },
        enums={
            name: Enum.model_construct(
                name=name,
                values=tuple(EnumValue.model_construct(value=word.upper()) for word in set(words.some(8))),
            )
            for name in _names("{}-{}-values", entities // 100, words)
        },
    )


def _names(pattern: str, count: int, words: Words) -> list[str]:
    """That many different names of a pattern, in order; a number tells those apart that are alike."""
    names: dict[str, None] = {}
    while len(names) < count:
        name = pattern.format(*words.some(pattern.count("{}")))
        names.setdefault(name if name not in names else f"{name}_{len(names)}")
    return sorted(names)


def _tables(count: int, words: Words) -> dict[str, Table]:
    common = _names("{}_{}", 3000, words)
    return {
        name: Table.model_construct(
            name=name,
            label=name.partition(".")[2].replace("_", " ").capitalize(),
            summary=words.sentence(12),
            description=words.sentence(40),
            columns=_columns(common, words),
        )
        for name in _names("{}.{}_{}_{}", count, words)
    }


def _columns(common: list[str], words: Words) -> tuple[Column, ...]:
    """Six in ten have a name that other tables use too; half have words of their own."""
    shared = [common[int(len(common) * words.chance.random() ** 3)] for _ in range(COLUMNS * 6 // 10)]
    own = ["_".join(words.some(3)) for _ in range(COLUMNS - len(shared))]
    return tuple(
        Column.model_construct(name=name, description=words.sentence(8) if number % 2 else None)
        for number, name in enumerate(dict.fromkeys((*shared, *own)))
    )
