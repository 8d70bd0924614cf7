"""Therapies, employment support, medication, sick pay, the problem, staff and stages of care"""

from datetime import date

from caseness.derive import Options

REFERRALS = "month | referral | received | ended\n2025-04 | R1 | 2025-04-01 | 2025-04-28"


def _contacts(*rows):
    names = ("month", "contact", "referral", "on", "type", "attended", "medication")
    return [
        dict(
            zip(
                names,
                ("2025-04", each[0], "R1", f"2025-04-{each[1]:02}", *each[2:], *("5", "")[len(each) - 3 :]),
                strict=True,
            )
        )
        for each in rows
    ]


def _activities(*rows, staff=None):
    return [
        {
            "month": "2025-04",
            "activity": f"A{place}",
            "contact": contact,
            "therapy": therapy,
            "staff": (staff or {}).get(contact, ""),
        }
        for place, (contact, therapy) in enumerate(rows)
    ]


def test_a_contact_counts_once_for_each_of_its_therapies(derived):
    """Of treatment contacts alone. A code at the head of an expression counts, one that is not listed does not, nor does a blank."""
    contacts = _contacts(("C1", 5, "02"), ("C2", 6, "05"), ("C3", 7, "01"), ("C4", 8, "02"))
    activities = _activities(
        ("C1", "cbt"),
        ("C1", "228557008"),
        ("C1", "book"),
        ("C2", "304891004:363589002=1"),
        ("C3", "cbt"),
        ("C4", ""),
        ("C4", "123456"),
    )
    found = derived(referrals=REFERRALS, contacts=contacts, activities=activities)
    assert found.referral("cbt_contacts", "guided_self_help_book_contacts", "emdr_contacts") == {
        "cbt_contacts": 2, "guided_self_help_book_contacts": 1, "emdr_contacts": 0,
    }  # fmt: skip
    assert found.referral("therapy_first", "therapy_last", "high_intensity_first_date", "low_intensity_first_date") == {
        "therapy_first": "304891004", "therapy_last": "304891004",
        "high_intensity_first_date": date(2025, 4, 5), "low_intensity_first_date": date(2025, 4, 5),
    }  # fmt: skip
    rows = found.rows(
        "contact", "contact_date", "is_treatment", "has_cbt", "has_guided_self_help_book", "days_from_referral"
    )
    assert rows == [
        (date(2025, 4, 5), True, True, True, 4), (date(2025, 4, 6), True, True, False, 5),
        (date(2025, 4, 7), False, True, False, 6), (date(2025, 4, 8), True, False, False, 7),
    ]  # fmt: skip


def test_the_first_high_intensity_date_may_leave_out_what_m347_leaves_out(derived):
    """Assumed: every therapy of that group counts."""
    given = {
        "referrals": REFERRALS,
        "contacts": _contacts(("C1", 5, "02"), ("C2", 6, "02")),
        "activities": _activities(("C1", "collaborative"), ("C2", "emdr")),
    }
    assert derived(**given).referral("high_intensity_first_date") == date(2025, 4, 5)
    assert derived(options=Options(high_intensity="as-stages"), **given).referral("high_intensity_first_date") == date(
        2025, 4, 6
    )


def test_employment_support_counts_within_after_and_on_its_own(derived):
    """Within the referral; as a follow-up after it; and by its purpose until the support itself ended, or the month did."""
    referrals = "month | referral | received | ended\n2025-04 | R1 | 2025-04-05 | 2025-04-20"
    contacts = _contacts(
        ("C1", 6, "02"),
        ("C2", 7, "06"),
        ("C3", 21, "06"),
        ("C4", 22, "10"),
        ("C5", 29, "10"),
        ("C6", 23, "02"),
        ("C7", 8, ""),
        ("C8", 9, "02", "3"),
    )
    activities = _activities(*((f"C{number}", "support") for number in (1, 2, 3, 6, 7, 8)))
    given = {"referrals": referrals, "contacts": contacts, "activities": activities}
    counted = [each[0] for each in derived(**given).rows("contact", "contact_date", is_employment_support="True")]
    assert sorted(each.day for each in counted) == [6, 7, 8, 21, 22, 29]
    work = "month | patient | status | recorded | support_until\n2025-04 | P1 | 01 | 2025-04-06 | 2025-04-25"
    found = derived(work=work, **given).referral(
        "employment_support_contacts", "employment_support_first_date", "employment_support_last_date"
    )
    assert list(found.values()) == [5, date(2025, 4, 6), date(2025, 4, 22)]


