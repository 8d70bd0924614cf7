"""Employment support of a referral in each month, open or not, and what was kept in the month itself"""

from datetime import date

from caseness.derive import Options

REFERRALS = "month | referral | received | ended\n2025-04 | R1 | 2025-04-02 | 2025-04-20"
HAD = ("had_appointment", "had_therapy_appointment", "had_support_appointment")


def test_every_referral_row_has_its_support_as_known_at_the_end_of_the_month(derived):
    """An open referral too. What comes later does not count yet, and what came before still does."""
    referrals = "month | referral | received | ended\n" + "\n".join(
        f"2025-0{month} | R{number} | 2025-03-02 | " for month in (3, 4, 5) for number in (1, 2)
    )
    contacts = """
        month   | contact | referral | on         | type | attended
        2025-03 | C1      | R1       | 2025-03-05 | 01   | 5
        2025-03 | C2      | R1       | 2025-03-06 | 02   | 5
        2025-04 | C3      | R1       | 2025-04-12 | 10   | 5
        2025-04 | C4      | R1       | 2025-04-13 | 10   | 3
        2025-05 | C5      | R1       | 2025-05-14 | 02   | 5
    """
    activities = "month | activity | contact | therapy\n2025-05 | A5 | C5 | support"
    found = derived(referrals=referrals, contacts=contacts, activities=activities, employment=True)
    columns = (
        "month",
        "employment_support_contacts",
        "employment_support_first_date",
        "employment_support_last_date",
        "treatment_contacts",
        "assessment_first_date",
    )
    rows = [row for row in found.rows("support", *columns) if row[-1]]
    april, may, seen = date(2025, 4, 12), date(2025, 5, 14), date(2025, 3, 5)
    assert rows == [
        (date(2025, 3, 1), 0, None, None, 1, seen),
        (date(2025, 4, 1), 1, april, april, 1, seen),
        (date(2025, 5, 1), 2, april, may, 1, seen),
    ]
    assert found.grains.rows["support"] == 6


def test_a_referral_without_anything_has_counts_of_zero_and_flags_that_are_false(derived):
    found = derived(referrals=REFERRALS, employment=True)
    columns = (
        *HAD,
        "employment_support_contacts",
        "employment_statuses",
        "suitable_for_support",
        "completed_treatment",
        "treatment_contacts",
    )
    assert found.rows("support", *columns) == [(False, False, False, 0, 0, False, False, 0)]


def test_it_agrees_with_the_grain_of_referrals(derived):
    """Where both know a column, they say the same."""
    contacts = """
        month   | contact | referral | on         | type
        2025-04 | C1      | R1       | 2025-04-05 | 02
        2025-04 | C2      | R1       | 2025-04-06 | 02
        2025-04 | C3      | R1       | 2025-04-12 | 10
    """
    work = "month | patient | status | recorded | sick\n2025-04 | P1 | 01 | 2025-04-06 | N"
    found = derived(referrals=REFERRALS, contacts=contacts, work=work, employment=True)
    shared = [name for name in found.grains.support.columns if name in found.grains.referral.columns]
    assert {"completed_treatment", "employment_statuses", "employment_support_last_date"} <= set(shared)
    assert found.rows("support", *shared) == found.rows("referral", *shared)
    assert found.rows("support", "completed_treatment", "employment_statuses") == [(True, 1)]


def test_contacts_of_support_that_ended_are_those_until_it_did(derived):
    """EA131 bounds a contact of type 10 by the day that puts the referral into the month, whatever row tells it.

    EmploymentSupport_Count goes by the latest row, which may tell another day, or none.
    """
    tables = {name: [] for name in ("referrals", "contacts", "work")}
    told = (("2025-04-10", ""), ("2025-04-10", "2025-04-12"), ("2025-04-12", "2025-04-10"), ("", ""))
    for number, ends in enumerate(told):
        ours, whose = {"month": "2025-04", "referral": f"R{number}"}, {"patient": f"P{number}"}
        tables["referrals"].append({**ours, **whose, "received": "2025-04-02", "ended": "2025-04-20"})
        tables["contacts"] += [
            {**ours, "contact": f"C{number}-{day}", "on": f"2025-04-{day}", "type": "10", "attended": "5"}
            for day in ("09", "11", "14")
        ]
        tables["work"] += [
            {"month": "2025-04", **whose, "status": "01", "recorded": day, "support_until": end}
            for day, end in zip(("2025-04-03", "2025-04-04"), ends, strict=True)
        ]
    found = derived(employment=True, **tables)
    columns = ("row_id", "support_contacts_until_its_end", "employment_support_contacts")
    assert [row[1:] for row in found.rows("support", *columns)] == [(1, 3), (2, 2), (2, 1), (3, 3)]
    found = derived(Options(support_ended="latest-row"), employment=True, **tables)
    assert [row[1:] for row in found.rows("support", *columns)] == [(3, 3), (2, 2), (1, 1), (3, 3)]


