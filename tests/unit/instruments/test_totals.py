"""A total in a record is text: a legal number, a legal word, or neither, with the reason"""

from datetime import date

import pytest

from caseness.instruments import by_snomed, instrument, parse_answer, parse_total

TOTALS = """
questionnaire            | text  | value | reason
phq9                     | 0     | 0     |
phq9                     | 27    | 27    |
phq9                     | 09    | 9     |
phq9                     | 28    |       | out of range 0 to 27
phq9                     | -1    |       | out of range 0 to 27
phq9                     | 9.0   |       | not a whole number
phq9                     | 1e1   |       | not a number
phq9                     | +9    |       | not a number
phq9                     | ٩     |       | not a number
phq9                     | NaN   |       | not a number
phq9                     | 9,5   |       | not a number
phq9                     | 9.    |       | not a number
phq9                     |       |       | blank
mobility_inventory_alone | 2.35  | 2.35  |
mobility_inventory_alone | 2     | 2     |
mobility_inventory_alone | 2.355 |       | more than 2 decimals
mobility_inventory_alone | 0.99  |       | out of range 1 to 5
dds                      | 3.4   | 3.4   |
dds                      | 34    |       | out of range 1 to 6
phobia_scales            | 4     |       | not one of the answers
"""

ANSWERS = """
code            | text | value | word | reason
932621000000100 | 8    | 8     |      |
932621000000100 | 9    |       | 9    |
932581000000100 | 9    |       |      | out of range 0 to 8
748161000000109 | y    |       | Y    |
748161000000109 | 1    |       |      | not one of the answers
747951000000108 | NA   |       | NA   |
747941000000105 | NA   |       |      | not a number
747951000000108 | 4    | 4     |      |
"""


def rows(text):
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()[1:]]


@pytest.mark.parametrize(("name", "text", "value", "reason"), rows(TOTALS))
def test_a_total_is_a_number_or_says_why_not(name, text, value, reason):
    parsed = parse_total(instrument(name), f" {text} ")
    assert (parsed.value, parsed.word, parsed.reason) == (float(value) if value else None, "", reason)


@pytest.mark.parametrize(("code", "text", "value", "word", "reason"), rows(ANSWERS))
def test_an_answer_may_also_be_a_word(code, text, value, word, reason):
    _, item = by_snomed(code)
    parsed = parse_answer(item, text)
    assert (parsed.value, parsed.word, parsed.reason) == (float(value) if value else None, word, reason)


def test_a_total_is_read_by_the_range_that_was_in_force():
    dds = instrument("dds")
    assert parse_total(dds, "34", date(2020, 12, 31)).value == 34
    assert parse_total(dds, "34", date(2021, 1, 1)).reason == "out of range 1 to 6"
    assert parse_total(dds, "3.4", date(2020, 12, 31)).reason == "not a whole number"
