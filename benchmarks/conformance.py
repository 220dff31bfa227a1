"""Definitions held to the SQL: how many changes of what a query computes are told, and how many others.

    uv run python benchmarks/conformance.py [--most N]

The example's metrics become queries down to the tables that their sources are made from. Each is changed in
what it computes, one change at a time, and rewritten in other words; each text is held to the definition.
Tables with two timestamps become sources of fractions, of one event or of two, that wait as is said or not.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT), str(ROOT / "tests")]

from metric_mutations import changed, metric_queries, places, rewritten  # noqa: E402
from time_mutations import timed_sources, told  # noqa: E402

from catalog import Project, Verdict, open_project  # noqa: E402


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=2, help="of each kind of change, for each metric")
    parser.add_argument("--every", type=int, default=1, help="take each Nth metric")
    options = parser.parse_args()
    project = open_project(ROOT)
    changes: Counter[tuple[str, Verdict]] = Counter()
    others: Counter[tuple[str, Verdict]] = Counter()
    queries = unread = 0
    for query in list(metric_queries(project))[:: options.every]:
        queries += 1
        (itself,) = places(project, query, [query.sql])
        if itself.verdict is not Verdict.MATCH:
            unread += 1
            print(f"{query.metric}: its own query is not compared: {itself.reason}")
            continue
        for made, counted in ((changed(query, options.most), changes), (rewritten(query, 1), others)):
            for one, held in zip(made, places(project, query, [each.sql for each in made]), strict=True):
                counted[one.kind, held.verdict] += 1
                expected = Verdict.DIFFERS if counted is changes else Verdict.MATCH
                if held.verdict is not expected:
                    print(f"  {query.metric}, {one.kind}: {held.verdict} {held.reason}")
    _told(f"{queries - unread} of {queries} queries changed", changes)
    _told("in other words", others)
    _time(project)


def _time(project: Project) -> None:
    """How many fractions of two events, and other lengths of time, are told."""
    counted: Counter[tuple[str, bool]] = Counter()
    for source in timed_sources(project):
        counted[source.kind, told(project, source) is source.expected] += 1
    print(f"\nsources of fractions by time: {counted.total()} texts")
    for kind in sorted({kind for kind, _ in counted}):
        print(f"    {kind}: {counted[kind, True]} told as they are, {counted[kind, False]} not")


def _told(title: str, counted: Counter[tuple[str, Verdict]]) -> None:
    total = counted.total()
    print(f"\n{title}: {total} texts")
    for verdict in Verdict:
        found = sum(number for (_, each), number in counted.items() if each is verdict)
        print(f"  {verdict}: {found} ({found / max(total, 1):.1%})")
    for kind in sorted({kind for kind, _ in counted}):
        print(f"    {kind}: " + ", ".join(f"{counted[kind, each]} {each}" for each in Verdict))


if __name__ == "__main__":
    main()
