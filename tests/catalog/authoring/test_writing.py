"""Files onto the disk: all or none, and each one whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog import CatalogError, Rewrite, diff_of, write_all


def test_every_file_is_put_in_place_with_its_mode(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"old\n")
    (tmp_path / "a.yml").chmod(0o640)
    write_all(tmp_path, [Rewrite("a.yml", b"old\n", b"new\n"), Rewrite("x/b.yml", None, b"b\n")])
    assert (tmp_path / "a.yml").read_bytes() == b"new\n"
    assert (tmp_path / "a.yml").stat().st_mode & 0o777 == 0o640
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.yml")) == [
        "a.yml",
        "x/b.yml",
    ]
    assert len(list(tmp_path.rglob("*"))) == 3


LONG = "x" * 240
"""A name that a file may have, and not with what is put around it until the file is whole."""


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (Rewrite("b.yml", b"was\n", b"new\n"), "`b.yml` has changed since it was read"),
        (Rewrite("b.yml", None, b"new\n"), "`b.yml` has changed since it was read"),
        (Rewrite("locked.yml", b"b\n", b"new\n"), "`locked.yml` is read-only"),
        (Rewrite("../b.yml", None, b"new\n"), "`../b.yml` leads out of the project"),
        (Rewrite(f"{LONG}.yml", None, b"new\n"), f"`{LONG}.yml` cannot be written: File name too long"),
    ],
)
def test_nothing_is_written_where_one_file_cannot_be(tmp_path: Path, second: Rewrite, reason: str) -> None:
    for name in ("a.yml", "b.yml", "locked.yml"):
        (tmp_path / name).write_bytes(b"b\n")
    (tmp_path / "locked.yml").chmod(0o444)
    with pytest.raises(CatalogError) as told:
        write_all(tmp_path, [Rewrite("a.yml", b"b\n", b"new\n"), second])
    assert (str(told.value), bool(told.value.hint)) == (reason, True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        ("a.yml", "b.yml", "locked.yml"), b"b\n"
    )


def test_an_interrupted_write_leaves_the_old_files_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yml").write_bytes(b"old\n")
    (tmp_path / "b.yml").write_bytes(b"old\n")
    written: list[int] = []

    def interrupted(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all(tmp_path, [Rewrite("a.yml", b"old\n", b"new\n"), Rewrite("b.yml", b"old\n", b"new\n")])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.yml": b"old\n",
        "b.yml": b"old\n",
    }


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.yml").write_bytes(b"old\n")
    (tmp_path / "link.yml").symlink_to("real.yml")
    write_all(tmp_path, [Rewrite("link.yml", b"old\n", b"new\n")])
    assert (tmp_path / "link.yml").is_symlink()
    assert (tmp_path / "real.yml").read_bytes() == b"new\n"


def test_the_diff_is_one_that_patch_takes() -> None:
    assert diff_of([Rewrite("a.yml", b"x\ny", b"x\nz"), Rewrite("b.yml", None, b"b\n")]) == (
        "--- a/a.yml\n+++ b/a.yml\n@@ -1,2 +1,2 @@\n x\n-y\n\\ No newline at end of file\n+z\n"
        "\\ No newline at end of file\n--- /dev/null\n+++ b/b.yml\n@@ -0,0 +1 @@\n+b\n"
    )
