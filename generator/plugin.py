"""The door to MkDocs: prose pages and shells are rendered through the theme, everything else is ours.

MkDocs builds into a folder of its own; what it made, and every page spliced into its shell, is then published
to the folder of the site. `plumbline build`, `mkdocs build` and `mkdocs serve` all go this road.
"""

from __future__ import annotations

import datetime
import gc
import logging
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as ThemePage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_theme_dir
from mkdocs.utils.templates import TemplateContext

from catalog import (
    Audience,
    CatalogError,
    Project,
    checks_at,
    find_project,
    internal_identifiers,
    open_project,
    with_told_lapses,
)

from . import prose
from .assembly import (
    THEME,
    Drafted,
    Given,
    Rendered,
    draft_site,
    edit_address,
    entries,
    escaped,
    key_of,
    navigation,
    page_path,
    site_of,
    sitemap,
    slot_values,
    source_of,
    theme_sources,
)
from .drafts import Draft
from .feed import has_feed
from .files import SCRIPTS, STYLES
from .kept_theme import forget_theme, keep_theme, read_theme, theme_key
from .leaks import digests_below, forbid_leaks
from .lexicon import Explainer
from .links import ASSETS, FEED
from .policy import PAGE_POLICY, scripts_moved_out
from .publish import Published, publish
from .site import TITLE_ID, Heading, Site
from .splice import Shell, ShellKey, Slot, cut, is_in_navigation

