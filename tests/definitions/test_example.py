"""What the example promises: complete, without findings, easy to find one's way in, and true to the DSA."""

import datetime
import re
from pathlib import Path

import pytest

from catalog import CHECKS, Audience, Layer, Project, run_checks

ROOT = Path(__file__).parents[2]
LAST_LOOK = datetime.date(2026, 11, 22)
"""A day on which the checks look; no finding depends on it."""


def test_nothing_is_found_and_nothing_is_waived(example: Project) -> None:
    assert list(run_checks(example, CHECKS, today=LAST_LOOK)) == []
    assert example.settings.waivers == ()


def test_the_example_is_complete(example: Project) -> None:
    catalog = example.catalog
    derived = {text.table for text in catalog.sql}
    assert (len(catalog.tables), len(derived), len(catalog.metrics)) == (47, 28, 45)
    assert (len(catalog.reports), len(catalog.teams)) == (13, 6)
    assert len(catalog.terms) >= 32
    sources = {
        name for name, table in catalog.tables.items() if table.layer in {Layer.SOURCE, Layer.REFERENCE}
    }
    assert sources == set(catalog.tables) - derived


def test_every_table_that_is_built_has_a_job_with_a_schedule(example: Project) -> None:
    views = {"staging.stg_notice_items", "report.partner_scorecard_weekly"}
    built = {table for job in example.catalog.jobs.values() for table in job.tables if job.schedule}
    assert {text.table for text in example.catalog.sql} - built == views


def test_a_file_is_found_in_one_guess(example: Project) -> None:
    for metric in example.catalog.metrics.values():
        folder = (metric.domain or "").replace(" ", "_")
        assert metric.origin.file == f"definitions/{folder}/metrics/{metric.name}.yml"
    for table in example.catalog.tables.values():
        folder = (table.domain or "").replace(" ", "_")
        name = table.name.partition(".")[2].removesuffix("_*")
        assert table.origin.file == f"definitions/{folder}/{name}.yml"
        if table.sql:
            assert table.sql == f"{name}.sql"


@pytest.mark.parametrize(
    "key",
    ["worked_example", "limitations", "do_not_use_for", "includes", "excludes", "matures_after",
     "time_anchor", "target", "related_metrics", "formula", "population", "purpose", "certification",
     "last_reviewed"],
)  # fmt: skip
def test_every_metric_that_partners_see_says(key: str, example: Project) -> None:
    shown = [metric for metric in example.catalog.metrics.values() if metric.audience is Audience.PARTNER]
    assert [metric.name for metric in shown if not getattr(metric, key)] == []


def test_every_dimension_and_time_anchor_is_a_column_of_the_source(example: Project) -> None:
    for metric in example.catalog.metrics.values():
        columns = {column.name for column in example.catalog.tables[metric.source or ""].columns}
        assert {*metric.dimensions, metric.time_anchor} <= {*columns, None}, metric.name


def test_what_is_about_single_members_of_staff_is_restricted(example: Project) -> None:
    for table in example.catalog.tables.values():
        person_level = any(column.name == "moderator_id" for column in table.columns)
        if person_level and table.domain in {"workforce", "wellbeing"}:
            assert table.audience is Audience.RESTRICTED, table.name
        assert not person_level or table.audience is not Audience.PARTNER, table.name


def test_copied_columns_are_described_once(example: Project) -> None:
    copies = [
        column for table in example.catalog.tables.values() for column in table.columns if column.inherit
    ]
    assert len(copies) >= 60
    assert [column.name for column in copies if not column.description or not column.inherited_from] == []


