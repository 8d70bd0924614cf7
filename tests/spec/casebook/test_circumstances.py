"""The ending by each account, goals, the alliance, and life"""

REVIEWS = """
    month   | referral | on         | kind      | decided      | reason   | told         | note
    2025-06 | R1       | 2025-06-20 | planned   | both         | improved | professional | Moved to Leeds
    2025-06 | R1       | 2025-06-25 | unplanned | professional | limit    | person       |
"""
GOALS = """
    month   | referral | goal    | wording        | rating | on
    2025-05 | R1       | G-LOCAL | See my brother | 6      | 2025-05-19
    2025-04 | R1       | G-LOCAL | See my brother | 2      | 2025-04-07
"""


def test_an_ending_has_both_accounts(course):
    ending = course(reviews=REVIEWS).ending
    assert (ending.day, ending.code) == (80, "Mutually agreed completion of treatment")
    assert [(one.told_by, one.kind) for one in ending.reviews] == [
        ("The care professional", "Planned"),
        ("The person", "Unplanned"),
    ]


def test_free_text_is_left_out_and_counted_unless_it_is_asked_for(course):
    without = course(reviews=REVIEWS, goals=GOALS)
    assert (without.ending.reviews[0].note, without.goals[0].wording, without.notes_left_out) == ("", "", 2)
    asked = course(with_notes=True, reviews=REVIEWS, goals=GOALS)
    assert (asked.ending.reviews[0].note, asked.goals[0].wording) == ("Moved to Leeds", "See my brother")
    assert (asked.notes_left_out, asked.has_notes) == (0, True)


def test_goals_are_numbered_and_their_ratings_in_order(course):
    (goal,) = course(goals=GOALS).goals
    assert (goal.name, goal.ratings) == ("Goal 1", ((6, 2.0), (48, 6.0)))


def test_the_alliance_takes_scores_that_are_numbers(course):
    alliance = """
        month   | referral | tool    | score | on
        2025-04 | R1       | srs     | 34    | 2025-04-07
        2025-04 | R1       | srs     | good  | 2025-04-14
        2025-04 | R1       | unknown | 5     | 2025-04-14
    """
    first, second = course(alliance=alliance).alliance
    assert (first.name, first.ratings, first.high) == ("SRS", ((6, 34.0),), 40)
    assert (second.name, second.low) == ("A questionnaire that is not known here", None)


def test_life_is_told_where_it_changes(course):
    """A status that is sent each month, or recorded anew without a change, is told once."""
    work = """
        month   | patient | status | recorded
        2025-04 | P1      | 02     | 2025-04-01
        2025-05 | P1      | 02     | 2025-05-01
        2025-06 | P1      | 01     | 2025-06-02
    """
    contacts = """
        month   | contact | referral | on         | type | medication
        2025-04 | C1      | R1       | 2025-04-07 | 02   | 03
        2025-04 | C2      | R1       | 2025-04-14 | 02   | 03
        2025-05 | C3      | R1       | 2025-05-12 | 02   | 02
    """
    life = "month | referral | kind | on | note\n2025-05 | R1 | loss | 2025-05-02 | my mother"
    homes = "month | patient | type | on\n2025-04 | P1 | 03 | 2025-03-20"
    conditions = "month | referral | scheme | code\n2025-04 | R1 | 04 | 195967001\n2025-05 | R1 | 04 | 195967001"
    told = course(work=work, contacts=contacts, activities=[], life=life, homes=homes, conditions=conditions).life
    assert [(one.day, one.what) for one in told] == [
        (None, "Long-term condition: Asthma"),
        (-12, "Tenant of a private landlord"),
        (0, "Unemployed, and looking for work"),
        (6, "Psychotropic medication: not prescribed"),
        (31, "Loss or bereavement"),
        (41, "Psychotropic medication: prescribed and taken"),
        (62, "Employed"),
    ]


def test_a_record_that_says_there_is_no_condition_is_taken_at_its_word(course):
    conditions = "month | referral | scheme | code\n2025-04 | R1 | 04 | 748031000000103"
    assert [one.what for one in course(conditions=conditions).life] == ["No long-term condition"]


def test_age_is_a_band_and_the_problem_a_word(course):
    problems = "month | referral | code | rank\n2025-06 | R1 | F33.1 | 2\n2025-06 | R1 | F41.1 | 1"
    case = course(problems=problems)
    assert (case.age_group, case.gender, case.problem) == ("40 to 49", "Female", "Generalised anxiety disorder")
    unknown = "month | patient | born | gender\n2025-06 | P1 | | "
    assert (course(people=unknown).age_group, course(people=unknown).gender) == ("", "")
