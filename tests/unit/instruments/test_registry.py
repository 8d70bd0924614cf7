"""A questionnaire is found by any of its names, and by its code"""

import pytest

from caseness.errors import UnknownName
from caseness.instruments import by_snomed, instrument, instruments


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("phq9", "phq9"),
        ("PHQ-9", "phq9"),
        ("phq 9", "phq9"),
        ("Patient health questionnaire (9 items)", "phq9"),
        ("GAD", "gad7"),
        ("HAI", "shai"),
        ("AgoraAlone", "mobility_inventory_alone"),
        ("mobility_inventory", "mobility_inventory_alone"),
        ("WASAS", "wsas"),
        ("CORE-10", "core10"),
        ("OQ-45.2", "oq45"),
    ],
)
def test_any_name_in_any_case_finds_it(name, found):
    assert instrument(name).id == found


def test_an_unknown_name_is_met_with_the_nearest():
    with pytest.raises(UnknownName, match=r"no questionnaire 'ph9'. Did you mean 'phq9'"):
        instrument("ph9")


def test_every_code_finds_its_questionnaire_or_its_item():
    coded = [(one, item) for one in instruments() for item in (None, *one.items) if (item or one).snomed]
    assert len(coded) == 36
    for one, item in coded:
        assert by_snomed(f" {(item or one).snomed} ") == (one, item)
    assert by_snomed("1") is None
    assert by_snomed("") is None
