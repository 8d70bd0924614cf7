"""Claims about groups and providers, on the official annual release."""

import pytest

from caseness.audit.claims import CONSISTENT, CONTRADICTED, OTHER_NUMERATOR, judge, parse_claims
from caseness.audit.record import gather
from caseness.published import open_releases
from caseness.results import ENGLAND, Selection

HEAD = """
[[claim]]
id = "{id}"
says = "Made up, or quoted in the test."
source = "See the test"
period = "2024-25"
kind = "share"
numerator = "recovery"
denominator = "judged_for_recovery"
"""
DECILE = 'breakdown = {{ type = "Indices of Deprivation Decile", group = "{}" }}\n'
PROVIDER = 'organisation = "RYK"\n'


# One query for the few figures that are judged: the whole release has 4.5 million rows.
WANTED = Selection(figures=("M001", "M076", "M179", "M191", "M193", "at_caseness"), organisations=(ENGLAND, "RYK"))


@pytest.fixture(scope="module")
def verdicts(shared_data):
    figures = open_releases(shared_data / "published" / "measures_annual.parquet").select(WANTED)
    bodies = {
        "least deprived": "value = 52.4\n" + DECILE.format("01 Least deprived"),
        "most deprived": "value = 40.5\n" + DECILE.format("10 Most deprived"),
        "provider, too exact": "value = 42.672\n" + PROVIDER,
        "provider, far off": "value = 90\n" + PROVIDER,
    }
    claims = parse_claims("".join(HEAD.format(id=name) + body for name, body in bodies.items()), "t")
    return {one.claim.id: one for one in judge(gather(figures), claims, figures)}


@pytest.mark.parametrize(("decile", "recovered"), [("least deprived", 56.2), ("most deprived", 42.8)])
def test_a_rate_that_was_quoted_under_another_name_is_found(verdicts, decile, recovered):
    """psyreflect.com quotes 52.4 and 40.5 % as the recovery of the least and most deprived tenth in 2024-25.

    The annual release prints these as reliable recovery; recovery is 56.2 and 42.8.
    """
    one = verdicts[decile]
    assert one.verdict == OTHER_NUMERATOR
    assert (one.pairs[0].numerator, one.pairs[0].denominator) == ("reliable_recovery", "judged_for_recovery")
    assert round(one.figure.value, 1) == recovered


def test_a_rounded_provider_never_reproduces_three_decimals(verdicts):
    one = verdicts["provider, too exact"]
    assert one.verdict == CONSISTENT
    assert not one.figure.is_exact
    assert "Published counts are rounded" in one.explanation
    assert one.request is None


def test_a_rounded_provider_can_be_contradicted(verdicts):
    assert verdicts["provider, far off"].verdict == CONTRADICTED
