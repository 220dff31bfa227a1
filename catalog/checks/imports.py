"""Checks of what is imported: what could not be taken over, and what disagrees."""

from __future__ import annotations

from collections.abc import Iterator

from ..project import Project
from ..settings import Severity
from .files import misfits_of
from .frame import Problem, check


@check("FL007", "incomplete-import", Severity.WARNING)
def incomplete_import(project: Project) -> Iterator[Problem]:
    """Something of an imported source could not be taken over.

    ## Why
    What another tool left out or wrote in a way that is not known would be missing without a word.

    ## Bad
    A model that dbt has not compiled: what its macros write is not known.
    ```yaml plumbline.yml
    name: Example
    sources: [{importer: dbt, path: target}]
    ```
    ```json target/manifest.json
    {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"},
     "nodes": {"model.shop.queue": {
       "relation_name": "`ops`.`queue`", "description": "Work that waits for a reviewer.", "group": "ops",
       "columns": {"item": {"description": "Piece of content to look at."}},
       "raw_code": "SELECT 1 AS item"}}}
    ```

    ## Good
    ```yaml plumbline.yml
    name: Example
    sources: [{importer: dbt, path: target}]
    ```
    ```json target/manifest.json
    {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"},
     "nodes": {"model.shop.queue": {
       "relation_name": "`ops`.`queue`", "description": "Work that waits for a reviewer.", "group": "ops",
       "columns": {"item": {"description": "Piece of content to look at."}},
       "raw_code": "SELECT 1 AS item", "compiled_code": "SELECT 1 AS item"}}}
    ```
    """
    return misfits_of(project, "FL007")


@check("FL008", "sources-disagree", Severity.WARNING)
def sources_disagree(project: Project) -> Iterator[Problem]:
    """A definition and an imported source, or two sources, state different facts.

    ## Why
    What is written by hand goes before what is imported, and an earlier source before a later one. One of the
    two is wrong all the same. Words may differ: only facts are compared (owner, kind, types, keys, formulas).

    ## Bad
    ```yaml plumbline.yml
    name: Example
    sources: [{importer: dbt, path: target}]
    ```
    ```json target/manifest.json
    {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"},
     "nodes": {"model.shop.queue": {
       "relation_name": "`ops`.`queue`", "config": {"materialized": "view"},
       "columns": {"item": {"description": "Piece of content to look at."}},
       "compiled_code": "SELECT 1 AS item"}}}
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        kind: table
    ```

    ## Good
    ```yaml plumbline.yml
    name: Example
    sources: [{importer: dbt, path: target}]
    ```
    ```json target/manifest.json
    {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"},
     "nodes": {"model.shop.queue": {
       "relation_name": "`ops`.`queue`", "config": {"materialized": "view"},
       "columns": {"item": {"description": "Piece of content to look at."}},
       "compiled_code": "SELECT 1 AS item"}}}
    ```
    ```yaml
    tables:
      - name: ops.queue
        owner: ops
        description: Work that waits for a reviewer.
        kind: view
    ```
    """
    return misfits_of(project, "FL008")
