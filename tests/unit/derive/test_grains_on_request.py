"""Grains that are made where they are asked for, and teams where a record tells of any."""

from built_records import build
from caseness.derive import COLUMNS, Options, derive, open_grains
from caseness.derive.derivation import ANNUAL, ATTRIBUTES, COURSE_CONTACT, EMPLOYMENT, SUPPORT
from caseness.derive.grains import ALWAYS, ON_REQUEST
from caseness.derive.shapes import START_COLUMNS
from caseness.derive.steps import Wanted, compiled
from caseness.engine import fetch
from derived_records import Unchecked, derive_submissions, read_headers, submission_of, submissions_of

REFERRALS = "month | referral | received | ended\n2025-04 | R1 | 2025-04-01 | 2025-04-28\n2025-05 | R2 | 2025-05-01 |"


def _two_versions(second_created):
    first = submissions_of(referrals="month | referral | received | ended\n2025-04 | R1 | 2025-04-01 | ")[0]
    second = submissions_of(referrals="month | referral | received | ended\n2025-04 | R1 | 2025-04-01 | 2025-04-28")[0]
    second["IDS000Header"] = [submission_of("2025-04", created=second_created)]
    return [first, second]


def test_grains_on_request_are_made_where_they_are_asked_for(tmp_path):
    """They are opened again as they were written, from as many parts as the others, and gone when they are not asked for."""
    work = "month | patient | status | recorded\n2025-04 | P1 | 01 | 2025-04-06"
    given = [*submissions_of("AA1", referrals=REFERRALS, work=work), *submissions_of("BB2", referrals=REFERRALS)]
    made = derive_submissions(tmp_path / "a", given, employment=True, annual=True, partitions=2).grains
    assert {name: made.rows[name] for name in (EMPLOYMENT, SUPPORT, ATTRIBUTES, ANNUAL, COURSE_CONTACT)} == {
        "employment": 1,
        "support": 4,
        "attributes": 4,
        "annual": 4,
        "course_contact": 0,
    }
    opened = open_grains(tmp_path / "a" / "grains")
    assert opened.score is None
    for name in (EMPLOYMENT, SUPPORT, ATTRIBUTES, ANNUAL, COURSE_CONTACT):
        held = getattr(opened, name).schema()
        columns = {**COLUMNS[name], **(START_COLUMNS if name == ATTRIBUTES else {})}
        assert [(column, str(kind)) for column, kind in held.items()] == list(columns.items())
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "grains").rename(tmp_path / "b" / "grains")
    again = tmp_path / "b" / "grains"
    derive(Unchecked(read_headers(build(tmp_path / "b", given), given), {}), again)
    assert not [path.name for path in again.iterdir() if path.name.startswith(ON_REQUEST)]
    assert (open_grains(again).employment, open_grains(again).attributes, open_grains(again).has_deciles) == (
        None,
        None,
        False,
    )


TEAMS = "month | staff | team\n2025-04 | Ann | north"


def test_grains_have_teams_where_the_record_says_who_is_in_which(tmp_path):
    """They are opened again as they were written. A folder that was made before teams were read is read as one without."""
    given = submissions_of(referrals=REFERRALS, teams=TEAMS)
    made = derive_submissions(tmp_path / "a", given, employment=True).grains
    opened = open_grains(tmp_path / "a" / "grains")
    for name in (*ALWAYS, EMPLOYMENT, SUPPORT):
        held = [(column, str(kind)) for column, kind in getattr(opened, name).schema().items()]
        assert held == [*COLUMNS[name].items(), ("team", "string")]
        assert fetch(getattr(opened, name)).num_rows == made.rows[name]
    assert (made.has_teams, opened.has_teams) == (True, True)
    without = derive_submissions(tmp_path / "b", submissions_of(referrals=REFERRALS)).grains
    assert not without.has_teams


def test_every_grain_is_made_of_a_record_that_says_who_is_in_which_team(tmp_path):
    """Attributes, scores and the grains of the year have no team: no figure of a team reads them."""
    scores = "month | referral | tool | score | on\n2025-04 | R1 | phq9 | 12 | 2025-04-06"
    given = submissions_of(referrals=REFERRALS, teams=TEAMS, scores=scores)
    made = derive_submissions(tmp_path, given, employment=True, annual=True, scores=True).grains
    assert made.has_teams
    assert {name for name in COLUMNS if "team" not in getattr(made, name).columns} == {
        "attributes",
        "score",
        "annual",
        "course_contact",
    }
    assert made.rows["score"] == 1


def test_rows_of_a_submission_that_does_not_count_say_nothing_of_teams(tmp_path):
    """Nor does a record pay for teams that says nothing of them: no step reads who is in which."""
    versions = _two_versions("2025-06-12T09:30:00")
    versions[0]["EXT01TeamMembership"] = [
        {"CarePersLocalId": "Ann", "TeamId": "north", "TeamRole": "lead", "TeamStartDate": "2025-01-01"}
    ]
    assert not derive_submissions(tmp_path / "a", versions).grains.has_teams
    assert derive_submissions(tmp_path / "b", versions, options=Options(submissions="primary")).grains.has_teams
    assert not [step for step in compiled(Wanted(employment=True)) if "EXT01" in step.query]
    assert [step for step in compiled(Wanted(employment=True, teams=True)) if "EXT01" in step.query]


def test_the_grain_of_scores_is_made_where_it_is_asked_for(tmp_path):
    scores = "month | referral | tool | score | on\n2025-04 | R1 | phq9 | 12 | 2025-04-06"
    given = submissions_of("AA1", referrals=REFERRALS, scores=scores)
    made = derive_submissions(tmp_path / "a", given, scores=True).grains
    assert made.rows["score"] == 1
    held = open_grains(tmp_path / "a" / "grains").score.schema()
    assert [(column, str(kind)) for column, kind in held.items()] == list(COLUMNS["score"].items())
