"""To which team a contact and a referral belong, where the record says who was in which team"""

import pytest

from caseness.derive import DEFAULT, Options, open_grains
from derived_records import derive_submissions, submissions_of

REFERRALS = "month | referral | received | ended\n2025-04 | R1 | 2025-04-01 | 2025-04-28"
# Ann is in the north, Bob in the south, and Cat in no team.
TEAMS = "month | staff | team\n2025-04 | Ann | north\n2025-04 | Bob | south"


def contacts_of(*who, month="2025-04", first=1):
    """A contact a day in the same order, each with the therapists that a word names, and the activities that say so."""
    contacts, activities = ["month | contact | referral | on"], ["month | activity | contact | staff"]
    for number, staff in enumerate(who, start=first):
        contacts.append(f"{month} | C{number} | R1 | {month}-{number:02} ")
        activities += [f"{month} | A{number}{place} | C{number} | {one}" for place, one in enumerate(staff.split("+"))]
    return {"contacts": "\n".join(contacts), "activities": "\n".join(activities)}


def teams_of(found, grain="contact", **where):
    """The teams of the rows of a grain, by day or by month."""
    day = "contact_date" if grain == "contact" else "month"
    return [team for _, team in found.rows(grain, day, "team", **where)]


def provider_of(number):
    """Each case of several is of a provider of its own."""
    return f"AA{number}"


def derive_each(folder, cases, options=DEFAULT):
    """The tables of several cases, derived at once: a record of one takes as long."""
    told = [
        one
        for number, tables in enumerate(cases)
        for one in submissions_of(provider_of(number), referrals=REFERRALS, **tables)
    ]
    return derive_submissions(folder, told, options)


def test_a_contact_belongs_to_the_team_of_its_own_therapist(derived):
    """With one who is in no team, it belongs to none."""
    found = derived(referrals=REFERRALS, teams=TEAMS, **contacts_of("Ann", "Bob", "Cat"))
    assert teams_of(found) == ["north", "south", None]
    assert found.grains.has_teams


def test_a_contact_that_names_no_therapist_belongs_to_the_team_of_its_referral(derived):
    """As a missed appointment does, which seldom has an activity."""
    given = contacts_of("Ann", "", "Bob", "")
    without = "\n".join(line for line in given["activities"].splitlines() if "C4" not in line)
    found = derived(referrals=REFERRALS, teams=TEAMS, contacts=given["contacts"], activities=without)
    assert teams_of(found) == ["north", "south", "south", "south"]


def test_where_nobody_is_named_there_is_no_team(derived):
    found = derived(referrals=REFERRALS, teams=TEAMS, contacts=contacts_of("Ann")["contacts"])
    assert teams_of(found) == [None]
    assert found.referral("team") is None


NAMED = [
    (("Ann", "Bob"), "south", "north"),
    (("Ann", "Bob", ""), "south", "north"),
    (("", "Bob", "Ann"), "north", "south"),
    (("Ann", "Cat"), None, "north"),
    (("Cat",), None, None),
    ((), None, None),
]


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """All of these by the latest therapist, and by the first."""
    cases = [{"teams": TEAMS, **contacts_of(*who)} for who, *_ in NAMED]
    ways = (DEFAULT, Options(team_of_referral="first-therapist"))
    return [derive_each(tmp_path_factory.mktemp("named"), cases, options) for options in ways]


@pytest.mark.parametrize("number", range(len(NAMED)), ids=[f"{who}" for who, *_ in NAMED])
def test_a_referral_belongs_to_the_team_of_the_therapist_of_its_latest_contact(named, number):
    """A contact that names nobody is passed over. One whose therapist is in no team is not: the team is not known then."""
    found = [derived.referral("team", provider=provider_of(number)) for derived in named]
    assert found == list(NAMED[number][1:])


