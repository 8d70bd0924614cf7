"""The whole releases: every month, year and provider, with their stars."""

import numpy as np
import pytest

from caseness.audit.endings import classify
from caseness.audit.identities import check
from caseness.audit.rates import count_reproduced, recompute
from caseness.audit.record import gather
from caseness.audit.trend import follow
from caseness.audit.waits import measure
from caseness.periods import financial_year
from caseness.programme import load
from caseness.published import open_releases
from caseness.results import ANNUAL, SUMMED

YEAR = financial_year(2024)
# Two small providers: NMG has a star in most cells of 2024-25, R1F is listed for one month of it.
SMALL = ("NMG", "R1F")


@pytest.fixture(scope="module")
def record(shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("releases")
    for name in ("measures_annual.parquet", "measures_monthly.parquet"):
        (folder / name).symlink_to(shared_data / "published" / name)
    return gather(open_releases(folder))


@pytest.fixture(scope="module")
def checks(record):
    return {one.id: one for one in check(record)}


def test_no_printed_percentage_of_any_provider_is_impossible(record):
    lines = count_reproduced(record)
    assert sum(line.printed for line in lines) > 100_000
    assert sum(line.reproduced for line in lines) > 14_000
    assert not [line.figure_id for line in lines if line.impossible]


def test_the_identities_hold_for_every_provider(checks):
    departed = {name: one.depart for name, one in checks.items() if one.depart}
    assert set(departed) == {"annual_finished_and_received"}
    assert sum(one.checked for one in checks.values()) > 400_000


def test_contacts_by_staff_and_by_medium_agree_since_all_media_are_published(checks):
    assert checks["staff"].depart == 0
    assert checks["staff"].hold == 47


def test_providers_that_finish_more_than_they_receive_in_2024_25(checks, record):
    """DRL, R1F, RYK, 8J724 and NMG by printed counts. RW5ME too: 95 finished, and a star received."""
    cube = record.cube(ANNUAL)
    row = cube.periods.index(YEAR)
    finished, received = cube.plane("M076"), cube.plane("M001")
    found = {cube.organisations[j] for j in np.flatnonzero(finished.low[row] > received.high[row])}
    assert found == {"DRL", "R1F", "RYK", "8J724", "NMG", "RW5ME"}
    finding = checks["annual_finished_and_received"]
    assert dict(finding.by_period)[YEAR] == len(found)
    assert "no error by itself" in finding.remark


def quantities(part):
    """Every quantity in a part of an audit, wherever it stands."""
    if hasattr(part, "low") and hasattr(part, "unit"):
        yield part
    elif isinstance(part, tuple):
        yield from (one for each in part for one in quantities(each))
    elif hasattr(part, "__dataclass_fields__"):
        yield from (one for name in part.__dataclass_fields__ for one in quantities(getattr(part, name)))


@pytest.mark.parametrize("organisation", SMALL)
def test_every_number_of_a_small_provider_is_sane(record, organisation):
    parts = (
        recompute(record, YEAR, organisation),
        classify(record, YEAR, organisation, load("england")),
        measure(record, YEAR, organisation, load("england")),
        follow(record, organisation, load("england")),
    )
    found = list(quantities(parts))
    assert len(found) > 1_000
    for one in found:
        assert (one.low is None) == (not one.is_known)
        assert one.value is not None or one.reason in ("suppressed", "no_data", "not_applicable")
        if one.value is not None and one.low is not None:
            assert one.low - 1e-9 <= one.value <= (one.high if one.high is not None else np.inf) + 1e-9


@pytest.mark.parametrize("organisation", SMALL)
def test_shares_within_a_whole_lie_between_nought_and_a_hundred(record, organisation):
    endings = classify(record, YEAR, organisation, load("england"))
    waits = measure(record, YEAR, organisation, load("england"))
    shares = [one.of_ended for one in endings.codes] + [one.share for one in waits.shares]
    known = [one for one in shares if one.is_known]
    assert known
    assert all(0 <= one.low <= one.high <= 100 for one in known)


def test_a_provider_of_stars_has_bounds_where_its_annual_report_has_a_value(record):
    """NMG, 2024-25: 50 of 200 within 6 weeks by the annual report; by months 26 to 75 of 182 to 222, most of them starred."""
    waits = measure(record, YEAR, "NMG", load("england"))
    annual, summed = (waits.share("six_weeks_finished", basis) for basis in (ANNUAL, SUMMED))
    assert (annual.part.value, annual.whole.value, annual.meets) == (50, 200, False)
    assert (summed.share.value, summed.share.reason) == (None, "suppressed")
    assert summed.share.low < annual.share.value < summed.share.high
