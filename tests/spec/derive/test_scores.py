"""First and last scores, and what becomes of them"""

from caseness.derive import Options

REFERRALS = "month | referral | received | ended\n2025-04 | R1 | 2025-04-01 | 2025-04-28"
OPEN = "month | referral | received\n2025-04 | R1 | 2025-04-01"
CONTACTS = """
    month   | contact | referral | on         | attended | type | at
    2025-04 | C1      | R1       | 2025-04-05 | 5        | 02   | 10:00:00
    2025-04 | C2      | R1       | 2025-04-12 | 5        | 02   |
    2025-04 | C3      | R1       | 2025-04-19 | 3        | 02   |
    2025-04 | C4      | R1       | 2025-04-20 | 5        | 02   |
    2025-04 | C5      | R1       | 2025-04-27 | 5        | 06   |
"""
ACTIVITIES = """
    month   | activity | contact | therapy
    2025-04 | A1       | C1      | cbt
    2025-04 | A2       | C2      | cbt
    2025-04 | A3       | C3      | cbt
    2025-04 | A4       | C4      | support
    2025-04 | A5       | C5      |
"""


def _scores(*rows):
    return [
        dict(zip(("month", "referral", "tool", "score", "on", "at"), ("2025-04", "R1", *each), strict=True))
        for each in rows
    ]


def _in_contacts(*rows):
    return [dict(zip(("month", "activity", "tool", "score"), ("2025-04", *each), strict=True)) for each in rows]


def test_the_last_score_needs_two_scores(derived):
    """One score is the first, and there is no last one. Without any, both are null."""
    found = derived(referrals=REFERRALS, scores=_scores(("phq9", "12", "2025-04-03", "")))
    assert found.referral("phq9_first", "phq9_last", "gad7_first", "gad7_last") == {
        "phq9_first": 12.0, "phq9_last": None, "gad7_first": None, "gad7_last": None,
    }  # fmt: skip


def test_scores_are_ordered_by_day_then_time_then_row(derived):
    """A blank time is the start of the day. A score in a contact has the day and the time of the contact."""
    scores = _scores(
        ("phq9", "9", "2025-04-05", "11:00:00"), ("phq9", "14", "2025-04-05", ""), ("phq9", "7", "2025-04-12", "")
    )
    found = derived(
        referrals=REFERRALS,
        contacts=CONTACTS,
        activities=ACTIVITIES,
        scores=scores,
        contact_scores=_in_contacts(("A1", "phq9", "13")),
    )
    assert found.referral("phq9_first", "phq9_last") == {"phq9_first": 14.0, "phq9_last": 7.0}
    by_row = derived(options=Options(score_ties="row"), referrals=REFERRALS, scores=scores)
    assert by_row.referral("phq9_first") == 9.0


def test_a_score_that_its_questionnaire_cannot_give_is_none(derived):
    """Out of range, no number, an item that does not apply, or of a questionnaire that is not known."""
    scores = _scores(
        ("phq9", "28", "2025-04-03", ""),
        ("gad7", "NA", "2025-04-03", ""),
        ("wsas_work", "9", "2025-04-03", ""),
        ("12345", "3", "2025-04-03", ""),
        ("wsas_work", "8", "2025-04-04", ""),
    )
    found = derived(referrals=REFERRALS, scores=scores)
    assert found.referral("phq9_first", "gad7_first", "wsas_work_first") == {
        "phq9_first": None,
        "gad7_first": None,
        "wsas_work_first": 8.0,
    }


def test_scores_outside_the_referral_are_left_out(derived):
    """Before it, or after it has ended; the other choice keeps what came after it, up to the end of the month."""
    scores = _scores(
        ("phq9", "20", "2025-03-31", ""),
        ("phq9", "12", "2025-04-01", ""),
        ("phq9", "8", "2025-04-28", ""),
        ("phq9", "4", "2025-04-29", ""),
    )
    found = derived(referrals=REFERRALS, scores=scores)
    assert found.referral("phq9_first", "phq9_last") == {"phq9_first": 12.0, "phq9_last": 8.0}
    later = derived(options=Options(scores_after_discharge="kept"), referrals=REFERRALS, scores=scores)
    assert later.referral("phq9_last") == 4.0


def test_some_contacts_do_not_let_their_scores_count(derived):
    """Assumed: those of missed contacts, of employment support and of follow-ups. Each can be kept."""
    given = {
        "referrals": REFERRALS, "contacts": CONTACTS, "activities": ACTIVITIES,
        "contact_scores": _in_contacts(("A1", "phq9", "15"), ("A2", "phq9", "11"), ("A3", "phq9", "3"), ("A4", "phq9", "4"), ("A5", "phq9", "5")),
    }  # fmt: skip
    assert derived(**given).referral("phq9_first", "phq9_last") == {"phq9_first": 15.0, "phq9_last": 11.0}
    for options, last in (
        (Options(scores_of_missed_contacts="kept"), 3.0),
        (Options(scores_of_support="kept"), 4.0),
        (Options(scores_of_follow_up="kept"), 5.0),
    ):
        assert derived(options=options, **given).referral("phq9_last") == last


def test_the_wide_columns_of_an_open_referral_are_empty_unless_asked_for(derived):
    """With all columns the first scores are there, and the last ones stay null until the referral has ended."""
    scores = _scores(("phq9", "12", "2025-04-03", ""), ("phq9", "8", "2025-04-20", ""))
    assert derived(referrals=OPEN, scores=scores).referral("phq9_first") is None
    found = derived(all_columns=True, referrals=OPEN, scores=scores)
    assert found.referral("phq9_first", "phq9_last", "at_caseness") == {
        "phq9_first": 12.0,
        "phq9_last": None,
        "at_caseness": False,
    }


def test_means_of_two_decimals_are_kept_as_they_are(derived):
    """The mobility inventory is a mean of its items."""
    scores = _scores(("alone", "3.00", "2025-04-03", ""), ("alone", "2.27", "2025-04-20", ""))
    assert derived(referrals=REFERRALS, scores=scores).referral("agoraphobia_alone_first", "agoraphobia_alone_last") == {
        "agoraphobia_alone_first": 3.0, "agoraphobia_alone_last": 2.27,
    }  # fmt: skip
