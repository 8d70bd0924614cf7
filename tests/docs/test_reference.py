"""What the code has, the manual has: every command, setting, error, count, step, layout and rule."""

from dataclasses import fields
from difflib import unified_diff

import make_reference
import numpy as np
import pytest
from reference_pages import COLUMN_MEANINGS, error_classes
from reference_tables import glossary_terms

from caseness import results
from caseness.audit.claims import VERDICTS
from caseness.audit.counts import COUNTS
from caseness.audit.identity_table import IDENTITIES
from caseness.audit.ledger import STEPS
from caseness.audit.terms import formulas
from caseness.check import NOT_CHECKED, RULES, SEVERITIES
from caseness.cli.table import COMMANDS
from caseness.codes import code_lists
from caseness.derive import ASSUMED, NOT_DERIVABLE, derivations
from caseness.instruments import instruments
from caseness.measures import CHAPTERS, all_official, all_variables
from caseness.measures.annual import COURSES, READINGS, all_fields, fields_of, status_of_field
from caseness.measures.errata import errata_of
from caseness.programme import load, programme_names
from caseness.published.layouts import LAYOUTS
from caseness.published.names import all_figures
from caseness.read.practice import COLUMNS
from caseness.read.practice.choices import CHOICES
from caseness.record import TABLES
from caseness.settings import Settings
from caseness.stats.spc import judge
from caseness.synthetic.appointments import REASONS
from caseness.synthetic.behaviour import numbers
from caseness.synthetic.planting import KINDS
from caseness.web.variables import VARIABLES
from house.source_tree import ROOT

DOCS = ROOT / "docs"
PAGES = {page.relative_to(DOCS).as_posix(): page.read_text() for page in DOCS.rglob("*.md")}
ENGLAND = load("england")


def page(name):
    return PAGES[f"reference/{name}.md"]


def missing(names, text):
    return [name for name in names if f"`{name}`" not in text]


def differences(path, text):
    """What stands in the page and not in the code, and the reverse, as lines of a diff."""
    return list(unified_diff(path.read_text().splitlines(), text.splitlines(), path.name, "code", lineterm="", n=0))


def test_a_generated_page_is_what_the_code_says():
    pages = make_reference.pages()
    assert len(pages) == 50
    differing = [line for path, text in pages.items() for line in differences(path, text)]
    assert not differing, "\n".join(["Run `make docs`.", *differing])


def test_every_command_is_in_the_manual():
    assert not [one.name for one in COMMANDS if f"## caseness {one.name}\n" not in page("commands")]
    assert "## caseness claims check\n" in page("commands")
    assert "## caseness releases show\n" in page("commands")


def test_every_command_is_used_somewhere_outside_the_reference():
    used = "".join(text for name, text in PAGES.items() if not name.startswith("reference/"))
    assert not [one.name for one in COMMANDS if f"caseness {one.name}" not in used]


def test_every_setting_is_in_the_manual():
    names = [one.name for one in fields(Settings)]
    assert not missing([*names, *(f"CASENESS_{name.upper()}" for name in names)], page("settings"))


def test_every_setting_of_the_application_is_in_the_manual():
    assert not missing([one.full_name for one in VARIABLES], page("web-settings"))


def test_every_error_is_in_the_manual():
    kinds = error_classes()
    assert len(kinds) >= 9
    assert not missing([kind.__name__ for kind in kinds], page("errors"))
    assert not [kind for kind in kinds if f"| {kind.exit_code} |" not in page("errors")]


def test_no_two_kinds_of_error_share_an_exit_code():
    codes = [kind.exit_code for kind in error_classes()]
    assert len(codes) == len(set(codes))


def test_every_column_of_a_figure_is_explained():
    assert list(COLUMN_MEANINGS) == list(results.COLUMNS)
    names = [*results.COLUMNS, *results.LEVELS, *results.REASONS, *results.BASES]
    assert not missing(names, page("results"))


def test_every_figure_is_in_the_manual():
    assert not missing([*all_figures(), *(one.name for one in all_figures().values())], page("figures"))


def test_every_count_and_step_is_in_the_manual():
    assert not missing([*COUNTS, *(step.id for step in STEPS)], page("counts"))


def test_every_rate_is_in_the_manual():
    assert not missing([one.text for one in formulas()], page("counts"))


def test_every_identity_is_in_the_manual():
    assert not missing([one.id for one in IDENTITIES], page("identities"))


def test_every_layout_is_in_the_manual():
    assert not missing([one.id for one in LAYOUTS], page("layouts"))
    assert not missing([name for one in LAYOUTS for name in one.columns.values()], page("layouts"))


@pytest.mark.parametrize("kind", ["stages", "measures", "outcomes", "targets", "breaks"])
def test_every_rule_of_the_programme_is_in_the_manual(kind):
    assert not missing([one.id for one in getattr(ENGLAND, kind)], page("programme"))


@pytest.mark.parametrize("name", [name for name in programme_names() if name != "england"])
def test_every_other_programme_has_a_page_with_what_is_unknown(name):
    other = load(name)
    text = page(f"programme-{name.replace('_', '-')}")
    named = [one.id for one in (*other.stages, *other.measures, *other.outcomes, *other.what_is_unknown())]
    assert not missing([*named, *(one.code for one in other.end_codes)], text)
    assert not [one.id for one in other.what_is_unknown() if one.unknown not in text]
    assert not [one.id for one in (*other.stages, *other.measures, *other.outcomes) if one.source not in text]


