"""Every band of days, by its last day and the day after; and every threshold, as the tables print them."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from one_practice import april
from oracle.lists import TOOLS

LAST = date(2025, 4, 30)

IDLE = {60: "M019", 61: "M020", 90: "M020", 91: "M021", 120: "M021", 121: "M022"}
ASSESSED = {28: "M024", 29: "M025", 56: "M025", 57: "M026", 90: "M026", 91: "M027"}
ENTERED = {28: "M032", 29: "M033", 56: "M033", 57: "M034", 90: "M034", 91: "M035"}

# The most days with which a referral still counts.
WAITING = {"M039": 14, "M040": 28, "M041": 42, "M042": 84, "M043": 126}
ENTERED_WITHIN = {"M036": 42, "M037": 126}
FINISHED_WITHIN = {"M052": 42, "M054": 126}
# The least days.
WAITING_LONG = {"M030": 91, "M044": 127, "M045": 91}


def before(days):
    return str(LAST - timedelta(days))


def holding(practice, measures):
    figures = practice.figures()
    return [measure for measure in measures if figures[measure].value]


@pytest.mark.parametrize(("gap", "band"), IDLE.items())
def test_days_since_the_last_session(gap, band):
    practice = april("2024-12-01").meet(before(gap))
    assert holding(practice, ("M019", "M020", "M021", "M022")) == [band]


@pytest.mark.parametrize(("wait", "band"), ASSESSED.items())
def test_days_to_the_first_assessment(wait, band):
    practice = april(before(wait)).meet(str(LAST), kind="01")
    assert holding(practice, ("M024", "M025", "M026", "M027")) == [band]


@pytest.mark.parametrize(("wait", "band"), ENTERED.items())
def test_days_to_the_first_session(wait, band):
    practice = april(before(wait)).meet(str(LAST))
    assert holding(practice, ("M032", "M033", "M034", "M035")) == [band]


@pytest.mark.parametrize(("measure", "most"), WAITING.items())
def test_still_waiting_within(measure, most):
    assert april(before(most)).values(measure) == (1,)
    assert april(before(most + 1)).values(measure) == (0,)


@pytest.mark.parametrize(("measure", "least"), WAITING_LONG.items())
def test_still_waiting_beyond(measure, least):
    assert april(before(least)).values(measure) == (1,)
    assert april(before(least - 1)).values(measure) == (0,)


@pytest.mark.parametrize(("measure", "most"), ENTERED_WITHIN.items())
def test_entering_treatment_within(measure, most):
    assert april(before(most)).meet(str(LAST)).values(measure) == (1,)
    assert april(before(most + 1)).meet(str(LAST)).values(measure) == (0,)


@pytest.mark.parametrize(("measure", "most"), FINISHED_WITHIN.items())
def test_finishing_after_a_first_session_within(measure, most):
    for wait, counted in ((most, 1), (most + 1, 0)):
        practice = april(before(wait), str(LAST)).meet(str(LAST)).meet(str(LAST))
        assert practice.values(measure) == (counted,)


# Name, SNOMED code, lowest, highest, cut-off, reliable change: sections 2.6 and 3.2. A dash is none published.
TABLE = """
PHQ9                           720433000           0    27   10    6
GAD7                           445455005           0    21    8    4
SocialPhobia                   445552006           0    68   19   10
PanicDisorder                  450326007           0    28    8    5
OCD                            450324005           0   168   40   32
AnxietyInventory               446793008           0    54   18    4
PTSD                           491581000000104     0    80   32   10
AgoraAlone                     473355002           1     5  2.3 0.73
BIQ                            1128221000000100    0    72   40    -
CFQ                            1077511000000101    0    33   19    -
IBS                            1083671000000108    0   500   75    -
MUS                            1065441000000103    0    30   10    -
WASAS_Work                     932621000000100     0     8    -    -
WASAS_HomeManagement           932581000000100     0     8    -    -
WASAS_SocialLeisureActivities  932611000000106     0     8    -    -
WASAS_PrivateLeisureActivities 932591000000103     0     8    -    -
WASAS_Relationships            932601000000109     0     8    -    -
"""


def printed(number):
    return None if number == "-" else Fraction(number)


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_thresholds_are_those_of_the_tables(line):
    name, concept, lowest, highest, cutoff, reliable = line.split()
    tool = TOOLS[name]
    assert (tool.concept, tool.lowest, tool.highest) == (concept, int(lowest), int(highest))
    assert (tool.cutoff, tool.reliable) == (printed(cutoff), printed(reliable))


def test_no_tool_is_missing_from_the_table():
    assert [line.split()[0] for line in TABLE.strip().splitlines()] == list(TOOLS)


def test_waiting_is_open_and_not_yet_seen():
    assert april("2025-03-01").values("M029", "M038") == (1, 1)
    assert april("2025-03-01").meet("2025-04-03", kind="03").values("M029", "M038") == (0, 0)
    assert april("2025-03-01", "2025-04-20").values("M029", "M038") == (0, 0)
