"""A Chromium for the browser tests: the one that is here, else one that is fetched, never none in silence."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
"""The first is Chromium without windows: several times as fast, since no page opens one."""

PACKAGES = ("chromium-headless-shell", "chromium")
"""What Debian calls it; older releases have the second alone."""

MISSING = """no Chromium for the browser tests
    On the PATH: none of {names} starts
    Playwright's own: {own}
    The distribution's package: {package}
    Install Chromium or Google Chrome, put it on the PATH, and run the tests again"""

Say = Callable[[str], None]


class NoChromiumError(Exception):
    """There is no Chromium, and none could be fetched."""


def get_chromium(own: str, say: Say) -> str:
    """The path of a Chromium that starts.

    `own` is where Playwright keeps its own one; `say` tells the person who waits what is being done.
    """
    found = on_path() or (own if starts(own) else None)
    if found:
        return found
    say("No Chromium on the PATH: fetching Playwright's own with `playwright install chromium`")
    answer = _run([sys.executable, "-m", "playwright", "install", "chromium"])
    if starts(own):
        return own
    package = _install_package(say)
    found = on_path()
    if found:
        return found
    raise NoChromiumError(MISSING.format(names=", ".join(NAMES), own=answer, package=package))


def on_path() -> str | None:
    """The first Chromium on the PATH that starts."""
    candidates = (shutil.which(name) for name in NAMES)
    return next((found for found in candidates if found and starts(found)), None)


def starts(path: str) -> bool:
    """Is this a program that answers `--version`? One without its shared libraries is not."""
    if not Path(path).is_file():
        return False
    run = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    return run.returncode == 0


def is_root() -> bool:
    """Does this run as root, where Chromium needs `--no-sandbox` and packages can be installed?"""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _install_package(say: Say) -> str:
    if not is_root() or not shutil.which("apt-get"):
        return "not tried, needs root and apt-get"
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "update"], environment)
    answer = ""
    for package in PACKAGES:
        say(f"Playwright's own Chromium does not start: installing it with `apt-get install {package}`")
        answer = _run(["apt-get", "install", "--yes", "--no-install-recommends", package], environment)
        if on_path():
            break
    return answer


def _run(command: list[str], environment: dict[str, str] | None = None) -> str:
    """Runs a command and gives its last line, which in case of failure says why."""
    run = subprocess.run(
        command,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = [line for line in run.stdout.splitlines() if line.strip()]
    return lines[-1].strip() if lines else f"exit code {run.returncode}"