UNUSED_OF_THEME = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
REPLACED = ("sitemap.xml", "404.html")
"""The theme's own search, and its templates of files; we have our own of all three."""
PURE_EXTENSIONS = frozenset(
    (
        *("abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "meta"),
        *("tables", "toc", "pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite"),
        *("pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
    )
)
"""Extensions of Markdown that read nothing but the page."""
MARKS = {slot: slot.value for slot in Slot}
MARKED_TOC = (Heading(Slot.TOC.value, Slot.TOC.value),)
TOC_TEMPLATE = '{% import "partials/language.html" as lang with context %}{% include "partials/toc.html" %}'


@dataclass(slots=True)
class Run:
    """One build under way: what was handed over, and what the theme has given so far."""

    given: Given
    into: Path
    folder: tempfile.TemporaryDirectory[str]
    drafted: Drafted
    made: dict[str, Draft] = field(default_factory=dict)  # source of a theme page → what is to become of it
    shells: dict[ShellKey, Shell] = field(default_factory=dict)
    contents: dict[tuple[Heading, ...], str] = field(default_factory=dict)
    scripts: dict[str, str] = field(default_factory=dict)  # path → what stood in a page of the theme
    env: jinja2.Environment | None = None

    def close(self) -> None:
        """Gives back what the run had on disk for itself."""
        self.folder.cleanup()
        if self.drafted.is_own:
            self.drafted.close()


class PlumblineConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs annotates no __init_subclass__
    """Options of the plugin in `mkdocs.yml`. With `splice: false` every page goes through the theme: slow."""

    project = config_options.Type(str, default=".")
    audience = config_options.Choice(("internal", "partner"), default="internal")
    splice = config_options.Type(bool, default=True)
    partner_url = config_options.Optional(config_options.Type(str))


class PlumblinePlugin(BasePlugin[PlumblineConfig]):  # type: ignore[no-untyped-call]
    """Adds the catalog to a site of MkDocs."""

    given: Given | None = None
    drafted: Drafted | None = None
    key: str | None = None  # under which the theme's part is kept for the next run
    published: Published | None = None
    heard: Hearing | None = None
    opened: Project | None = None  # the whole project, where this is who opened it
    run: Run

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Points MkDocs to the cache, and the theme to our parts of it."""
        given = self.given or self._opened(config)
        folder = tempfile.TemporaryDirectory(prefix="plumbline-")
        drafted = self.drafted or draft_site(given, is_own=True)
        self.run = Run(given, Path(config.site_dir), folder, drafted)
        config.site_dir = str(Path(folder.name, "theme"))
        config.docs_dir = str(given.empty_folder)
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME / "overrides"))
        config.theme.dirs.append(str(THEME.with_name("templates")))
        config.theme.static_templates.difference_update(REPLACED)
        describe(config, given.site)
        if given.site.is_for_partners:
            config.site_url = self.config.partner_url or ""
        return config

    def _opened(self, config: MkDocsConfig) -> Given:
        root = find_project(Path(config.config_file_path).parent / self.config.project)
        today = datetime.datetime.now(tz=datetime.UTC).date()
        self.opened = with_told_lapses(open_project(root), root)
        audience = Audience(self.config.audience)
        return Given(site_of(self.opened, audience, today=today, checks=checks_at(root)), root)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the prose of this audience, and a page of the theme for each shell."""
        run, site = self.run, self.run.given.site
        for file in [file for file in files if file.src_uri.startswith((*UNUSED_OF_THEME, *REPLACED))]:
            files.remove(file)
        for path, written in run.drafted.prose.items():
            files.append(prose_file(path, written, run.given.root, config))
        run.made = theme_sources(run.drafted.drafts, site, splice=self.config.splice)
        for source in run.made:
            files.append(File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        config.nav = navigation(run.drafted.drafts, run.drafted.prose)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Gives pages outside the navigation their section: breadcrumbs and active tab follow."""
        sections = {
            child.file.src_uri: item
            for item in nav.items
            if isinstance(item, Section)
            for child in item.children
            if isinstance(child, ThemePage)
        }
        for source, draft in self.run.made.items():
            file = files.get_file_from_path(source)
            if file is not None and not is_in_navigation(draft.page):
                page = file.page or ThemePage(None, file, config)
                page.parent = sections.get(source_of(f"{draft.page.section}/"))
        return nav

    def on_env(self, env: jinja2.Environment, /, **_: object) -> None:
        """Keeps the theme's templates at hand, for tables of contents, and compiled for the next build."""
        compiled = self.run.given.cache / "templates"
        compiled.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(compiled))
        self.run.env = env

    def on_page_content(self, html: str, /, *, page: ThemePage, **_: object) -> str:
        """The body: the mark of a shell, a whole page, or prose with its links to things made real."""
        run, source = self.run, page.file.src_uri
        if source in run.made:
            return Slot.BODY.value if self.config.splice else run.made[source].body()
        linked, dead = prose.link_things(html, run.drafted.known, start=page.url)
        if dead:
            raise prose.dead_link(dead[0], run.drafted.prose[source], run.given.root, run.drafted.known)
        if page.meta.get("glossary") is False:
            return linked
        return Explainer(run.given.site.lexicon, page.url)(Markup(linked))  # noqa: S704  MkDocs made it

    def on_page_context(
        self, context: TemplateContext, /, *, page: ThemePage, config: MkDocsConfig, **_: object
    ) -> TemplateContext:
        """What the theme shows around the body: marks in a shell, the real thing in a whole page."""
        draft = self.run.made.get(page.file.src_uri)
        if draft is not None and self.config.splice:
            dress(page, draft, MARKS, MARKED_TOC if draft.page.toc else (), self.run.given.site)
        elif draft is not None:
            values = slot_values(draft.page, self.run.given.site, self._rendered(config))
            dress(page, draft, values, escaped(draft.page.toc), self.run.given.site)
        return context

    def on_post_page(self, output: str, *, page: ThemePage, config: MkDocsConfig) -> str:
        """Moves scripts out of the page and cuts a shell out of it; shells themselves are not written."""
        output, scripts = scripts_moved_out(output, start=page.url)
        self.run.scripts |= scripts
        draft = self.run.made.get(page.file.src_uri)
        if draft is None or not self.config.splice:
            return output
        contents = self._contents(MARKED_TOC, config)
        if draft.page.toc and contents not in output:
            raise CatalogError(
                "the theme renders its table of contents in a way that pages cannot be spliced into",
                "Remove the override of `partials/nav.html`, or set `splice: false` for the plugin",
            )
        self.run.shells[key_of(draft.page, self.run.given.site)] = cut(output.replace(contents, Slot.TOC))
        return ""

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publishes what the theme made, and every page in its shell."""
        run, rendered, drafted = self.run, self._rendered(config), self.run.drafted
        if self.heard is not None and self.heard.said:
            raise prose.broken_prose(self.heard.said, drafted.prose, run.given.root)
        if rendered.address:
            paths = {each.page.path for each in drafted.drafts} | {
                page_path(source) for source in drafted.prose
            }
            content = sitemap((path for path in paths if path is not None), rendered.address)
            Path(config.site_dir, "sitemap.xml").write_bytes(content)
        write_texts(run.scripts, Path(config.site_dir))
        pages = drafted.drafts if self.config.splice else ()
        everything = entries(run.given.site, pages, rendered)
        self.published = publish(everything, into=run.into, manifests=run.given.cache / "manifests")
        if self.key is not None:
            keep_theme(run.given, self.key, rendered, run.contents)
        else:
            forget_theme(run.given)
        run.close()
        if self.opened is not None and run.given.site.is_for_partners:
            hold_back_leaks(self.opened, run.into)

    def _rendered(self, config: MkDocsConfig) -> Rendered:
        def contents(toc: tuple[Heading, ...]) -> str:
            return self._contents(toc, config)

        return Rendered(Path(config.site_dir), self.run.shells, contents, config.site_url or None)

    def _contents(self, toc: tuple[Heading, ...], config: MkDocsConfig) -> str:
        """A table of contents by the theme's own template; most pages of a kind share one."""
        if toc not in self.run.contents and self.run.env is not None:
            template = self.run.env.from_string(TOC_TEMPLATE)
            page = {"toc": table_of_contents(toc)}
            self.run.contents[toc] = template.render(config=config, page=page)
        return self.run.contents[toc]

    def on_serve(self, server: LiveReloadServer, /, **_: object) -> LiveReloadServer:
        """Rebuilds when definitions, settings or prose change."""
        given = self.run.given
        folders = [*given.site.project.settings.folders, "plumbline.yml", "site_src"]
        for path in folders:
            if (given.root / path).exists():
                server.watch(str(given.root / path))
        return server

    def on_build_error(self, *, error: Exception) -> None:
        """Tidies up, and says what is wrong without a traceback where MkDocs itself is in charge."""
        if hasattr(self, "run"):
            self.run.close()
        if isinstance(error, CatalogError) and self.given is None:
            raise Abort("\n".join(filter(None, (str(error), error.hint))))


def render(given: Given, into: Path) -> Published:
    """Builds a site through the theme, by the project's `mkdocs.yml` or else by our own.

    Raises:
        CatalogError: the configuration or the prose cannot be used.
    """
    own = given.root / "mkdocs.yml"
    log = logging.getLogger("mkdocs")
    heard = Hearing()
    log.addHandler(heard)
    log.propagate = False
    try:
        with (own if own.is_file() else THEME / "mkdocs.yml").open("rb") as file:
            config = load_config(
                file,
                config_file_path=str(own),
                docs_dir=str(given.empty_folder),
                site_dir=str(into.resolve()),
            )
        plugin = config.plugins.get("plumbline")
        if not isinstance(plugin, PlumblinePlugin):
            raise CatalogError(
                f"{own}: the plugin `plumbline` is not among `plugins`", "Add it: `- plumbline`"
            )
        plugin.given, plugin.heard = given, heard
        with few_collections(), closing(draft_site(given)) as drafted:
            kept = _find_kept(plugin, given, drafted, config)
            if kept is not None:
                everything = entries(given.site, drafted.drafts, kept)
                return publish(everything, into=into, manifests=given.cache / "manifests")
            plugin.drafted = drafted
            build(config)
    except Abort as error:
        raise CatalogError("\n".join(heard.said) or str(error)) from error
    finally:
        log.removeHandler(heard)
        log.propagate = True
    if plugin.published is None:
        raise CatalogError("MkDocs ended before the site was whole", "\n".join(heard.said) or None)
    return plugin.published


def _find_kept(
    plugin: PlumblinePlugin, given: Given, drafted: Drafted, config: MkDocsConfig
) -> Rendered | None:
    """What the theme gave in the last run, if it would give the same again; tells the plugin its key."""
    if not _is_known(config) or not plugin.config.splice:
        return None
    overrides = Path(config.theme.custom_dir or THEME / "overrides").rglob("*")
    files = [*filter(Path.is_file, overrides), *filter(Path.is_file, [given.root / "mkdocs.yml"])]
    plugin.key = theme_key(given, drafted, files)
    return read_theme(given, plugin.key, drafted.drafts)


def _is_known(config: MkDocsConfig) -> bool:
    """Is all that takes part in rendering known not to read anything else?"""
    own = Path(config.config_file_path)
    is_whole = not own.is_file() or b"INHERIT" not in own.read_bytes()
    extensions = all(name in PURE_EXTENSIONS for name in config.markdown_extensions)
    return is_whole and extensions and [*config.plugins] == ["plumbline"] and not config.hooks


@contextmanager
def few_collections() -> Iterator[None]:
    """Spares the garbage collector the whole project again and again: about a tenth of a build."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


def hold_back_leaks(project: Project, folder: Path) -> None:
    """Searches a partner site for internal identifiers; one that has any is removed.

    The theme's own files and ours are excused: they are the same in every site.

    Raises:
        CatalogError: there are some.
    """
    excused = digests_below((Path(get_theme_dir("material"), "assets"), THEME.with_name("assets")))
    try:
        forbid_leaks(folder, internal_identifiers(project.catalog), excused)
    except CatalogError:
        shutil.rmtree(folder)
        raise


class Hearing(logging.Handler):
    """Collects what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the text of a warning or error."""
        self.said.append(record.getMessage())


def describe(config: MkDocsConfig, site: Site) -> None:
    """What every page of the site has in common.

    There is no repository in the header: the theme would ask that host for numbers on every visit.
    """
    settings = site.project.settings
    config.site_name = settings.name
    config.extra |= {"audience": site.audience.value, "generator": False}
    config.extra["policy"] = PAGE_POLICY if config.extra.get("policy_in_pages") else ""
    config.extra["feed"] = FEED if has_feed(site) else ""
    config.extra_css = [*(ASSETS + name for name in STYLES), *config.extra_css]
    config.extra_javascript = [*(ASSETS + name for name in SCRIPTS), *config.extra_javascript]
    config.repo_url = config.edit_uri = config.edit_uri_template = None
    if settings.repository and not site.is_for_partners:
        config.edit_uri = f"{settings.repository.rstrip('/')}/{settings.edit_path.strip('/')}/"


def write_texts(texts: Mapping[str, str], folder: Path) -> None:
    """Writes texts to their paths below a folder."""
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def prose_file(path: str, written: Path, root: Path, config: MkDocsConfig) -> File:
    """A hand-written file as MkDocs knows files."""
    folder = str(written).removesuffix(path)
    file = File(path, folder, config.site_dir, config.use_directory_urls)
    inside = written.is_relative_to(root)
    file.edit_uri = written.relative_to(root).as_posix() if inside else None
    return file


def dress(
    page: ThemePage, draft: Draft, values: Mapping[Slot, str], toc: Iterable[Heading], site: Site
) -> None:
    """Gives a page of the theme what it shows around the body."""
    if not is_in_navigation(draft.page):
        page.title = values[Slot.TITLE]
    page.meta = {
        "title": values[Slot.TITLE],
        "description": values[Slot.DESCRIPTION],
        "hide": list(draft.page.hide),
    }
    page.toc = table_of_contents(toc)
    page.edit_url = values[Slot.EDIT] if edit_address(draft.page, site) else None
    page.canonical_url = values[Slot.ADDRESS] if page.canonical_url else None


def table_of_contents(toc: Iterable[Heading]) -> TableOfContents:
    """Headings nested by level below the title of the page, in the theme's form."""
    title = AnchorLink("", TITLE_ID, 1)
    path = [title]
    for heading in toc:
        link = AnchorLink(heading.title, heading.id, heading.level)
        while len(path) > 1 and path[-1].level >= heading.level:
            path.pop()
        path[-1].children.append(link)
        path.append(link)
    return TableOfContents([title])
