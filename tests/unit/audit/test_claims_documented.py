"""The reference page of claims lists all that a file may say and all that a judgement holds."""

from dataclasses import fields

import pytest

from caseness.audit.claims import MEANINGS, Judgement
from caseness.audit.claims.problems import BASES_OF
from caseness.audit.claims.room import RELATIONS
from caseness.audit.claims.schema import BREAKDOWN_KEYS, KEYS, NEEDS_KEYS


@pytest.fixture(scope="module")
def page(repository):
    return (repository / "docs" / "reference" / "claims.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", KEYS)
def test_every_key(page, key):
    assert f"`{key}`" in page


@pytest.mark.parametrize("name", [name for name in KEYS if name not in ("numerator", "denominator")])
def test_every_word_that_a_key_may_hold(page, name):
    assert [word for word in KEYS[name].words if f"`{word}`" not in page] == []


def test_every_key_of_an_inner_table(page):
    assert [key for key in (*BREAKDOWN_KEYS, *NEEDS_KEYS) if key not in page] == []


@pytest.mark.parametrize("verdict", MEANINGS)
def test_every_verdict_with_its_meaning(page, verdict):
    assert f"| {verdict} | {MEANINGS[verdict]} |" in page


def test_every_field_of_a_judgement(page):
    assert [one.name for one in fields(Judgement) if f"`{one.name}`" not in page] == []


def test_every_relation_between_counts(page):
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    for relation in RELATIONS:
        assert any(all(f"`{name}`" in row for name in (relation.whole, *relation.parts)) for row in rows), relation


def test_every_basis(page):
    assert [basis for bases in BASES_OF.values() for basis in bases if f"`{basis}`" not in page] == []