def test_every_column_of_the_practice_sheet_is_in_the_manual():
    named = [name for column in COLUMNS for name in (column.id, *column.names)]
    words = [
        word
        for choice in CHOICES.values()
        for group in (choice.words, choice.rough)
        for of in group.values()
        for word in of
    ]
    assert not missing([*named, *words, *CHOICES], page("practice-sheet"))
    assert not [column.help for column in COLUMNS if column.help not in page("practice-sheet")]


def test_every_end_code_is_in_the_manual():
    assert not missing([one.figure_id for one in ENGLAND.end_codes], page("programme"))
    assert not missing([one.code for one in ENGLAND.end_codes if one.code], page("programme"))


@pytest.mark.parametrize("target", ENGLAND.targets, ids=lambda target: target.id)
def test_a_target_says_whether_it_was_verified(target):
    section = page("programme").partition("## Targets")[2]
    line = next(line for line in section.splitlines() if line.startswith(f"| `{target.id}` |"))
    assert f"| {'yes' if target.verified else 'no'} |" in line
    assert (target.source or target.reason) in line


@pytest.mark.parametrize("one", instruments(), ids=lambda one: one.id)
def test_a_questionnaire_says_what_was_verified_and_why_the_rest_was_not(one):
    section = page("instruments").partition(f"\n## {one.short_name}\n")[2].partition("\n## ")[0]
    assert not missing([one.id], page("instruments"))
    assert [part for part in one.everything if part.verified and f"| yes | {part.source} |" in section] == [
        part for part in one.everything if part.verified
    ]
    assert not [part.reason for part in one.everything if part.reason not in section]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_every_table_and_column_of_the_record_is_in_the_manual(table):
    section = page("tables").partition(f"\n## {table.id}\n")[2].partition("\n## ")[0]
    assert table.meaning in section
    lines = {line.split("|")[1].strip(): line for line in section.splitlines() if line.startswith("| `")}
    assert list(lines) == [f"`{column.name}`" for column in table.columns]
    assert not [column.name for column in table.columns if column.meaning not in lines[f"`{column.name}`"]]


@pytest.mark.parametrize("codes", code_lists(), ids=lambda codes: codes.id)
def test_every_code_list_and_code_is_in_the_manual(codes):
    section = page("codes").partition(f"\n## {codes.id}\n")[2].partition("\n## ")[0]
    assert codes.source in section
    assert codes.reason in section
    assert not [each.code for each in codes.codes if f"| `{each.code}` | {each.meaning} |" not in section]


def test_every_rule_of_checking_is_in_the_manual():
    assert not missing([rule.id for rule in RULES], page("rules"))
    assert not missing(SEVERITIES, page("rules"))
    assert not [says for _, says, _ in NOT_CHECKED if says not in page("rules")]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.id)
def test_every_official_measure_is_in_the_manual_with_its_status_and_errata(chapter):
    for measure in chapter.measures:
        section = page(f"measures-{chapter.id}").partition(f"\n## {measure.id}\n")[2].partition("\n## ")[0]
        assert measure.title in section
        assert f"`{all_official()[measure.id].name}`" in section
        assert not [one.number for one in errata_of(measure.id) if f"Erratum {one.number}:" not in section]
        assert f"| `{measure.id}` | {measure.title} |" in page("measures")


def test_every_variable_is_in_the_manual_with_its_values_and_errata():
    for variable in all_variables().values():
        section = page("breakdowns").partition(f"\n## {variable.id}\n")[2].partition("\n## ")[0]
        rows = [f"| {value.within} | {value.label or 'as a whole'} |" for value in variable.values]
        assert not [row for row in rows if row not in section]
        assert not [one.number for one in errata_of(variable.id) if f"Erratum {one.number}:" not in section]


def test_every_verdict_is_explained():
    assert not [verdict for verdict in VERDICTS if f"**{verdict.capitalize()}" not in PAGES["explanation/claims.md"]]


def test_every_word_of_the_glossary_has_a_heading():
    terms = glossary_terms()
    assert len(terms) > 50
    assert len(terms) == len({term.casefold() for term in terms})
    assert not [term for term in terms if f"\n### {term}\n" not in page("glossary")]


def test_stable_charts_signal_as_often_as_the_manual_says():
    "Of stable charts of 63 months, 46 % show a signal by chance. Drawn again here."
    generator = np.random.default_rng(63)
    signalled = [judge(generator.normal(size=63)).is_special.any() for _ in range(1500)]
    assert 0.42 < np.mean(signalled) < 0.50
    assert "46 %" in PAGES["explanation/trends.md"]


def test_every_number_of_synthetic_behaviour_and_planted_error_is_in_the_manual():
    from_code = [*(one.name for one in numbers()), *(kind.name for kind in KINDS), *REASONS]
    assert not missing(from_code, page("synthetic"))


def test_every_derivation_and_every_assumed_rule_is_in_the_manual():
    text = page("derivations")
    assert len(derivations()) > 100
    assert not missing([one.name for one in derivations()], text)
    assert not missing([rule.id for rule in ASSUMED], text)
    assert not missing([name for one in NOT_DERIVABLE for name in one.names], text)


def test_every_field_of_the_annual_report_is_on_its_page_with_where_it_stands():
    """None is silently absent: each is exact, or rests on rules and readings that are explained."""
    text = page("annual-report")
    assert not missing([one.printed for one in all_fields()], text)
    for one in all_fields():
        assert f"| {status_of_field(one)} |" in text, one
    named = {reading_id for one in (*all_fields(), *fields_of(COURSES)) for reading_id in one.readings}
    assert named == {one.id for one in READINGS}
    assert not missing(named, text)
