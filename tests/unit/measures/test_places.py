"""Where rows belong."""

import pytest

from caseness.errors import UnreadableInput
from caseness.measures import places_of_providers, read_places
from caseness.organisations import all_organisations


def test_a_file_places_commissioners_and_says_nothing_of_the_rest(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("commissioner,icb,region\n11A,QAA,Y60\n22B,,\n")
    places = read_places(path)
    assert places.of("icb", ["RW1"] * 3, ["11A", "22B", "33C"]) == ["QAA", "UNKNOWN", "UNKNOWN"]
    assert places.of("region", ["RW1"] * 2, ["11A", None]) == ["Y60", "UNKNOWN"]


def test_providers_have_the_board_and_region_of_the_reference_tables():
    known = [one for one in all_organisations().values() if one.level == "provider"]
    codes = [one.code for one in known]
    assert places_of_providers().of("region", codes, codes) == [one.region or "UNKNOWN" for one in known]
    assert places_of_providers().of("icb", ["NOBODY", None], [None, None]) == ["UNKNOWN", "UNKNOWN"]
    assert places_of_providers().of("provider", ["RW1", None], [None, None]) == ["RW1", "UNKNOWN"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("commissioner,icb\n11A,QAA\n", "needs the columns commissioner, icb, region"),
        ("", "needs the columns"),
        ("commissioner,icb,region\n11A,QAA,Y60\n11A,QAB,Y60\n", "places 1 commissioners twice"),
    ],
)
def test_what_is_no_file_of_places_is_refused(tmp_path, text, says):
    path = tmp_path / "places.csv"
    path.write_text(text)
    with pytest.raises(UnreadableInput, match=says):
        read_places(path)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_places(tmp_path / "absent.csv")