def test_contacts_that_were_missed_or_lie_outside_the_referral_say_nothing(derived):
    contacts = """
        month   | contact | referral | on         | at       | attended
        2025-04 | C1      | R1       | 2025-04-02 |          | 5
        2025-04 | C2      | R1       | 2025-04-28 | 09:00:00 | 5
        2025-04 | C3      | R1       | 2025-04-28 | 08:00:00 | 5
        2025-04 | C4      | R1       | 2025-04-28 | 10:00:00 | 3
        2025-04 | C5      | R1       | 2025-04-29 |          | 5
    """
    activities = "month | activity | contact | staff\n" + "\n".join(
        f"2025-04 | A{number} | C{number} | {staff}"
        for number, staff in enumerate(("Ann", "Ann", "Bob", "Bob", "Bob"), start=1)
    )
    found = derived(referrals=REFERRALS, teams=TEAMS, contacts=contacts, activities=activities)
    assert found.referral("team") == "north"


ROLES = [
    ("Ann+Bob", ("practitioner", "practitioner"), "north"),
    ("Bob+Ann", ("practitioner", "practitioner"), "south"),
    ("Ann+Bob", ("supervisor", "practitioner"), "south"),
    ("Ann+Bob", ("supervisor", "trainee"), "south"),
    ("Ann+Bob", ("supervisor", "lead"), "south"),
    ("Ann+Bob", ("other", "trainee"), "south"),
    ("Ann+Bob", ("lead", "other"), "north"),
    ("Ann+Bob", ("supervisor", "supervisor"), "north"),
    ("Cat+Bob", ("practitioner", "supervisor"), "south"),
]


@pytest.fixture(scope="module")
def by_role(tmp_path_factory):
    cases = [{"teams": with_roles(*roles), **contacts_of(who)} for who, roles, _ in ROLES]
    return derive_each(tmp_path_factory.mktemp("roles"), cases)


def with_roles(of_ann, of_bob):
    return f"month | staff | team | role\n2025-04 | Ann | north | {of_ann}\n2025-04 | Bob | south | {of_bob}"


@pytest.mark.parametrize("number", range(len(ROLES)), ids=[f"{who}, {' and '.join(roles)}" for who, roles, _ in ROLES])
def test_of_several_therapists_the_role_counts_then_the_first_activity(by_role, number):
    """Who gives therapy comes before who leads, and who supervises comes last. Who is in no team gives way."""
    provider, team = provider_of(number), ROLES[number][-1]
    assert teams_of(by_role, provider=provider) == [team]
    assert by_role.referral("team", provider=provider) == team


JOINED = [
    ("north | 2024-01-01", "south | 2024-06-01", "south", "north"),
    ("north | 2024-06-01", "south | 2024-01-01", "north", "south"),
    ("south | 2024-01-01", "north | 2024-01-01", "north", "north"),
]


@pytest.fixture(scope="module")
def joined(tmp_path_factory):
    """All of these by the team that was joined last, and by the first."""
    cases = [
        {"teams": f"month | staff | team | from\n2025-04 | Ann | {one}\n2025-04 | Ann | {other}", **contacts_of("Ann")}
        for one, other, *_ in JOINED
    ]
    ways = (DEFAULT, Options(several_teams="first-joined"))
    return [derive_each(tmp_path_factory.mktemp("joined"), cases, options) for options in ways]


@pytest.mark.parametrize("number", range(len(JOINED)), ids=[f"{one}, {other}" for one, other, *_ in JOINED])
def test_of_several_teams_of_a_therapist_the_one_joined_last_counts(joined, number):
    """Of those joined on one day, the first by its name."""
    found = [derived.referral("team", provider=provider_of(number)) for derived in joined]
    assert found == list(JOINED[number][2:])


def test_a_membership_holds_from_its_first_day_to_its_last(derived):
    teams = """
        month   | staff | team  | from       | until
        2025-04 | Ann   | north | 2025-04-02 | 2025-04-03
        2025-04 | Ann   | south | 2025-04-05 |
    """
    found = derived(referrals=REFERRALS, teams=teams, **contacts_of("Ann", "Ann", "Ann", "Ann", "Ann"))
    assert teams_of(found) == [None, "north", "north", None, "south"]


OPEN = "month | referral | received\n" + "\n".join(f"2025-0{month} | R1 | 2025-04-01" for month in (4, 5, 6))


