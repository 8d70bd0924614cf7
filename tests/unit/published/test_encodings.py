"""Encodings and separators of a CSV file"""

import pytest

from caseness.errors import UnreadableInput
from caseness.published import open_releases
from caseness.published.delimited import decode
from caseness.results import Selection

NAME = "CENTRE FOR PSYCHOLOGY - CAFÉ"


@pytest.fixture
def text(month, england):
    return month((england, "M001", "7"), (f"Provider,all,all SubICBs,ANV,{NAME}", "M001", "10"))


def read(path):
    opened = open_releases(path)
    rows = opened.select(Selection()).table.to_pylist()
    values = {row["organisation"]: row["value"] for row in rows}
    return (
        values,
        opened.organisation_names()["ANV"],
        [note for note in opened.notes if "read as" in note or "UTF" in note],
    )


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "was read as UTF-16"),
        ("utf-16-le", "was read as UTF-16-LE"),
        ("utf-16-be", "was read as UTF-16-BE"),
        ("cp1252", "is not UTF-8. It was read as Windows-1252"),
    ],
)
def test_an_encoding_is_detected_and_any_but_the_usual_is_noted(write, text, encoding, note):
    values, name, notes = read(write("month.csv", text.encode(encoding)))
    assert values == {"ENGLAND": 7.0, "ANV": 10.0}
    assert name == NAME
    assert (notes == []) if note is None else (note in notes[0])


@pytest.mark.parametrize("line_break", ["\r\n", "\n"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_separate(write, text, separator, line_break):
    written = text.replace(",", separator).replace("\n", line_break)
    assert read(write("month.csv", written))[0] == {"ENGLAND": 7.0, "ANV": 10.0}


def test_quoted_names_may_hold_commas(write, month, england):
    text = month(
        (england, "M001", "7"), ('Provider,all,all SubICBs,ANV,"TAMESIDE, OLDHAM AND GLOSSOP MIND"', "M001", "10")
    )
    assert read(write("month.csv", text))[1] == "TAMESIDE, OLDHAM AND GLOSSOP MIND"


def test_a_quoted_last_cell_shows_that_the_file_is_whole(write, month, england):
    text = month((england, "M001", "7"), ("Provider,all,all SubICBs,ANV,NAME", "M001", '"10"')).rstrip("\n")
    values, _, _ = read(write("month.csv", text))
    assert values == {"ENGLAND": 7.0, "ANV": 10.0}


def test_text_cut_in_the_middle_of_a_character_is_refused():
    with pytest.raises(UnreadableInput, match="belongs to no text"):
        decode(b"\xff\xfea\0b", "month.csv")
