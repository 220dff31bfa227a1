import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from catalog import open_project
from catalog.cache import Cache, key_of

KEY, OTHER = key_of("one"), key_of("other")

WRITER = """
import sys
from pathlib import Path
from catalog.cache import Cache, key_of
cache = Cache(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    cache.put({key_of(sys.argv[2], str(number), str(part)): f"{number}" * 200 for part in range(20)})
    print(number, flush=True)
cache.close()
print(cache.notes)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".plumbline" / "cache" / "results.sqlite"


def kept(path: Path, **results: str) -> None:
    """Keeps results in a run of its own."""
    with closing(Cache(path)) as cache:
        cache.put({key_of(name): value for name, value in results.items()})


def found(path: Path, *names: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """What a later run finds, and what it says about the cache."""
    with closing(Cache(path)) as cache:
        results = cache.get(map(key_of, names))
        return {name: results[key_of(name)] for name in names if key_of(name) in results}, cache.notes


def writer(path: Path, name: str, times: int) -> subprocess.Popen[str]:
    """Another process that keeps 20 results, again and again."""
    command = [sys.executable, "-c", WRITER, str(path), name, str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_result_is_found_by_a_later_run(path: Path) -> None:
    kept(path, one="a \ud800 result".encode("unicode_escape").decode())
    assert found(path, "one", "other") == ({"one": "a \\ud800 result"}, ())


def test_a_newer_result_takes_the_place_of_an_older_one(path: Path) -> None:
    kept(path, one="old")
    kept(path, one="new")
    assert found(path, "one") == ({"one": "new"}, ())


def test_more_keys_than_one_query_takes(path: Path) -> None:
    names = [f"n{number}" for number in range(1_201)]
    kept(path, **dict.fromkeys(names, "x"))
    assert len(found(path, *names)[0]) == 1_201


def test_parts_of_a_key_are_told_apart_wherever_they_are_cut() -> None:
    assert (
        len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("abc", ""), key_of("\ud800")}) == 5
    )


def write_text(path: Path) -> None:
    path.write_text("this is no database, and long enough to look like one" * 100)


def write_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE holidays (day TEXT)")


def write_older(path: Path) -> None:
    kept(path, one="result")
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 0")


def write_with_trigger(path: Path) -> None:
    kept(path, one="result")
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TRIGGER t AFTER INSERT ON result BEGIN DELETE FROM result; END")


def cut_off(path: Path) -> None:
    kept(path, **{f"n{number}": "x" * 2_000 for number in range(50)})
    path.write_bytes(path.read_bytes()[:30_000])


def scramble(path: Path) -> None:
    kept(path, **{f"n{number}": "x" * 2_000 for number in range(50)})
    content = bytearray(path.read_bytes())
    for page in range(4_096, len(content), 4_096):
        content[page : page + 64] = os.urandom(64)
    path.write_bytes(content)


@pytest.mark.parametrize(
    "spoil", [write_text, write_foreign, write_older, write_with_trigger, cut_off, scramble]
)
def test_a_file_that_cannot_be_trusted_is_begun_anew_with_a_note(
    spoil: Callable[[Path], None], path: Path
) -> None:
    path.parent.mkdir(parents=True)
    spoil(path)
    with closing(Cache(path)) as cache:
        assert cache.get([KEY, *(key_of(f"n{number}") for number in range(50))]) == {}
        cache.put({KEY: "result"})
        (note,) = cache.notes
    assert note.startswith(f"the cache `{path}` was ")
    assert note.endswith(" begun anew")
    assert found(path, "one") == ({"one": "result"}, ())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE result SET value = replace(value, 'a', 'b')",
        "UPDATE result SET value = x'00'",
        "UPDATE result SET seal = x'00'",
        "UPDATE result SET seal = (SELECT seal FROM result WHERE value = 'another')",
    ],
)
def test_a_result_that_was_changed_is_not_trusted(change: str, path: Path) -> None:
    kept(path, one="a result", two="another")
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(f"{change} WHERE value = 'a result'")
    results, (note,) = found(path, "one", "two")
    assert results == {"two": "another"}
    assert "damaged results" in note


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with closing(Cache(tmp_path / "file" / "results.sqlite")) as cache:
        cache.put({KEY: "result"})
        assert cache.get([KEY]) == {}
        (note,) = cache.notes
    assert "cannot be used" in note


def test_a_file_that_another_run_holds_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(path, one="result")
    monkeypatch.setattr("catalog.cache.PATIENCE", 0.0)
    with closing(sqlite3.connect(path)) as file:
        file.execute("BEGIN EXCLUSIVE")
        results, notes = found(path, "one")
        assert (results, len(notes)) == ({}, 1)
        file.execute("ROLLBACK")
    assert found(path, "one") == ({"one": "result"}, ())


def test_runs_that_write_at_the_same_time_lose_nothing(path: Path) -> None:
    writers = [writer(path, name, 30) for name in ("a", "b", "c")]
    said = [process.communicate()[0].splitlines()[-1] for process in writers]
    assert said == ["()"] * 3
    with closing(Cache(path)) as cache:
        keys = [key_of(name, str(n), str(part)) for name in "abc" for n in range(30) for part in range(20)]
        assert len(cache.get(keys)) == 3 * 30 * 20


@pytest.mark.parametrize("after", [1, 4, 9])
def test_a_run_that_is_killed_while_it_writes_leaves_what_it_had_kept(after: int, path: Path) -> None:
    process = writer(path, "a", 100_000)
    assert process.stdout is not None
    for _ in range(after):
        last = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with closing(Cache(path)) as cache:
        results = cache.get(key_of("a", str(n), str(part)) for n in range(last + 1) for part in range(20))
        assert len(results) == (last + 1) * 20
        cache.put({KEY: "result"})
        assert cache.notes == ()


def sizes(path: Path, *, runs: int) -> Iterator[int]:
    for run in range(runs):
        with closing(Cache(path, largest=200_000)) as cache:
            cache.get([OTHER])
            cache.put({key_of(str(run), str(number)): "x" * 1_000 for number in range(50)})
        yield path.stat().st_size


def test_old_results_go_and_those_in_use_stay(path: Path) -> None:
    kept(path, other="in use since the first run")
    assert max(sizes(path, runs=20)) < 400_000
    with closing(Cache(path)) as cache:
        assert cache.get([OTHER]) == {OTHER: "in use since the first run"}
        assert cache.get([key_of("0", "0")]) == {}
        assert cache.get([key_of("19", "0")]) != {}


def test_git_leaves_out_what_is_kept_between_runs(tmp_path: Path) -> None:
    (tmp_path / "plumbline.yml").write_text("name: Example\ndefinitions: []\n", "utf-8")
    open_project(tmp_path)
    ignored = tmp_path / ".plumbline" / ".gitignore"
    assert ignored.read_text("utf-8") == "*\n"
    ignored.write_text("# ours\n", "utf-8")
    open_project(tmp_path)
    assert ignored.read_text("utf-8") == "# ours\n"
