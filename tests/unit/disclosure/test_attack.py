"""The attack itself: it finds what can be found, and breaks rules that look at one figure at a time."""

import pytest

from attack import Attack, Cell, disclosed
from caseness.disclosure import NHS_ENGLAND, PUBLIC
from small_tables import LEVELS, Leaf, cells, let_out, tell


def small(truth):
    return 0 < truth < 5


def test_an_attack_finds_what_is_left():
    attack = Attack()
    attack.is_told(["a"], 0, 4)
    attack.is_told(["b"], 0, 4)
    attack.is_told(["a", "b"], 7, 7)
    assert attack.finds(["a"]) == (3, 4)
    attack.is_told_a_share(["a"], ["a", "b"], 57, 58)
    assert attack.finds(["a"]) == (4, 4)


def test_a_count_is_disclosed_where_few_values_are_left():
    attack = Attack()
    attack.is_told(["a"], 2, 3)
    found = [Cell("a", 2, ("a",)), Cell("none", 0, ("a",))]
    assert disclosed(attack, found, small, 3) == {"a": (2, 3)}
    assert disclosed(attack, found, small, 2) == {}


def test_what_cannot_have_been_released_is_noticed():
    attack = Attack()
    attack.is_told(["a"], 5, 4)
    with pytest.raises(AssertionError, match="nothing can have been released"):
        attack.finds(["a"])


# The worked example of docs/explanation/disclosure.md: one board with two providers, and all that ended in a month.
FIRST, SECOND = Leaf("RX1", "11A", "QAA", "Y99"), Leaf("RX2", "11A", "QAA", "Y99")
EXAMPLE = {FIRST: (2, 3, 0, 4, 0, 5), SECOND: (1, 4, 0, 4, 0, 7)}


def test_the_example_of_the_manual():
    """England's 8 reliable recoveries are exact. Two providers with a star have at most 4 each: so each has 4."""
    released = let_out(EXAMPLE, NHS_ENGLAND, ("england", "provider"))
    shown = {(row["figure_id"], row["organisation"]): (row["low"], row["high"]) for row in released}
    assert [shown["M193", one] for one in ("ENGLAND", "RX1", "RX2")] == [(8, 8), (0, 4), (0, 4)]
    assert [shown["M075", one] for one in ("ENGLAND", "RX1", "RX2")] == [(7, 7), (0, 4), (0, 4)]
    attack = Attack()
    tell(attack, EXAMPLE, released, {})
    found = disclosed(attack, cells(EXAMPLE, ("provider",), {}), small, 3)
    assert found["M193", "provider", "RX1", None, None] == (4, 4)
    assert found["M075", "provider", "RX2", None, None] == (3, 4)


def test_the_example_of_the_manual_holds_under_our_own_rules():
    released = let_out(EXAMPLE, PUBLIC, ("england", "provider"))
    shown = {(row["figure_id"], row["organisation"]): (row["low"], row["high"]) for row in released}
    assert shown["M193", "ENGLAND"] == (0, 8)
    attack = Attack()
    tell(attack, EXAMPLE, released, {})
    assert disclosed(attack, cells(EXAMPLE, ("provider",), {}), small, 5) == {}


def test_two_releases_of_nhs_england_tell_what_was_added():
    """England rises by one, one provider turns from a star to 5, and nothing else has changed: it had 4, and has 5."""
    before = {Leaf(f"RX{n}", "11A", "QAA", "Y99"): (4 if n == 1 else 9, 0, 0, 0, 0, 0) for n in range(1, 5)}
    moved = next(iter(before))
    after = {**before, moved: (5, 0, 0, 0, 0, 0)}
    attack = Attack()
    tell(attack, before, let_out(before, NHS_ENGLAND, ("england", "provider")), {})
    tell(attack, after, let_out(after, NHS_ENGLAND, ("england", "provider")), {moved: 1})
    assert attack.finds([(moved, "untreated", 0)]) == (4, 4)


def test_two_releases_of_ours_do_not():
    before = {Leaf(f"RX{n}", "11A", "QAA", "Y99"): (4 if n == 1 else 9, 0, 0, 0, 0, 0) for n in range(1, 5)}
    moved = next(iter(before))
    after = {**before, moved: (5, 0, 0, 0, 0, 0)}
    attack = Attack()
    tell(attack, before, let_out(before, PUBLIC, LEVELS), {})
    tell(attack, after, let_out(after, PUBLIC, LEVELS), {moved: 1})
    assert attack.finds([(moved, "untreated", 0)]) == (0, 4)
