"""Numbers in words, sentences, and what is refused."""

import pytest

from caseness.audit.quantity import Quantity, nothing
from caseness.audit.spelling import spell
from caseness.report.page import lay_out
from caseness.report.pointers import Held
from caseness.report.sentence import say
from caseness.report.table import Table, numbers, words, write_csv


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (Quantity(0.0, 0.0, 0.0), "0"),
        (Quantity(-2.0, -2.0, -2.0), "−2"),
        (Quantity(-0.01, -0.01, -0.01, "percentage"), "0.0 %"),
        (Quantity(1234567.0, 1234567.0, 1234567.0), "1,234,567"),
        (Quantity(None, 0.0, 4.0, "count", "suppressed"), "0 to 4 (suppressed)"),
        (Quantity(5.0, 5.0, 7.0), "5 to 7"),
        (Quantity(50.25, 50.25, 50.25, "percentage"), "50.3 %"),
        (Quantity(50.2, 50.15, 50.25, "percentage"), "50.2 %"),
        (Quantity(45.0, 44.5, 45.5, "percentage"), "44.5 to 45.5 %"),
        (Quantity(None, 0.0, 100.0, "percentage", "suppressed"), "0.0 to 100.0 %"),
        (Quantity(18.3, 18.25, 18.35, "days"), "18.3 days"),
        (Quantity(-1.2, -1.2, -1.2, "percentage points"), "−1.2 points"),
        (Quantity(2.5, 2.0, None, "ratio"), "2.00 to any number"),
        (nothing(), "not published"),
        (nothing("percentage", "not_applicable"), "n/a"),
    ],
)
def test_a_quantity_reads_as_what_is_known_of_it(quantity, expected):
    assert spell(quantity).replace("\N{NO-BREAK SPACE}", " ") == expected


def test_a_rise_can_be_written_with_its_sign():
    assert spell(Quantity(1.2, 1.2, 1.2, "ratio"), sign=True) == "+1.20"
    assert spell(Quantity(0.0, 0.0, 0.0), sign=True) == "0"


def test_a_number_that_is_no_part_of_the_audit_has_no_place_on_the_page(england):
    pointers = lay_out(england).pointers
    with pytest.raises(AssertionError, match="Not a part of the audit"):
        pointers.find(Quantity(1.0, 1.0, 1.0))
    assert pointers.find(england.ledgers[0].lines[0].count) == "/ledgers/0/lines/0/count"
    assert pointers.find(Held(england.rates.reproduction[0], "printed")) == "/rates/reproduction/0/printed"


def test_a_sentence_reads_as_one_text():
    assert say("Of ", Quantity(3.0, 3.0, 3.0), " people.").text == "Of 3 people."


def test_a_row_must_have_a_cell_for_each_column():
    with pytest.raises(AssertionError, match="1 cells for 2 columns"):
        Table("t", "A table", (words("a", "A"), numbers("b", "B")), (("only one",),))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_csv_text_that_begins_like_a_formula_is_marked_as_text(text):
    assert write_csv(["a"], [[text]]).splitlines()[1].strip('"').startswith("'")


def test_csv_numbers_are_never_marked():
    assert write_csv(["a"], [[-1.0], [None], [0.5]]) == 'a\n-1\n""\n0.5\n'
