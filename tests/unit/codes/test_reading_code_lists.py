"""A file of code lists is read whole or refused, and the message says where"""

import pytest

from caseness.codes import read_code_lists
from caseness.errors import UnreadableInput

GOOD = """
[[list]]
id = "Colour"
title = "Colour"
source = "A made-up document"
verified = true
codes = [
  { code = "1", meaning = "Red", versions = ["2.1"], lowest = 0, highest = 2.5 },
  { code = "2", meaning = "Blue" },
]

[[copy]]
id = "Paint"
title = "Paint"
of = "Colour"
"""
REFUSED = """
instead of                         | stands                        | says
title = "Colour"                   | titel = "Colour"              | list Colour: there is no key 'titel'. Did you mean 'title'?
source = "A made-up document"      |                               | list Colour: there is no source.
verified = true                    | verified = "yes"              | list Colour: verified must be true or false, not 'yes'.
verified = true                    | verified = false              | list Colour: a list has a reason if, and only if, it is not verified.
source = "A made-up document"      | source = ""                   | list Colour: a list names its source.
code = "2", meaning = "Blue"       | code = "1", meaning = "Blue"  | list Colour: '1' is there twice.
code = "2", meaning = "Blue"       | code = "2"                    | list Colour, codes 2: there is no meaning.
code = "2", meaning = "Blue"       | code = 2, meaning = "Blue"    | list Colour, codes 2: code must be text, not 2.
code = "2", meaning = "Blue"       | code = "2", meaning = ""      | list Colour, codes 2: a code has a text and a meaning.
meaning = "Blue"                   | meaning = "Blue", mach = "x"  | list Colour, codes 2: there is no key 'mach'. Did you mean 'match'?
meaning = "Blue"                   | meaning = "Blue", match = "x" | list Colour, codes 2: match must be one of exact, prefix, leading, contains.
meaning = "Blue"                   | meaning = "Blue", lowest = 1  | list Colour, codes 2: lowest and highest go together.
meaning = "Blue"                   | meaning = "Blue", decimals = true | list Colour, codes 2: decimals must be a whole number, not True.
lowest = 0                         | lowest = "0"                  | list Colour, codes 1: lowest must be a number, not '0'.
versions = ["2.1"]                 | versions = "2.1"              | list Colour, codes 1: versions must be a list of texts, not '2.1'.
of = "Colour"                      | of = "Color"                  | copy Paint: there is no list 'Color' in this file. Did you mean 'Colour'?
of = "Colour"                      |                               | copy Paint: there is no of.
of = "Colour"                      | of = "Colour"\\nnote = "x"    | copy Paint: there is no key 'note'.
id = "Paint"                       | id = "Colour"                 | 'Colour' is declared twice.
[[copy]]                           | [[kopy]]                      | there is no section 'kopy'. Did you mean 'copy'?
[[copy]]                           | [copy]                        | write [[copy]], with two brackets, for each copy.
[[list]]                           | [[list]                       | the code lists are not used
"""


def cases():
    _, *lines = REFUSED.strip().splitlines()
    return [tuple(cell.strip().replace("\\n", "\n") for cell in line.split("|")) for line in lines]


def write(folder, text):
    path = folder / "colours.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_lists_are_read_in_order_and_a_copy_has_the_codes_of_another(tmp_path):
    colour, paint = read_code_lists(write(tmp_path, GOOD))
    assert (colour.id, paint.id, paint.title) == ("Colour", "Paint", "Paint")
    assert paint.codes == colour.codes
    assert colour.codes[0].versions == ("2.1",)
    assert colour.codes[0].permits("2") is True


@pytest.mark.parametrize(("good", "bad", "says"), cases())
def test_what_is_wrong_is_refused_with_where_it_stands(tmp_path, good, bad, says):
    assert GOOD.count(good) >= 1
    with pytest.raises(UnreadableInput) as refused:
        read_code_lists(write(tmp_path, GOOD.replace(good, bad, 1)))
    assert says in str(refused.value)
    assert "colours.toml" in str(refused.value)


def test_two_lists_of_one_id_are_refused(tmp_path):
    with pytest.raises(UnreadableInput, match="'Colour' is declared twice"):
        read_code_lists(write(tmp_path, GOOD.partition("[[copy]]")[0] * 2))


def test_codes_that_are_no_entries_are_refused(tmp_path):
    text = GOOD.partition("codes = [")[0] + 'codes = ["1"]'
    with pytest.raises(UnreadableInput, match=r"write \[\[codes\]\], with two brackets, for each codes"):
        read_code_lists(write(tmp_path, text))


def test_a_list_without_codes_needs_a_pattern(tmp_path):
    head = GOOD.partition("codes = [")[0]
    with pytest.raises(UnreadableInput, match="a list has codes, a pattern, or both"):
        read_code_lists(write(tmp_path, head))
    assert read_code_lists(write(tmp_path, head + 'pattern = "[0-9]+"'))[0].is_legal("7")


def test_a_file_that_is_not_there_is_an_error_of_ours(tmp_path):
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_code_lists(tmp_path / "none.toml")
