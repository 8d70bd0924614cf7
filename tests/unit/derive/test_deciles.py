"""A file of deciles by postcode: what is read of it, and what is refused."""

import pytest

from caseness.derive import read_deciles
from caseness.errors import UnreadableInput


def write(folder, text):
    path = folder / "deciles.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_postcode_is_made_alike_and_one_without_a_decile_is_passed_over(tmp_path):
    path = write(tmp_path, "Postcode,other,IndicesOfDeprivationDecile\nab1 2CD,x,10\nAB1 2CE,x,\n,x,4\nAB12CD,y,10\n")
    assert read_deciles(path).to_pylist() == [{"plain_postcode": "AB12CD", "deprivation_decile": 10}]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Postcode,Decile\nAB1 2CD,3\n", "needs the columns Postcode and IndicesOfDeprivationDecile"),
        (
            "Postcode,IndicesOfDeprivationDecile\nAB1 2CD,0\nAB1 2CE,ten\n",
            "2 deciles that are none of 1 to 10, such as '0'",
        ),
        ("Postcode,IndicesOfDeprivationDecile\nAB1 2CD,1\nab12cd,2\n", "1 postcodes two deciles"),
        ("Postcode,IndicesOfDeprivationDecile\nAB1 2CD\n", "cannot be read as a CSV file"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path, text, says):
    with pytest.raises(UnreadableInput, match=says):
        read_deciles(write(tmp_path, text))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_deciles(tmp_path / "none.csv")
