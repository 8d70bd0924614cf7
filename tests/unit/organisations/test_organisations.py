"""Who is who: codes, names, boards, regions and successions"""

from collections import Counter
from datetime import date

import pytest

from caseness.errors import UnknownName, UnreadableInput
from caseness.organisations import (
    Organisation,
    all_organisations,
    describe,
    find,
    heir_of,
    is_england,
    read_successions,
)


def test_the_reference_holds_england_its_regions_boards_and_providers():
    levels = Counter(entry.level for entry in all_organisations().values())
    assert levels == {"england": 1, "region": 7, "icb": 34, "provider": 233}


def test_every_board_lies_in_a_region_and_every_provider_in_a_board_or_none():
    known = all_organisations()
    for entry in known.values():
        assert entry.icb is None or known[entry.icb].level == "icb"
        assert entry.region is None or known[entry.region].level == "region"
        if entry.icb:
            assert entry.region == known[entry.icb].region


def test_a_closed_provider_stays_known_without_a_board():
    closed = find("RTV")
    assert (closed.status, closed.icb, closed.region) == ("inactive", None, None)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("rw1", "RW1"),
        (" RW1 ", "RW1"),
        ("Hampshire and Isle of Wight Healthcare NHS Foundation Trust", "RW1"),
        ("HAMPSHIRE & ISLE OF WIGHT HEALTHCARE", "RW1"),
        ("Southern Health NHS Foundation Trust", "RW1"),
        ("southern health", "RW1"),
        ("nhs devon", "QJK"),
        ("Midlands", "Y60"),
        ("Kingston SMS", "TAF90"),
        ("Kingston Drug & Alcohol Service", "TAF90"),
    ],
)
def test_an_organisation_is_found_by_code_name_former_name_or_part_of_a_name(asked, code):
    assert find(asked).code == code


@pytest.mark.parametrize("label", ["all", "All", "England", "ENGLAND", "all CCGs", "all SubICBs", " england "])
def test_every_label_of_englands_row_is_england(label):
    assert is_england(label)
    assert find(label).code == "ENGLAND"


def test_several_that_fit_are_listed_and_none_is_chosen():
    with pytest.raises(UnknownName) as refused:
        find("St John's Health Centre")
    said = str(refused.value)
    assert "2 organisations fit: St John's Health Centre (RQY58), St John's Health Centre (RWK4C)." in said
    assert "Give the code of the one you mean." in said
    with pytest.raises(UnknownName, match=r"98 organisations fit: .* and 90 more\."):
        find("NHS")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Barnt talking", "Did you mean NHS Barnet Talking Therapies (RRPJ3)?"),
        ("RW11", "Did you mean 'RW1"),
        ("zzzzzz", "`caseness organisations` lists those that are known."),
        ("", "There is no organisation ''."),
        ("!!", "There is no organisation '!!'."),
    ],
)
def test_what_is_not_known_is_met_with_the_nearest(asked, said):
    with pytest.raises(UnknownName) as refused:
        find(asked)
    assert said in str(refused.value)
    assert refused.value.exit_code == 10


def test_part_of_a_name_begins_at_a_word():
    known = [Organisation("A1", "Northern Trust", "provider"), Organisation("B1", "Thern Clinic", "provider")]
    assert find("thern", known).code == "B1"


def test_a_whole_name_goes_before_part_of_another():
    known = [Organisation("A1", "North Mind", "provider"), Organisation("B1", "North Mind and Body", "provider")]
    assert find("north mind", known).code == "A1"


def test_england_is_found_only_where_it_is_known():
    with pytest.raises(UnknownName):
        find("England", [Organisation("A1", "North Mind", "provider")])


def test_the_organisations_of_a_release_bring_their_own_names():
    names = {"ENGLAND": "England", "11N": "NHS KERNOW CCG", "TAF90": "KINGSTON SMS", "NEW01": "A NEW SERVICE"}
    levels = {"ENGLAND": "england", "11N": "ccg", "TAF90": "provider", "NEW01": "provider"}
    known = describe(names, levels)
    assert [entry.code for entry in known] == list(names)
    assert find("kernow", known) == Organisation("11N", "NHS KERNOW CCG", "ccg")
    assert find("a new service", known).level == "provider"
    # The same name in capitals is no further name.
    assert find("TAF90", known) == all_organisations()["TAF90"]


def test_every_provider_of_the_releases_is_known_or_brings_its_name(shared_data):
    import duckdb

    connection = duckdb.connect()
    rows = connection.execute(
        "select distinct org_code from read_parquet($path) where org_type = 'Provider'",
        {"path": str(shared_data / "published" / "measures_annual.parquet")},
    ).fetchall()
    assert {code for (code,) in rows} <= set(all_organisations())


@pytest.fixture
def write(tmp_path):
    def write(*rows, header="from,to,date,source"):
        path = tmp_path / "successions.csv"
        path.write_text("\n".join([header, *rows]), encoding="utf-8")
        return path

    return write


def test_no_succession_is_guessed():
    assert read_successions() == ()


def test_a_file_of_ones_own_says_who_took_over_and_when(write):
    moves = read_successions(write("A,B,2020-04-01,Statutory Instrument 1", "B,C,2022-04-01,Statutory Instrument 2"))
    assert [each.source for each in moves] == ["Statutory Instrument 1", "Statutory Instrument 2"]
    assert [heir_of("A", date(year, 4, 1), moves) for year in (2019, 2020, 2021, 2022)] == ["A", "B", "B", "C"]
    assert heir_of("Z", date(2022, 4, 1), moves) == "Z"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["A,B,1 April 2020,Gazette"], "row 2: '1 April 2020' is no date. Write it as 2021-04-01."),
        (["A,B,2020-04-01,"], "row 2: each of from, to, date, source must be filled, and nothing else."),
        (["A,B,2020-04-01"], "row 2: each of"),
        (["A,B,2020-04-01,Gazette,more"], "row 2: each of"),
        (["A,B,2020-04-01,G", "A,C,2021-04-01,G"], "A is succeeded twice."),
        (["A,B,2020-04-01,G", "B,A,2021-04-01,G"], "B in the end succeeds itself."),
        (["A,A,2020-04-01,G"], "A in the end succeeds itself."),
        (["A,B,2020-04-01,G", "C,A,2021-04-01,G", "B,C,2021-04-01,G"], "B in the end succeeds itself."),
    ],
)
def test_a_row_that_cannot_be_used_is_named(write, rows, said):
    path = write(*rows)
    with pytest.raises(UnreadableInput) as refused:
        read_successions(path)
    assert said in str(refused.value)
    assert str(path) in str(refused.value)


def test_other_columns_are_refused(write):
    with pytest.raises(UnreadableInput, match="the columns must be from, to, date, source"):
        read_successions(write(header="old,new,date,source"))


def test_an_absent_file_is_said_to_be(tmp_path):
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_successions(tmp_path / "absent.csv")


def test_the_tables_are_what_the_script_writes(repository, shared_data, tmp_path, monkeypatch):
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("make_organisations", repository / "scripts" / "make_organisations.py")
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "HERE", tmp_path)
    script.main(shared_data / "published")
    for name in ("providers.csv", "former_names.csv"):
        assert (tmp_path / name).read_bytes() == (repository / "src/caseness/organisations" / name).read_bytes()
