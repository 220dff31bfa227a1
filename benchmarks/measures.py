"""One measurement in a process of its own: `python measures.py ENGINE CORPUS.json` prints seconds as JSON.

Imports an engine only when it is the one measured, since each runs in an environment of its own.
"""

from __future__ import annotations

import gc
import importlib.metadata
import json
import logging
import resource
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 7
"""How often a text is measured; the least time counts, since others disturb and never help."""

PATIENCE = 5.0
"""Seconds after which a text is not measured again."""

LIMIT = 30
"""Seconds by the clock after which an engine is stopped."""

Outcome = float | str
"""Seconds, or how it ended else."""

Run = Callable[[str], object]


def parse(corpus: dict[str, Any]) -> Run:
    """What all others are held against: the text to syntax trees."""
    import sqlglot

    return lambda text: sqlglot.parse(text, dialect=corpus["dialect"])


def plumbline(corpus: dict[str, Any]) -> Run:
    """Ours: all edges, kinds, expressions and lines; the parsing included."""
    from catalog import trace_sql

    return lambda text: trace_sql(text, dialect=corpus["dialect"], schema=corpus["schema"])


def sqlglot_lineage(corpus: dict[str, Any]) -> Run:
    """All columns of every query, in the quickest way that sqlglot offers; what writes is stripped before."""
    import sqlglot
    from sqlglot import exp
    from sqlglot.lineage import lineage

    dialect = corpus["dialect"]
    nested: dict[str, Any] = {}
    for name, columns in corpus["schema"].items():
        database, _, table = name.rpartition(".")
        nested.setdefault(database, {})[table] = columns

    def run(text: str) -> None:
        for tree in sqlglot.parse(text, dialect=dialect):
            query = tree.find(exp.Query) if tree is not None else None
            if query is None or isinstance(tree, exp.Merge):
                raise NotImplementedError("this statement holds no query to trace")
            lineage(None, query, schema=nested, dialect=dialect, trim_selects=False)

    return run


def sqllineage(corpus: dict[str, Any]) -> Run:
    """The column lineage of a text by sqllineage, with its own parser."""
    from sqllineage.runner import LineageRunner

    return lambda text: LineageRunner(text, dialect=corpus["dialect"]).get_column_lineage()


ENGINES = {
    "parse": parse,
    "plumbline": plumbline,
    "sqlglot.lineage": sqlglot_lineage,
    "sqllineage": sqllineage,
}


def least(run: Run, text: str) -> Outcome:
    """The least processor time in seconds, or what became of the engine."""
    times: list[float] = []
    while len(times) < ROUNDS and sum(times) < PATIENCE:
        gc.collect()
        signal.alarm(LIMIT)
        started = time.process_time()
        try:
            run(text)
        except TimeoutError:
            return f"over {LIMIT} s"
        except Exception:  # noqa: BLE001  (engines fail in ways of their own; here that is a result)
            return "fails"
        finally:
            signal.alarm(0)
        times.append(time.process_time() - started)
    return min(times)


def stop(_signal: int, _frame: object) -> None:
    """Ends a measurement that takes too long."""
    raise TimeoutError


def measure(engine: str, corpus: dict[str, Any]) -> dict[str, Any]:
    """Seconds for each text, and for bare parsing in the same process where sqlglot is at hand."""
    runs = {engine: ENGINES[engine](corpus)}
    if engine == "plumbline":
        runs = {"parse": parse(corpus), **runs}
    for run in runs.values():
        least(run, "SELECT 1 AS one")
    seconds = {
        name: {title: least(run, text) for title, text in corpus["texts"].items()}
        for name, run in runs.items()
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak_mb": round(peak), "version": version_of(engine)}


def version_of(engine: str) -> str:
    """The version of the package that was measured."""
    package = {"parse": "sqlglot", "sqlglot.lineage": "sqlglot"}.get(engine, engine)
    return importlib.metadata.version(package)


def project(folder: str) -> dict[str, Any]:
    """Opens a project: seconds by the clock and of the processors, peak memory, and what was found."""
    started = time.perf_counter()
    from catalog import open_project, tracing_processes

    with tracing_processes() as executor:
        opened = open_project(Path(folder), executor=executor)
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "clock": time.perf_counter() - started,
        "processor": own.ru_utime + own.ru_stime,
        "processor_of_helpers": others.ru_utime + others.ru_stime,
        "peak_mb": round(own.ru_maxrss / 1024),
        "peak_mb_of_a_helper": round(others.ru_maxrss / 1024),
        "imports_sqlglot": "sqlglot" in sys.modules,
        "texts": len(opened.lineage.traced.texts),
        "edges": len(opened.lineage.edges),
    }


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, stop)
    logging.disable()
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(10_000)
    if sys.argv[1] == "project":
        print(json.dumps(project(sys.argv[2])))
    else:
        print(json.dumps(measure(sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8")))))
