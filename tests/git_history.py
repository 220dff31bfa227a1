"""Git repositories for tests: files in, commits out."""

from __future__ import annotations

import subprocess
from pathlib import Path

NOBODY = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.com", "-c", "commit.gpgsign=false")
ANY_FILE = ("-c", "protocol.file.allow=always")


def git(folder: Path, *arguments: str) -> str:
    """What git answers, without the last line break; its failure is the test's."""
    command = ["git", *NOBODY, *ANY_FILE, "-C", str(folder), *arguments]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, f"{command}\n{run.stdout}{run.stderr}"
    return run.stdout.removesuffix("\n")


def new_repository(folder: Path) -> Path:
    """An empty repository whose branch is `main`."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def commit(folder: Path, files: dict[str, str | None] | None = None, message: str = "A change") -> str:
    """Writes files (None: deletes them), commits whatever lies there, and gives the commit's hash."""
    write(folder, files or {})
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def write(folder: Path, files: dict[str, str | None]) -> None:
    """Writes files by their path; one without a text goes."""
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