def test_medication_is_that_of_the_first_and_the_last_attended_contact_that_tells_it(derived):
    """A blank tells nothing."""
    contacts = _contacts(
        ("C1", 5, "02", "3", "01"),
        ("C2", 6, "02", "5", ""),
        ("C3", 7, "01", "5", "02"),
        ("C4", 8, "02", "5", "03"),
        ("C5", 9, "02", "5", ""),
    )
    found = derived(referrals=REFERRALS, contacts=contacts)
    assert found.referral("psychotropic_first", "psychotropic_last") == {
        "psychotropic_first": "02",
        "psychotropic_last": "03",
    }
    assert derived(referrals=REFERRALS).referral("psychotropic_first") is None


def test_employment_rows_within_the_referral_are_counted(derived):
    """A blank day is outside, and a blank answer is not counted."""
    work = """
        month   | patient | status | recorded   | sick_pay
        2025-04 | P1      | 01     | 2025-03-31 | Y
        2025-04 | P1      | 01     | 2025-04-02 | Y
        2025-04 | P1      | 02     | 2025-04-03 |
        2025-04 | P1      | 01     | 2025-04-20 | N
        2025-04 | P1      | 01     |            | Z
        2025-04 | P1      | 01     | 2025-04-29 | U
    """
    found = derived(referrals=REFERRALS, work=work).referral(
        "employment_statuses", "sick_pay_indicators", "sick_pay_first", "sick_pay_last"
    )
    assert list(found.values()) == [3, 2, "Y", "N"]


def test_one_problem_stands_for_a_referral(derived):
    """One with a code first, then primary before secondary, then the latest, then the last row; a blank day comes last."""

    def problem(*rows, **how):
        names = ("month", "referral", "code", "rank", "on", "scheme")
        return derived(
            referrals=REFERRALS,
            problems=[
                dict(zip(names, ("2025-04", "R1", *each, *("01",)[len(each) - 3 :]), strict=True)) for each in rows
            ],
            **how,
        ).referral("problem")

    assert problem(("F32", "2", "2025-04-03"), ("F41.1", "1", "2025-04-01")) == "F411"
    assert problem(("F32", "1", "2025-04-01"), ("F42", "1", "2025-04-02"), ("F33", "1", "")) == "F42"
    assert problem(("F32", "1", "2025-04-01"), ("F42", "1", "2025-04-01")) == "F42"
    assert problem(("F32", "", ""), ("", "1", "2025-04-01")) == "F32"
    first = Options(problem_ties="first")
    assert problem(("F32", "1", "2025-04-01"), ("F42", "1", "2025-04-02"), ("F33", "1", ""), options=first) == "F32"
    assert derived(referrals=REFERRALS).referral("problem") is None


