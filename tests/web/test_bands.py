"""When the expected band is drawn, and when it is not: bands steer care only where a safety officer enabled them."""

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from caseness.feedback.norms import Norm, Norms
from caseness.feedback.norms_file import BadNorms, enable, write_norms
from caseness.stats.trajectory_bands import Quantiles
from caseness.web.attention.client_page import ClientPage
from caseness.web.attention.models import ServiceNorms
from web.caseloads import at
from web.people import TODAY, make_course, make_member, make_referral, make_service, make_team, reader_for

pytestmark = pytest.mark.django_db


def norms_of(provider, made_up=""):
    """Norms whose band is 5 to 10 at every session but the first."""
    levels = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
    values = np.tile(np.linspace(4, 11, len(levels)), (1, 20, 1))
    values[:, 0] = np.nan
    quantiles = Quantiles(np.array([0.0, 28.0]), levels, values, np.full((1, 20), 500))
    norm = Norm("phq9", "high", 900, 900, 5000, quantiles, {0.8: 0.0, 0.9: 0.0}, None, 0.0, "not fitted", (), (), ())
    return Norms("a record", (provider,), ("2024-04", "2025-03"), made_up, "0.1.0", {}, {}, (norm,), ())


@pytest.fixture
def referral(settings):
    """In a service of real people."""
    settings.IS_DEMONSTRATION = False
    service = make_service(provider_code="RX1")
    service.is_made_up = False
    service.save()
    therapist = make_member(service, team=make_team(service))
    return make_course(make_referral(service, therapist), [17, 15, 9], TODAY - timedelta(14))


@pytest.fixture
def give(referral, tmp_path):
    """Give norms to the service, enabled or not."""

    def to_service(norms, is_enabled=True):
        written = write_norms(norms, tmp_path / "norms.json")
        if is_enabled:
            signed = enable(written, "Dr Safe", date(2026, 3, 1), TODAY)
            write_norms(replace(norms, sign_off=signed.sign_off), tmp_path / "norms.json")
        file = json.loads((tmp_path / "norms.json").read_text())
        return ServiceNorms.objects.create(
            service=referral.service, file=file, added=at(TODAY), added_by=referral.therapist.user
        )

    return to_service


def band_of(referral):
    (course,) = ClientPage(reader_for(referral.therapist), referral).courses
    return course.band


def test_a_band_is_drawn_with_norms_of_this_service_that_somebody_enabled(referral, give):
    give(norms_of("RX1"))
    found = band_of(referral)
    assert {session: tuple(map(round, ends)) for session, ends in found.of_session.items()} == {2: (5, 10), 3: (5, 10)}
    assert found.says.startswith("Expected: 80% of 900 courses of high intensity in a record")


@pytest.mark.parametrize(
    ("provider", "made_up", "is_enabled"), [("RX1", "", False), ("RX2", "", True), ("RX1", "SYNTHETIC", False)]
)
def test_no_band_is_drawn_that_nobody_enabled_or_that_is_of_other_people(referral, give, provider, made_up, is_enabled):
    give(norms_of(provider, made_up), is_enabled)
    assert band_of(referral) is None


def test_where_nobody_is_real_a_band_of_made_up_people_is_drawn_and_says_so(referral, give):
    give(norms_of("ZZ9", "SYNTHETIC: nobody is real."), is_enabled=False)
    referral.service.is_made_up = True
    found = band_of(referral)
    assert found.says.endswith("SYNTHETIC: nobody is real.")


def test_norms_that_were_damaged_are_told_and_not_used(referral, give):
    kept = give(norms_of("RX1"))
    kept.file["hash"] = "0" * 64
    kept.save()
    with pytest.raises(BadNorms, match="The file of norms of Northmoor was changed"):
        band_of(referral)
