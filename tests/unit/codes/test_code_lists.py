"""The code lists that ship, code by code where a figure rests on it"""

import pytest

from caseness.codes import code_list, code_lists
from caseness.codes.model import NOT_FOUND
from caseness.errors import UnknownName
from caseness.programme import load

GROUPS = """
list                  | group             | codes
AttendOrDNACode       | Attended          | 5 6
AttendOrDNACode       | Not attended      | 7 3
AttendOrDNACode       | Cancelled         | 2 4
SourceOfReferralIAPT  | Self              | B1 B2
SourceOfReferralIAPT  | Justice           | E1 E2 E3 E4 E5 E6
SourceOfReferralIAPT  | Talking therapies | N1 N2 N4
EthnicCategory        | White             | A B C
EthnicCategory        | Mixed             | D E F G
EthnicCategory        | Asian or Asian British | H J K L
EthnicCategory        | Black or Black British | M N P
EthnicCategory        | Other ethnic groups    | R S
QualAttainLevelIAPT   | LI                | 10
QualAttainLevelIAPT   | ES                | 30 31
CodeProcAndProcStatus | ES                | 1098051000000103
"""
PROBLEMS = """
value     | group                                 | meaning
F32.1     | Depression                            | Depressive episode
f33       | Depression                            | Recurrent depressive disorder
F400      | Anxiety and stress related disorders  | Agoraphobia
F408      | Anxiety and stress related disorders  | Another disorder of F40 to F43
F41.1     | Anxiety and stress related disorders  | Generalised anxiety disorder
F42X      | Anxiety and stress related disorders  | Obsessive-compulsive disorder
F452      | Anxiety and stress related disorders  | Health anxiety
F453      | Other mental health problems          | Somatoform disorder
83482000  | Anxiety and stress related disorders  | Body dysmorphic disorder
723916001 | Medically unexplained symptoms        | Medically unexplained symptoms, not otherwise specified
Z633      |                                       |
834820001 |                                       |
"""


def rows(text):
    _, *lines = text.strip().splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines]


@pytest.mark.parametrize(("name", "group", "codes"), rows(GROUPS))
def test_a_group_has_its_codes(name, group, codes):
    assert [each.code for each in code_list(name).codes if each.group == group] == codes.split()


@pytest.mark.parametrize(("value", "group", "meaning"), rows(PROBLEMS))
def test_a_problem_falls_into_the_first_group_that_fits(value, group, meaning):
    found = code_list("PresComp").find(value)
    assert (found.group if found else "", found.meaning if found else "") == (group, meaning)


def test_the_end_codes_are_those_that_the_programme_counts():
    counted = {entry.code for entry in load("england").end_codes if entry.code}
    listed = code_list("EndCode")
    assert counted == {each.code for each in listed.codes if "2.1" in each.versions}
    assert not [
        code for code in ("15", "40", "45", "97", "98") if listed.is_legal(code) or listed.is_legal(code, "2.0")
    ]
    assert "40" in listed.known


def test_the_therapies_are_eight_of_low_and_twelve_of_high_intensity_and_employment_support():
    therapies = code_list("CodeProcAndProcStatus")
    assert therapies.groups == ("LI", "HI", "ES")
    counts = {group: sum(each.group == group for each in therapies.codes) for group in therapies.groups}
    assert counts == {"LI": 8, "HI": 12, "ES": 1}


def test_a_therapy_is_known_within_an_expression():
    therapies = code_list("CodeProcAndProcStatus")
    assert therapies.meaning_of("304891004:363589002=1234567") == "Cognitive behaviour therapy"
    assert therapies.meaning_of("3048910041") is None
    assert therapies.is_legal("304891004:363589002=1234567")
    assert therapies.is_legal("199314001")
    assert not therapies.is_legal("CBT")


@pytest.mark.parametrize(
    ("text", "programme"),
    [("SILVERCLOUD v2", "SilverCloud"), ("slvrcld", "SilverCloud"), ("ocd.net", "OCD-NET"), ("Our own", None)],
)
def test_a_programme_over_the_internet_is_found_anywhere_in_the_text(text, programme):
    assert code_list("IntEnabledTherProg").meaning_of(text) == programme