def test_a_contact_has_the_best_standing_of_its_therapists(derived):
    """Without a therapist, or a row of the therapist, it is missing. A qualification counts from the day it was awarded."""
    contacts = _contacts(*((f"C{number}", number + 1, "02") for number in range(1, 8)))
    therapists = {"C1": "T1", "C2": "T2", "C3": "T3", "C4": "T9", "C5": "", "C6": "T4", "C7": "T2"}
    activities = [
        *_activities(*((contact, "") for contact in therapists), staff=therapists),
        {"month": "2025-04", "activity": "B1", "contact": "C7", "therapy": "", "staff": "T1"},
    ]
    staff = """
        month   | staff | level | awarded    | planned
        2025-04 | T1    | 11    | 2019-09-01 |
        2025-04 | T2    | 10    | 2025-09-01 | 2025-04-02
        2025-04 | T3    | 99    | 2019-09-01 | 2025-09-01
        2025-04 | T4    | 11    | 2025-04-07 |
    """
    given = {"referrals": REFERRALS, "contacts": contacts, "activities": activities, "staff": staff}
    found = derived(**given).rows("contact", "contact_date", "staff_standing")
    assert [standing for _, standing in found] == [
        "qualified",
        "in training",
        "neither",
        "missing",
        "missing",
        "qualified",
        "qualified",
    ]
    later = derived(options=Options(in_training="not-yet-completed"), **given).rows(
        "contact", "contact_date", "staff_standing"
    )
    assert later[1][1] == "neither"


def test_logs_are_rows_of_their_own(derived):
    """Each with its programme and minutes."""
    logs = "month | referral | start | end | minutes\n2025-04 | R1 | 2025-04-02 | 2025-04-08 | 15"
    found = derived(referrals=REFERRALS, logs=logs).rows(
        "internet_log", "start_date", "end_date", "minutes", "programme"
    )
    assert found == [(date(2025, 4, 2), date(2025, 4, 8), 15, "SilverCloud")]


def _course(derived, kinds, **how):
    """The stages of a course of sessions: h, l and o for high, low and other intensity, b for both, i for a log."""
    names = {"h": ["emdr"], "l": ["book"], "o": ["support", "123456"], "b": ["emdr", "book"], "i": []}
    contacts = _contacts(("C0", 1, "01"), *((f"C{day}", day, "02") for day, kind in enumerate(kinds, 2) if kind != "i"))
    activities = _activities(*((f"C{day}", therapy) for day, kind in enumerate(kinds, 2) for therapy in names[kind]))
    logs = [
        {"month": "2025-04", "referral": "R1", "start": f"2025-04-{day:02}", "end": "2025-04-28", "minutes": "5"}
        for day, kind in enumerate(kinds, 2)
        if kind == "i"
    ]
    found = derived(
        referrals=REFERRALS, contacts=contacts, activities=activities, **({"logs": logs} if logs else {}), **how
    )
    (row,) = found.rows(
        "stage",
        "first_stage",
        "second_stage",
        "days_to_first_stage",
        "days_between_stages",
        "excluded_before_first_stage",
        "excluded_between_stages",
    )
    return row


def test_stages_are_runs_of_two_sessions_or_more(derived):
    """A single session before the first stage is ignored, what is of no intensity is left out, and a log is high."""
    assert _course(derived, "hhll") == ("high", "low", 1, 1, False, False)
    assert _course(derived, "llohh") == ("low", "high", 1, 2, False, False)
    assert _course(derived, "hll") == ("low", None, 2, None, False, False)
    assert _course(derived, "hllii") == ("low", "high", 2, 1, False, False)
    assert _course(derived, "hlhll") == ("low", None, 2, None, True, False)
    assert _course(derived, "hhlhll") == ("high", "low", 1, 3, False, True)
    assert _course(derived, "hhlhh") == ("high", "high", 1, 2, False, False)
    assert _course(derived, "hl") == (None, None, None, None, False, False)
    assert _course(derived, "bb") == (None, None, None, None, False, False)
    assert _course(derived, "lbh") == ("low", "high", 1, 0, False, False)


def test_stages_leave_out_two_therapies_as_m347_does(derived):
    """Assumed. The other choice counts every therapy of high intensity."""
    contacts = _contacts(("C0", 1, "01"), ("C1", 5, "02"), ("C2", 6, "02"))
    given = {
        "referrals": REFERRALS,
        "contacts": contacts,
        "activities": _activities(("C1", "collaborative"), ("C2", "collaborative")),
    }
    assert derived(**given).rows("stage", "first_stage") == [(None,)]
    assert derived(options=Options(stage_intensity="all"), **given).rows("stage", "first_stage") == [("high",)]
