"""Identities that NHS England's own series keep, on a record made by chance (section 7 of the specification)."""

from datetime import timedelta
from random import Random

import pytest

from one_practice import CBT, COUNSELLING, EMPLOYMENT, GUIDED_BOOK, QUARTER, Practice, day, month_of
from oracle.compute import RATES, compute
from oracle.lists import ATTENDANCES, END_CODES, MEDIA
from oracle.validity import FIELDS

MONTHS = ("2025-04", "2025-05", "2025-06")
PERIODS = [month_of("2025-06"), QUARTER, ("year", day("2025-04-01"), day("2026-03-31"))]

SUMS = {
    "M023": ("M024", "M025", "M026", "M027"),
    "M031": ("M032", "M033", "M034", "M035"),
    "M038": ("M043", "M044"),
    "M184": ("M121", "M046"),
    "M046": ("M122", "M047"),
    "M056": (*END_CODES, "M071", "M072"),
    "M076": ("M199", "M200", "M201"),
    "M202": ("M185", "M187", "M189"),
}
ALSO = {
    "M056": ("M073", "M074", "M075", "M076"),
    "M153": ("M073", "M074"),
    "M076": ("M196", "M197", "M198"),
}
CONTACTS = {"M082": tuple(ATTENDANCES)}
EMPLOYMENT_SUMS = {
    "M076": ("M296", "M306"),
    "EA040": ("EA276", "EA277", "EA278", "EA279"),
    "EA041": ("EA050", "EA051", "EA052", "EA053", "EA136"),
    "M296": ("M316", "M317", "M318", "M319"),
    "M306": ("M328", "M329", "M330", "M331"),
}
INTEGRATED_SUMS = {"M076": ("M273", "M274")}


def referral(practice, chance, month, number, until):
    """One referral of the practice with what happened in one month; it goes on while it has not ended."""
    received = day("2025-03-20") + timedelta(days=number % 60)
    if received > until:
        return
    ended = until if number % 3 == MONTHS.index(month) else None
    codes = {
        "SourceOfReferralIAPT": chance.choice(["A1", "B1"]),
        "EndCode": ended and chance.choice(["46", "50", "15", None]),
    }
    name = f"r{number}"
    practice.refer(str(received), ended and str(ended), name, f"p{number}", ethnicity=chance.choice("AHZ"), **codes)
    practice.complains(chance.choice(["F422", "F320", "F410"]), significance="1", referral=name)
    for _ in range(chance.randrange(3)):
        works(practice, chance, str(received + timedelta(days=chance.randrange(20))), f"p{number}", until)
    for _ in range(chance.randrange(5)):
        when = until - timedelta(days=chance.randrange(25))
        if when >= received:
            happens(practice, chance, str(when), name)


def works(practice, chance, when, patient, until):
    fields = {field.column: chance.choice((*field.valid, *field.default, "?", None)) for field in FIELDS}
    absence = chance.choice(["Y", "N", "N", "8", "X", None])
    support_ended = chance.choice([None, str(until)])
    practice.works(when, patient, support_ended=support_ended, SickAbsenceInd=absence, **fields)


def happens(practice, chance, when, name):
    if chance.random() < 0.2:
        practice.logged(when, when, chance.randrange(60), referral=name)
        return
    practice.meet(
        when,
        kind=chance.choice(["01", "02", "02", "03", "06", "10"]),
        attendance=chance.choice("5555632"),
        therapy=chance.choice([CBT, GUIDED_BOOK, COUNSELLING, EMPLOYMENT, f"{CBT} {GUIDED_BOOK}"]),
        staff=chance.choice(["s1", "s2", None]),
        referral=name,
        ConsMechanism=chance.choice(["01", "11", "03", None]),
        IAPTLTCServiceInd=chance.choice("NNNY"),
    )
    practice.scored(PHQ9=chance.randrange(28), GAD7=chance.randrange(22), OCI=chance.randrange(120))


@pytest.fixture(scope="module")
def practice():
    chance = Random(20250401)
    made = Practice()
    for month in MONTHS:
        made.file(month)
        made.add(
            "IDS902CarePersQual", CarePersLocalId="s1", QualAttainLevelIAPT="10", QualAwardedDate=day("2025-05-10")
        )
        for number in range(120):
            # What has ended is not sent again.
            if MONTHS.index(month) <= number % 3 or number % 7 == 0:
                referral(made, chance, month, number, month_of(month)[2])
    return made


@pytest.fixture(scope="module", params=PERIODS, ids=lambda period: period[0])
def figures(request, practice):
    return practice.figures(request.param)


def total(figures, measures):
    return sum(figures[measure].value for measure in measures)


@pytest.mark.parametrize(
    ("whole", "parts"),
    [*SUMS.items(), *ALSO.items(), *CONTACTS.items(), *EMPLOYMENT_SUMS.items(), *INTEGRATED_SUMS.items()],
)
def test_parts_make_a_whole(figures, whole, parts):
    assert figures[whole].value > 0
    assert figures[whole].value == total(figures, parts)


def test_staff_and_media_divide_the_same_contacts(figures):
    staff = total(figures, ("M1014", "M1015", "M1016", "M1017"))
    assert staff == total(figures, (*MEDIA, "M1009")) == figures["M086"].value + figures["M087"].value


def test_a_mean_is_a_sum_over_a_number(figures):
    assert figures["M141"].value * figures["M076"].value == figures["M089"].value
    assert figures["M141"].denominator == figures["M076"].value


def test_every_field_is_filled_in_the_same_number_of_rows(figures):
    rows = {total(figures, field.measures().values()) for field in FIELDS}
    assert len(rows) == 1
    assert rows.pop() > 0


def test_a_rate_lies_between_nothing_and_all(figures):
    assert all(0 <= figures[measure].value <= 100 for measure in RATES)


def test_the_order_of_rows_does_not_matter(practice):
    turned = {table: rows[::-1] for table, rows in practice.tables.items()}
    assert compute(practice.submissions[::-1], turned, QUARTER) == practice.figures(QUARTER)


def test_a_subset_and_the_rest_make_the_whole(practice):
    """Counts add up over any division of the referral rows."""

    def even(row):
        return int(row["LocalPatientId"][1:]) % 2 == 0

    half, rest = (practice.figures(QUARTER, keep) for keep in (even, lambda row: not even(row)))
    counts = [measure for measure, figure in practice.figures(QUARTER).items() if figure.denominator is None]
    whole = practice.figures(QUARTER)
    assert len(counts) > 100
    assert all(half[measure].value + rest[measure].value == whole[measure].value for measure in counts)


def test_a_file_that_was_replaced_changes_nothing(practice):
    files = [
        *practice.submissions,
        {**practice.submissions[0], "id": 99, "created": practice.submissions[0]["created"] - timedelta(1)},
    ]
    row = {**practice.tables["IDS101Referral"][0], "submission": 99, "row_id": 99 * 10**9, "ServiceRequestId": "other"}
    tables = {**practice.tables, "IDS101Referral": [*practice.tables["IDS101Referral"], row]}
    assert compute(files, tables, QUARTER) == practice.figures(QUARTER)
