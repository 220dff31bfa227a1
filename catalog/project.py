"""BEGIN HERE: the whole way from files to a traced project.

Each step is a function from a frozen value to a frozen value, and none knows the next;
this is the only module that composes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from .answers import Comparability
from .batches import seldom_collecting
from .cache import Cache, Kept
from .certificates import Certificate
from .certified import Certified, hold_to_certificates
from .conformance import Conformance, hold_to_sql
from .consistency import OwnFaults, hold_to_themselves
from .dated import DatedMetric, dated
from .engine import Engine
from .examples import Examples, run_examples
from .importers import import_sources
from .inherit import inherit
from .known_issues import carry_known_issues
from .lineage import Lineage, build_lineage
from .merge import merge
from .model import Catalog, Definitions, Misfit, Status
from .reading.certificates import read_certificates
from .reading.code_owners import code_owners_of
from .reading.dated import read_record
from .reading.history import read_history
from .reading.load import find_project, load_definitions, read_settings
from .remembering import Memory, engine_version, for_one_run, remembering
from .resolve import resolve
from .settings import Settings
from .timing import Times, hold_times
from .trace import ObservedText, observed_texts, trace
from .trend import Recorded
from .twins import Twins, find_twins

CACHE = Path(".plumbline", "cache", "results.sqlite")
"""Where a project keeps results of earlier runs; not for version control."""


@dataclass(frozen=True)
class Project:
    """The one value that checks, pages and reports receive.

    `examples` are those of each metric, run; `conformance` is how the SQL that computes it agrees with its
    definition, `times` how what it says of time does, `own_faults` where it does not agree with itself;
    `comparable` is what it may be put together with, where that cannot be worked out from what is left of a
    project; `twins` are metrics that compute the same, or two things under one name; `observed` is how the
    SQL is written, where that tends to go wrong; `history` is the coverage of past days; `code_owners` are
    those of each file. `certificates` are as they are recorded, `certified` what those of its metrics are
    worth now; `dated` is how metrics stood before, as far as it is recorded. `notes` are what the run met
    that is no fault of the project: a cache that could not be used.
    """

    settings: Settings
    catalog: Catalog
    lineage: Lineage
    examples: Examples = field(default_factory=dict)
    conformance: Conformance = field(default_factory=dict)
    twins: Twins = field(default_factory=dict)
    times: Times = field(default_factory=dict)
    own_faults: OwnFaults = field(default_factory=dict)
    comparable: Mapping[str, tuple[Comparability, ...]] = field(default_factory=dict)
    observed: tuple[ObservedText, ...] = ()
    history: tuple[Recorded, ...] = ()
    code_owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    certificates: tuple[Certificate, ...] = ()
    certified: Mapping[str, Certified] = field(default_factory=dict)
    dated: Mapping[str, DatedMetric] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @cached_property
    def metrics_by_topic(self) -> dict[str, tuple[str, ...]]:
        """Topic → its metrics that are not retired, by title."""
        found: dict[str, list[str]] = {}
        for metric in sorted(self.catalog.metrics.values(), key=lambda each: each.title.casefold()):
            if metric.domain and metric.status is not Status.RETIRED:
                found.setdefault(metric.domain, []).append(metric.name)
        return {topic: tuple(names) for topic, names in found.items()}

    @cached_property
    def metrics_naming(self) -> dict[str, tuple[str, ...]]:
        """Metric → the metrics that call it related, by name."""
        found: dict[str, dict[str, None]] = {}
        for metric in self.catalog.metrics.values():
            for item in metric.related_metrics:
                found.setdefault(item.name, {})[metric.name] = None
        return {name: tuple(names) for name, names in found.items()}


def open_project(
    path: Path,
    *,
    cache: Path | None = None,
    executor: Executor | None = None,
    without: Path | None = None,
) -> Project:
    """The project whose `plumbline.yml` is in `path` or above it.

    Args:
        path: A folder of the project.
        cache: The file in which lineage is kept between runs; `CACHE` in the project unless told.
        executor: Where many texts that are not in the cache are traced, as in `tracing_processes`; in this
            process unless told.
        without: A source that is left out, because the project is held against it.

    Raises:
        CatalogError: there is none, or it cannot be used. Anything wrong with the content is kept in the
            project, for the checks.
    """
    root = find_project(path)
    settings, misfits = read_settings(root)
    if without is not None:
        others = (each for each in settings.sources if (root / each.path).resolve() != without.resolve())
        settings = settings.model_copy(update={"sources": tuple(others)})
    project = read_project(root, (settings, misfits), cache or root / CACHE, executor)
    if cache is None:
        _keep_out_of_version_control(root / CACHE.parts[0])
    return with_code_owners(project, root)


def _keep_out_of_version_control(folder: Path) -> None:
    """Tells git to leave out what is kept between runs. Where nothing may be written, nothing is kept."""
    file = folder / ".gitignore"
    with suppress(OSError):
        if folder.is_dir() and not file.exists():
            file.write_text("*\n", "utf-8", newline="\n")


def with_code_owners(project: Project, root: Path) -> Project:
    """The project with the code owners that its repository names today, where its teams say who they are."""
    if not any(team.code_owner for team in project.catalog.teams.values()):
        return project
    files = (thing.origin.file for thing in project.catalog.things())
    return replace(project, code_owners=code_owners_of(root, files))


def read_project(
    root: Path,
    read: tuple[Settings, tuple[Misfit, ...]],
    cache: Path,
    executor: Executor | None,
    *,
    is_judged: bool = True,
) -> Project:
    """The project in a folder, given its settings and what does not fit in them; traced, or judged too."""
    settings, misfits = read
    with seldom_collecting(), closing(Cache(cache)) as kept:
        engine = remembering(Memory(kept, engine_version()), executor)
        definitions = written_definitions(root, settings, kept)
        history, unread = read_history(root)
        certificates, damaged = read_certificates(root)
        record, lost = read_record(root)
        misfits = (*misfits, *definitions.misfits, *unread, *damaged, *lost)
        definitions = replace(definitions, misfits=misfits)
        traced = trace_project(definitions, settings, engine)
        judged = judge(traced, engine) if is_judged else traced
        project = with_certificates(judged, certificates, kept)
    states = dated(record, project.catalog.metrics) if record else {}
    return replace(project, history=history, dated=states, notes=kept.notes)


def written_definitions(root: Path, settings: Settings, kept: Kept) -> Definitions:
    """What is written by hand, completed by what the sources of the settings say."""
    return merge(load_definitions(root, settings), import_sources(root, settings, kept), settings.naming)


def with_certificates(
    project: Project, certificates: tuple[Certificate, ...], kept: Kept | None = None
) -> Project:
    """The project with what its certificates are worth now; what texts mean is kept in `kept`."""
    naming = project.settings.naming
    certified = hold_to_certificates(project.catalog, project.lineage, naming, certificates, kept)
    return replace(project, certificates=certificates, certified=certified)


def assemble(definitions: Definitions, settings: Settings, engine: Engine | None = None) -> Project:
    """Definitions as written, traced and judged. Pure, but for what the engine does to be quick."""
    engine = engine or for_one_run()
    return judge(trace_project(definitions, settings, engine), engine)


def trace_project(definitions: Definitions, settings: Settings, engine: Engine) -> Project:
    """Definitions as written, with their lineage: all that comparing two states of a project asks for."""
    catalog = resolve(definitions, settings.naming)
    lineage = build_lineage(catalog, trace(catalog, settings, engine))
    described = carry_known_issues(inherit(catalog, lineage), lineage)
    return Project(settings, described, lineage, observed=observed_texts(lineage.traced.texts))


def judge(project: Project, engine: Engine) -> Project:
    """A traced project with its metrics held to their SQL, their examples, each other and themselves."""
    catalog, lineage, settings = project.catalog, project.lineage, project.settings
    return replace(
        project,
        examples=run_examples(catalog, lineage, settings, engine),
        conformance=hold_to_sql(catalog, lineage, settings, engine),
        twins=find_twins(catalog, lineage, settings, engine),
        own_faults=hold_to_themselves(catalog, settings, engine),
        times=hold_times(catalog, lineage, settings, engine),
    )