KEYWORDS = {
    "ANIMAL_WELFARE": "ANIMAL_HARM UNLAWFUL_SALE_ANIMALS",
    "CONSUMER_INFORMATION": "HIDDEN_ADVERTISEMENT INSUFFICIENT_INFORMATION_ON_TRADERS "
    "MISLEADING_INFO_GOODS_SERVICES MISLEADING_INFO_CONSUMER_RIGHTS NONCOMPLIANCE_PRICING",
    "CYBER_VIOLENCE": "CYBER_BULLYING_INTIMIDATION CYBER_HARASSMENT CYBER_INCITEMENT CYBER_STALKING "
    "NON_CONSENSUAL_IMAGE_SHARING NON_CONSENSUAL_MATERIAL_DEEPFAKE",
    "CYBER_VIOLENCE_AGAINST_WOMEN": "BULLYING_AGAINST_GIRLS CYBER_HARASSMENT_AGAINST_WOMEN "
    "CYBER_STALKING_AGAINST_WOMEN FEMALE_GENDERED_DISINFORMATION INCITEMENT_AGAINST_WOMEN "
    "NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN",
    "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS": "BIOMETRIC_DATA_BREACH DATA_FALSIFICATION "
    "MISSING_PROCESSING_GROUND RIGHT_TO_BE_FORGOTTEN",
    "ILLEGAL_OR_HARMFUL_SPEECH": "DEFAMATION DISCRIMINATION HATE_SPEECH",
    "INTELLECTUAL_PROPERTY_INFRINGEMENTS": "COPYRIGHT_INFRINGEMENT DESIGN_INFRINGEMENT "
    "GEOGRAPHIC_INDICATIONS_INFRINGEMENT PATENT_INFRINGEMENT TRADE_SECRET_INFRINGEMENT "
    "TRADEMARK_INFRINGEMENT",
    "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS": "MISINFORMATION_DISINFORMATION VIOLATION_EU_LAW "
    "VIOLATION_NATIONAL_LAW",
    "PROTECTION_OF_MINORS": "AGE_SPECIFIC_RESTRICTIONS_MINORS CHILD_SEXUAL_ABUSE_MATERIAL "
    "CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE GROOMING_SEXUAL_ENTICEMENT_MINORS UNSAFE_CHALLENGES",
    "RISK_FOR_PUBLIC_SECURITY": "ILLEGAL_ORGANIZATIONS RISK_ENVIRONMENTAL_DAMAGE RISK_PUBLIC_HEALTH "
    "TERRORIST_CONTENT",
    "SCAMS_AND_FRAUD": "IMPERSONATION_ACCOUNT_HIJACKING INAUTHENTIC_ACCOUNTS INAUTHENTIC_LISTINGS "
    "INAUTHENTIC_USER_REVIEWS PHISHING PYRAMID_SCHEMES",
    "SELF_HARM": "CONTENT_PROMOTING_EATING_DISORDERS SELF_MUTILATION SUICIDE",
    "UNSAFE_AND_PROHIBITED_PRODUCTS": "PROHIBITED_PRODUCTS UNSAFE_PRODUCTS",
    "VIOLENCE": "COORDINATED_HARM INCITEMENT_VIOLENCE_HATRED HUMAN_EXPLOITATION HUMAN_TRAFFICKING "
    "TRAFFICKING_WOMEN_GIRLS",
    "OTHER_VIOLATION_TC": "ADULT_SEXUAL_MATERIAL AGE_SPECIFIC_RESTRICTIONS GEOGRAPHICAL_REQUIREMENTS "
    "GOODS_SERVICES_NOT_PERMITTED LANGUAGE_REQUIREMENTS NUDITY",
    "NOT_SPECIFIED_ORDER": "",
    "NOT_SPECIFIED_NOTICE": "",
}
"""The categories in the order of the template, each with its keywords; OTHER is in the first 15."""

DSA = {
    "dsa-category": [f"STATEMENT_CATEGORY_{name}" for name in KEYWORDS],
    "dsa-keyword": sorted(
        {f"KEYWORD_{word}" for words in KEYWORDS.values() for word in [*words.split(), "OTHER"]}
    ),
    "dsa-decision-visibility": [
        *(
            f"DECISION_VISIBILITY_CONTENT_{what}"
            for what in (
                "REMOVED", "DISABLED", "DEMOTED", "AGE_RESTRICTED", "INTERACTION_RESTRICTED", "LABELLED",
            )
        ),
        "DECISION_VISIBILITY_OTHER",
    ],
    "dsa-decision-monetary": [
        f"DECISION_MONETARY_{what}" for what in ("SUSPENSION", "TERMINATION", "OTHER")
    ],
    "dsa-decision-provision": [
        f"DECISION_PROVISION_{how}_{what}"
        for what in ("SUSPENSION", "TERMINATION")
        for how in ("PARTIAL", "TOTAL")
    ],
    "dsa-decision-account": ["DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED"],
    "dsa-account-type": ["ACCOUNT_TYPE_BUSINESS", "ACCOUNT_TYPE_PRIVATE"],
    "dsa-decision-ground": [
        f"DECISION_GROUND_{what}_CONTENT" for what in ("ILLEGAL", "INCOMPATIBLE")
    ],
    "dsa-content-type": [
        f"CONTENT_TYPE_{what}"
        for what in ["APP", "AUDIO", "IMAGE", "PRODUCT", "SYNTHETIC_MEDIA", "TEXT", "VIDEO", "OTHER"]
    ],
    "dsa-source-type": [
        "SOURCE_ARTICLE_16", "SOURCE_TRUSTED_FLAGGER", "SOURCE_TYPE_OTHER_NOTIFICATION", "SOURCE_VOLUNTARY",
    ],
    "dsa-automated-detection": ["Yes", "No"],
    "dsa-automated-decision": [
        f"AUTOMATED_DECISION_{how}" for how in ("FULLY", "PARTIALLY", "NOT_AUTOMATED")
    ],
    "dsa-territory": (
        [
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
            "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
        ]
    ),
}  # fmt: skip
"""Name of an enumeration → the values that the public database of statements of reasons accepts."""


@pytest.mark.parametrize("name", DSA)
def test_a_list_of_the_dsa_is_the_real_one(name: str, example: Project) -> None:
    values = [str(value.value) for value in example.catalog.enums[name].values]
    assert sorted(values) == sorted(DSA[name])


def test_every_list_of_the_dsa_is_held_to_the_real_one(example: Project) -> None:
    ours = {"dsa-yes-no", "dsa-category-use"}
    assert {name for name in example.catalog.enums if name.startswith("dsa-")} - ours == set(DSA)


def test_categories_stand_in_the_order_of_the_template(example: Project) -> None:
    assert [value.value for value in example.catalog.enums["dsa-category"].values] == DSA["dsa-category"]


def test_texts_of_the_example_name_no_table_that_is_gone(example: Project) -> None:
    schemas = {name.partition(".")[0] for name in example.catalog.tables}
    named = re.compile(rf"`((?:{'|'.join(sorted(schemas))})\.\w+)`")
    for file in sorted((ROOT / "definitions").rglob("*.yml")):
        for name in named.findall(file.read_text("utf-8")):
            assert name in example.catalog.tables, f"{file.name}: {name}"
