"""What a browser may load on our pages: nothing from elsewhere, and no script that stands in a page.

The same policy goes to the hosts that read a `_headers` file, and into the pages where a project asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import links
from .site import Site, SiteFile
from .splice import digest

HEADERS = "_headers"
"""The file of headers by the form that Netlify and Cloudflare Pages share."""

PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
)
"""What a page may say of itself. Pictures in `data:` are the icons in the theme's style sheet."""

POLICY = f"{PAGE_POLICY}; frame-ancestors 'self'"
"""The same as a header, which alone may say who frames a page (CSP level 3, 3.3)."""

SENT = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def header_files(site: Site) -> Iterator[SiteFile]:  # noqa: ARG001  (a FileType; the same for every site)
    """The headers of every address of the site, for hosts that read them from a file."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in SENT.items())]
    yield SiteFile(HEADERS, "\n".join([*lines, ""]).encode())


def scripts_moved_out(html: str, *, start: str) -> tuple[str, dict[str, str]]:
    """The page at `start` with each script that stood in it at an address of its own, and those by address.

    They keep their place and order: a script with an address and nothing else runs where it stands.
    """
    moved: dict[str, str] = {}

    def move(found: re.Match[str]) -> str:
        path = f"{links.ASSETS}moved/{digest(found[1])}.js"
        moved[path] = found[1]
        return f'<script src="{links.href(path, start=start)}"></script>'

    return _SCRIPT.sub(move, html), moved
