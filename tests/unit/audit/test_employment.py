"""Employment at the start and the end of treatment, from a made-up file with the columns of a real one"""

from pathlib import Path

import pytest

from caseness.audit.promise.employment import count_employment, list_doubts
from caseness.audit.subject import Subject
from caseness.disclosure import release
from caseness.periods import Period
from caseness.published import Embedded, open_releases
from caseness.results import ENGLAND

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "releases"
UNEMPLOYED = "Unemployed and seeking work"


def counted(path, year="2024-25", organisation=ENGLAND):
    level = "england" if organisation == ENGLAND else "provider"
    subject = Subject(organisation, organisation, level, Period.parse(year))
    return count_employment(release(open_releases(path) if path else Embedded()), subject)


@pytest.fixture
def changed(tmp_path):
    """The made-up file of 2024-25 with one text in place of another."""

    def change(old, new):
        text = (FIXTURES / "annual_employment_2024-25_made_up.csv").read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "employment-2024-25.csv"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return change


@pytest.fixture
def england():
    return counted(FIXTURES / "annual_employment_2024-25_made_up.csv")


def test_the_starts_are_told_in_the_order_of_the_statuses(england):
    assert [one.id for one in england.starts] == [
        "everyone", "employed", "unemployed", "student", "long_term_sick", "homemaker", "not_receiving_benefits",
        "unpaid_voluntary_work", "retired", "not_stated",
    ]  # fmt: skip
    assert (england.unknown, england.contradictions, list_doubts(england)) == ((), (), ())


def test_those_out_of_work_are_the_unemployed_and_the_long_term_sick(england):
    """Of 1,500 and 1,000 who finished 300 and 50 were employed, and 240 and 100 had no status at the end."""
    one = england.out_of_work
    assert (one.finished.value, one.ends[0].value, one.stated.value) == (2500, 350, 2160)
    assert one.employed.value == pytest.approx(100 * 350 / 2160)
    assert (one.least.value, one.most.value) == (14, pytest.approx(27.6))


def test_the_other_way_is_counted_too(england):
    assert england.in_work.out_of_work.value == pytest.approx(100 * (200 + 150) / 5500)


def test_a_provider_has_counts_between_ends():
    found = counted(FIXTURES / "annual_employment_2024-25_made_up.csv", organisation="RP7")
    one = found.out_of_work
    # 15 and a star, of 75 and 50.
    assert (one.ends[0].low, one.ends[0].high, one.ends[0].value) == (13, 21, None)
    assert (one.finished.low, one.finished.high) == (121, 129)
    assert one.least.low == pytest.approx(100 * 13 / 129)
    assert one.least.low < one.employed.low < one.employed.high
    assert found.contradictions == ()


def test_a_month_is_told_of_its_year(england):
    found = counted(FIXTURES / "annual_employment_2024-25_made_up.csv", "2024-06")
    assert found == england
    assert found.year.label == "2024-25"


def test_another_year_is_not_taken():
    found = counted(FIXTURES / "annual_employment_2017-18_made_up.csv")
    assert (found.source, found.starts, found.out_of_work, found.in_work) == ("", (), None, None)


def test_without_a_file_nothing_is_counted():
    assert counted(None).source == ""


def test_a_label_that_is_not_known_is_named_and_never_counted_as_another(changed):
    found = counted(changed(UNEMPLOYED, "Seeking work"))
    row = next(one for one in found.starts if one.label == "Seeking work")
    assert (row.id, row.finished.value) == ("", 1500)
    assert found.out_of_work is None
    assert found.unknown == ("Seeking work",)
    named, lacking = list_doubts(found)
    assert named.endswith("not counted as any other: Seeking work.")
    assert lacking.startswith("Not printed under a label that is known")


def test_a_breakdown_that_is_not_known_is_named_and_not_read(changed):
    found = counted(changed("Employment status at start of treatment", "Employment"))
    assert [one.id for one in found.starts] == ["everyone"]
    assert f"Employment: {UNEMPLOYED}" in found.unknown


def test_a_second_label_is_named_and_not_read(changed):
    found = counted(changed(f"{UNEMPLOYED},All", f"{UNEMPLOYED},Under 25"))
    assert found.unknown == (f"{UNEMPLOYED}: Under 25",)
    assert found.out_of_work is None


def test_ends_that_do_not_add_up_are_told(changed):
    found = counted(changed("3000,1500,300", "3000,1500,400"))
    assert found.contradictions == (f"{UNEMPLOYED}: the statuses at the end do not add up to the finished courses.",)


def test_starts_that_do_not_add_up_are_told(changed):
    found = counted(changed("1200,600,10,0,0", "1200,700,110,0,0"))
    assert list_doubts(found) == ("The statuses at the start do not add up to everyone.",)
