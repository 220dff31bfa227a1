"""A machine without Chromium says so; it never passes the browser tests in silence."""

from pathlib import Path

import pytest
from chromium import NoChromiumError, get_chromium, on_path


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_chromium_on_the_path_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = program(tmp_path / "google-chrome", "echo Chromium 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert on_path() == str(found)


def test_chromium_that_does_not_start_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "chromium", "exit 127")
    found = program(tmp_path / "google-chrome", "echo Chromium 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert on_path() == str(found)


def test_own_chromium_of_playwright_is_taken_where_the_path_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = program(tmp_path / "own", "echo Chromium 1")
    monkeypatch.setenv("PATH", "")
    said: list[str] = []
    assert get_chromium(str(own), said.append) == str(own)
    assert said == []


def test_missing_chromium_is_told_and_never_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    said: list[str] = []
    with pytest.raises(NoChromiumError, match="put it on the PATH"):
        get_chromium(str(tmp_path / "none"), said.append)
    assert said == ["No Chromium on the PATH: fetching Playwright's own with `playwright install chromium`"]
