"""The folder of a site."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog import CatalogError
from generator.publish import Entry, Published, publish
from generator.splice import digest

SIGN = {"assets/plumbline/theme.css": "body {}"}


def run(folder: Path, files: dict[str, str]) -> Published:
    def entries() -> Iterator[Entry]:
        for path, text in files.items():
            content = text.encode()
            yield Entry(path, digest(content), lambda content=content: content)

    return publish(entries(), into=folder / "site", manifests=folder / "manifests")


def test_only_changes_are_written_and_leftovers_go(tmp_path: Path) -> None:
    run(tmp_path, SIGN | {"a/index.html": "a", "b/index.html": "b"})
    untouched = (tmp_path / "site" / "a" / "index.html").stat().st_mtime_ns
    assert run(tmp_path, SIGN | {"a/index.html": "a", "c/index.html": "c"}) == Published(1, 2, 1)
    assert (tmp_path / "site" / "a" / "index.html").stat().st_mtime_ns == untouched
    assert not (tmp_path / "site" / "b").exists()


def test_a_file_that_was_deleted_by_hand_comes_back(tmp_path: Path) -> None:
    run(tmp_path, SIGN | {"a/index.html": "a"})
    (tmp_path / "site" / "a" / "index.html").unlink()
    assert run(tmp_path, SIGN | {"a/index.html": "a"}).written == 1


def test_after_an_interrupted_run_everything_is_written_again(tmp_path: Path) -> None:
    run(tmp_path, SIGN | {"a/index.html": "a"})

    def broken() -> Iterator[Entry]:
        yield Entry("assets/plumbline/theme.css", digest("new"), lambda: b"new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(broken(), into=tmp_path / "site", manifests=tmp_path / "manifests")
    assert run(tmp_path, SIGN | {"a/index.html": "a"}) == Published(2, 0, 0)


def test_each_folder_has_a_memory_of_its_own_and_lost_folders_are_forgotten(tmp_path: Path) -> None:
    def into(name: str) -> Published:
        entry = Entry("assets/plumbline/theme.css", "1", lambda: b"")
        return publish([entry], into=tmp_path / name, manifests=tmp_path / "manifests")

    assert [into("one").written, into("two").written, into("one").written] == [1, 1, 0]
    (tmp_path / "two" / "assets" / "plumbline" / "theme.css").unlink()
    for folder in ("two/assets/plumbline", "two/assets", "two"):
        (tmp_path / folder).rmdir()
    into("one")
    assert len(list((tmp_path / "manifests").iterdir())) == 1


def test_two_pages_at_one_path_end_the_run(tmp_path: Path) -> None:
    def twice() -> Iterator[Entry]:
        yield Entry("a/index.html", "1", lambda: b"")
        yield Entry("a/index.html", "2", lambda: b"")

    with pytest.raises(CatalogError, match=r"two pages of the site claim `a/index\.html`"):
        publish(twice(), into=tmp_path / "site", manifests=tmp_path / "manifests")


@pytest.mark.parametrize("path", ["../out.html", "/out.html", "a/../../out.html", "a\\..\\out.html", ""])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside a site"):
        run(tmp_path, {path: "x"})
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
