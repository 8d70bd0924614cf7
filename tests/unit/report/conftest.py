"""Audits to lay out, each made and drawn once."""

import pytest

from browser.reports import AUDITS, lay_out_report


@pytest.fixture
def england():
    return AUDITS["england"]()


@pytest.fixture
def service():
    return AUDITS["service"]()


@pytest.fixture
def awkward():
    return AUDITS["awkward"]()


@pytest.fixture(params=sorted(AUDITS))
def name(request):
    """Each audit in turn."""
    return request.param


@pytest.fixture
def page(name):
    return lay_out_report(name)