CASES = [
    ("nothing of it", "05", "02", "3", (), "", (False, False, False)),
    ("therapy", "05", "02", "5", ("cbt",), "", (True, True, False)),
    ("no activity", "05", "02", "5", (), "", (True, True, False)),
    ("an activity without a code", "05", "02", "5", ("",), "", (True, True, False)),
    ("assessment", "05", "01", "6", (), "", (True, True, False)),
    ("blank purpose", "05", "", "5", ("cbt",), "", (True, True, False)),
    ("support", "05", "02", "5", ("support",), "", (True, False, True)),
    ("support and therapy in one", "05", "02", "5", ("support", "cbt"), "", (True, True, True)),
    ("support and something that is not listed", "05", "02", "5", ("support", "123"), "", (True, True, True)),
    ("labelled support", "05", "10", "5", (), "", (True, False, True)),
    ("labelled support, after the referral", "25", "10", "5", (), "", (True, False, True)),
    ("labelled support, after support ended", "25", "10", "5", (), "2025-04-22", (False, False, False)),
    ("labelled support, within the referral but after support ended", "15", "10", "5", (), "2025-04-10", (True, False, False)),
    ("follow-up within the referral", "05", "06", "5", ("cbt",), "", (False, False, False)),
    ("follow-up for support within the referral", "05", "06", "5", ("support",), "", (False, False, False)),
    ("follow-up after the referral", "25", "06", "5", ("cbt",), "", (True, True, False)),
    ("follow-up for support after the referral", "25", "06", "5", ("support",), "", (True, False, True)),
    ("therapy after the referral", "25", "02", "5", ("cbt",), "", (False, False, False)),
    ("support after the referral", "25", "02", "5", ("support",), "", (False, False, False)),
]  # fmt: skip


LOGS = [("2025-04-03", "2025-04-09", True), ("2025-04-01", "2025-04-07", False), ("2025-04-15", "2025-04-21", False), ("2025-03-28", "2025-04-03", False)]  # fmt: skip


def _case(tables, number, day, kind, attended, therapies, until):
    row = {"month": "2025-04", "referral": f"R{number}", "patient": f"P{number}"}
    tables["referrals"].append({**row, "received": "2025-04-02", "ended": "2025-04-20"})
    contact = {"contact": f"C{number}", "on": f"2025-04-{day}", "type": kind, "attended": attended}
    tables["contacts"].append({"month": "2025-04", "referral": f"R{number}", **contact})
    for place, therapy in enumerate(therapies):
        activity = {"activity": f"A{number}-{place}", "contact": f"C{number}", "therapy": therapy}
        tables["activities"].append({"month": "2025-04", **activity})
    work = {"patient": f"P{number}", "status": "01", "recorded": "2025-04-03", "support_until": until}
    tables["work"].append({"month": "2025-04", **work})


def test_what_was_kept_in_the_month(derived):
    """An appointment of any kind, one for something else than employment support, and one for that: EA036 to EA039."""
    tables = {name: [] for name in ("referrals", "contacts", "activities", "work")}
    for number, (_, *case, _) in enumerate(CASES):
        _case(tables, number, *case)
    rows = derived(employment=True, **tables).rows("support", "row_id", *HAD)
    found = {case[0]: tuple(row[1:]) for case, row in zip(CASES, rows, strict=True)}
    assert found == {case[0]: case[-1] for case in CASES}


def test_a_log_of_internet_therapy_is_therapy_if_all_of_it_lies_within_the_referral(derived):
    logs = [
        {"month": "2025-04", "referral": f"R{number}", "start": start, "end": end}
        for number, (start, end, _) in enumerate(LOGS)
    ]
    referrals = [
        {"month": "2025-04", "referral": f"R{number}", "received": "2025-04-02", "ended": "2025-04-20"}
        for number in range(len(LOGS))
    ]
    found = derived(referrals=referrals, logs=logs, employment=True).rows("support", "row_id", *HAD)
    assert [tuple(row[1:]) for row in found] == [(had, had, False) for _, _, had in LOGS]


def test_what_was_kept_in_another_month_is_not_kept_in_this_one(derived):
    referrals = "month | referral | received | ended\n2025-03 | R1 | 2025-03-02 |\n2025-04 | R1 | 2025-03-02 |"
    contacts = "month | contact | referral | on | type\n2025-03 | C1 | R1 | 2025-03-05 | 02\n2025-04 | C2 | R1 | 2025-03-28 | 10"
    logs = "month | referral | start | end\n2025-04 | R1 | 2025-03-20 | 2025-03-27"
    found = derived(referrals=referrals, contacts=contacts, logs=logs, employment=True)
    assert found.rows("support", "month", *HAD) == [
        (date(2025, 3, 1), True, True, False),
        (date(2025, 4, 1), False, False, False),
    ]


def test_a_row_begins_to_hold_in_its_month_or_in_the_first_of_its_pathway(derived):
    """RecordStartDate is not submitted. A row that is sent again is a row of its month, unless the other option is chosen."""
    referrals = "month | referral | received | ended\n2025-03 | R1 | 2025-03-02 |\n2025-04 | R1 | 2025-03-02 |\n2025-04 | R2 | 2025-04-02 |"
    march, april = date(2025, 3, 1), date(2025, 4, 1)
    for options, starts in ((Options(), {march, april}), (Options(record_start="first-month"), {march})):
        found = derived(referrals=referrals, options=options, employment=True)
        rows = found.rows("support", "month", "record_start_date", "referral_date")
        assert {start for _, start, received in rows if received == date(2025, 3, 2)} == starts
        assert [start for _, start, received in rows if received == date(2025, 4, 2)] == [april]