def test_a_referral_moves_when_its_therapist_changes_and_not_before(derived):
    april, june = contacts_of("Ann"), contacts_of("Bob", month="2025-06", first=7)
    both = {name: f"{april[name]}\n{june[name].partition(chr(10))[2]}" for name in april}
    found = derived(referrals=OPEN, teams=TEAMS, **both)
    assert teams_of(found, "referral") == ["north", "north", "south"]


def test_a_therapist_who_changes_team_takes_later_contacts_along_and_not_earlier_ones(derived):
    teams = """
        month   | staff | team  | from       | until
        2025-04 | Ann   | north | 2025-01-01 |
        2025-06 | Ann   | north | 2025-01-01 | 2025-05-31
        2025-06 | Ann   | south | 2025-06-01 |
    """
    april, june = contacts_of("Ann"), contacts_of("Ann", month="2025-06", first=7)
    both = {name: f"{april[name]}\n{june[name].partition(chr(10))[2]}" for name in april}
    found = derived(referrals=OPEN, teams=teams, **both)
    assert teams_of(found) == ["north", "south"]
    assert teams_of(found, "referral") == ["north", "north", "south"]


def test_what_is_known_of_a_membership_is_what_was_sent_by_the_month_of_the_row(derived):
    """The contact of April was in the south, as May tells. The referral of April still did not know it."""
    teams = """
        month   | staff | team  | from       | until
        2025-05 | Ann   | south | 2025-01-01 |
        2025-06 | Ann   | south | 2025-01-01 | 2025-03-31
    """
    found = derived(referrals=OPEN, teams=teams, **contacts_of("Ann"))
    assert teams_of(found) == [None]
    assert teams_of(found, "referral") == [None, "south", None]


def test_a_membership_that_is_sent_again_every_month_is_one(derived):
    teams = "month | staff | team\n" + "\n".join(f"2025-0{month} | Ann | north" for month in (4, 5, 6))
    found = derived(referrals=OPEN, teams=teams, **contacts_of("Ann"))
    assert teams_of(found, "referral") == ["north"] * 3


def test_every_other_grain_has_the_team_of_its_referral(derived):
    """A log, a stage, a support row and an employment row: what they have in common is the referral."""
    logs = "month | referral | start | end\n2025-04 | R1 | 2025-04-10 | 2025-04-12"
    work = "month | patient | status | recorded\n2025-04 | P1 | 01 | 2025-04-06"
    given = contacts_of("Bob", "Ann")
    contacts = "month | contact | referral | on | type\n2025-04 | C1 | R1 | 2025-04-01 | 02\n2025-04 | C2 | R1 | 2025-04-02 | 02"
    found = derived(
        referrals=REFERRALS, teams=TEAMS, logs=logs, work=work, employment=True, activities=given["activities"], contacts=contacts
    )  # fmt: skip
    for grain in ("referral", "internet_log", "stage", "support", "employment"):
        assert teams_of(found, grain) == ["north"], grain


@pytest.mark.parametrize("partitions", [1, 2])
def test_a_therapist_is_known_within_a_provider_and_no_further(tmp_path, partitions):
    """Two providers may have an Ann each, and one of them may say nothing of teams."""
    given = contacts_of("Ann")
    one = submissions_of("AA1", referrals=REFERRALS, teams=TEAMS, **given)
    two = submissions_of("BB2", referrals=REFERRALS, teams=TEAMS.replace("north", "hill"), **given)
    three = submissions_of("CC3", referrals=REFERRALS, **given)
    found = derive_submissions(tmp_path, [*one, *two, *three], partitions=partitions)
    assert found.rows("referral", "provider", "team") == [("AA1", "north"), ("BB2", "hill"), ("CC3", None)]
    assert found.rows("contact", "provider", "team") == [("AA1", "north"), ("BB2", "hill"), ("CC3", None)]
    assert open_grains(tmp_path / "grains").has_teams


def test_a_record_that_says_nothing_of_teams_has_no_column_of_them(derived):
    found = derived(referrals=REFERRALS, **contacts_of("Ann"))
    assert not found.grains.has_teams
    assert all("team" not in getattr(found.grains, name).columns for name in ("referral", "contact", "stage"))