@pytest.mark.parametrize(
    ("tool", "permitted", "refused"),
    [
        ("720433000", ["0", "27", "09"], ["28", "-1", "4.5", "NA", ""]),
        ("473355002", ["1", "2.35", "5.00"], ["0.9", "5.01", "2.355"]),
        ("932621000000100", ["8", "9"], ["10"]),
        ("748161000000109", ["Y", "N"], ["1", "NA"]),
        ("747951000000108", ["4", "NA"], ["5", "Y"]),
        ("910931000000101", ["1.0", "6"], ["17", "2.25"]),
    ],
)
def test_a_tool_permits_its_scores_and_no_other(tool, permitted, refused):
    found = code_list("CodedAssToolType").find(tool)
    assert all(found.permits(score) for score in permitted)
    assert not [score for score in refused if found.permits(score)]


def test_a_code_that_is_no_tool_says_nothing_of_scores():
    found = code_list("EndCode").find("46")
    assert found.permits("5") is None
    assert found.scores == ""


def test_each_tool_has_a_range_or_words():
    assert not [each.code for each in code_list("CodedAssToolType").codes if not each.scores]
    assert code_list("CodedAssToolType").find("748161000000109").scores == "scores Y, N"


def test_codes_that_came_or_went_with_a_version_are_legal_in_it_only():
    mechanism = code_list("ConsMechanism")
    assert [mechanism.is_legal("06", version) for version in ("2.0", "2.1")] == [True, False]
    assert [mechanism.is_legal("11", version) for version in ("2.0", "2.1")] == [False, True]
    assert [code_list("AppType").is_legal("08", version) for version in ("2.0", "2.1")] == [True, False]


def test_a_list_is_found_by_the_former_name_of_its_column_and_in_any_case():
    assert code_list("ConsMediumUsed") is code_list("consmechanism")
    assert code_list("SourceOfReferralMH").id == "SourceOfReferralIAPT"


def test_a_name_that_is_unknown_brings_a_suggestion():
    with pytest.raises(UnknownName, match=r"There is no code list 'EndCodes'\. Did you mean 'EndCode'"):
        code_list("EndCodes")


@pytest.mark.parametrize(
    ("text", "tidy"), [("1", "01"), (" 02 ", "02"), ("UU", "UU"), ("7", "7"), ("", ""), (" ", ""), ("001", "001")]
)
def test_tidying_trims_and_pads_only_to_what_is_listed(text, tidy):
    assert code_list("PsychMed").tidy(text) == tidy


def test_a_code_of_one_character_is_not_padded():
    assert code_list("AttendOrDNACode").tidy("5") == "5"


@pytest.mark.parametrize("code", [None, ""])
def test_a_blank_is_no_code(code):
    assert not code_list("EndCode").is_legal(code)
    assert code_list("EndCode").meaning_of(code) is None


def test_a_code_without_a_meaning_is_legal_and_its_list_not_verified():
    for name in ("PauseReason", "OnwardReferReason", "OvsVisChCat"):
        found = code_list(name)
        assert {found.meaning_of(code) for code in found.known} == {NOT_FOUND}
        assert all(found.is_legal(code) for code in found.known)
        assert not found.verified


@pytest.mark.parametrize("found", code_lists(), ids=lambda found: found.id)
def test_a_list_that_lacks_a_current_meaning_is_not_verified(found):
    lacking = [each.code for each in found.codes if each.meaning == NOT_FOUND and "2.1" in each.versions]
    assert not (lacking and found.verified)


@pytest.mark.parametrize("found", code_lists(), ids=lambda found: found.id)
def test_each_code_is_found_legal_and_tidy_by_itself(found):
    for each in found.codes:
        assert found.find(each.code) is each
        assert found.tidy(each.code) == each.code
        assert all(found.is_legal(each.code, version) for version in each.versions)
