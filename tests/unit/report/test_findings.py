"""The page of findings: what it says, and that it asks for nothing."""

import re

import pytest

from built_records import build
from caseness.check import check
from caseness.report.findings import percent, render_findings, spell_rows, verdict_on
from spec.check.cases import narrow


@pytest.fixture
def checked(tmp_path):
    """Checks submissions that are told as changes of a sound one."""
    return lambda *changes, profile="submission": check(build(tmp_path, [narrow(one) for one in changes]), profile)


def test_the_page_says_of_each_finding_what_it_does_and_what_to_do(checked):
    found = checked("IDS201 AppType null; IDS606 PersScore 28; IDS101 EndCode 46")
    page = render_findings(found, "April <1>")
    assert "April &lt;1&gt;" in page
    for finding in found.findings:
        rule = finding.rule
        assert rule.id in page
        if not rule.is_consequence:
            assert all(text in page for text in (rule.says, rule.effect, rule.remedy, rule.source))
    assert "(officially IDS60607)" in page
    assert "Taken along" in page


def test_the_page_holds_no_value_of_a_row(checked):
    page = render_findings(checked("IDS001 NHSNumber 1234567890 Postcode QQ9; IDS101 EndCode 77"), "April")
    assert not [value for value in ("1234567890", "QQ9", "1980-02-03", ">R1<", ">P1<") if value in page]


def test_the_page_fetches_nothing(checked):
    page = render_findings(checked(""), "April")
    assert not re.findall(r"(?:src|href)=\"(?!#|data:)", page)
    assert "No rule is broken." in page
    assert "default-src 'none'" in page


def test_a_practice_is_told_what_does_not_apply(checked):
    page = render_findings(checked("", profile="practice"), "Practice")
    assert "rules do not apply to the profile practice" in page
    assert "rules do not apply" not in render_findings(checked(""), "Service")


def test_a_rule_that_is_not_verified_says_why(checked):
    page = render_findings(checked("IDS606 CodedAssToolType 999999999"), "April")
    assert "Not verified: NHS England rejects a questionnaire" in page


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        (("",), "Every row is kept."),
        (("IDS606 PersScore 28",), "Every row is kept. The warnings below may change figures."),
        (("IDS606 PersScore NA",), "1 row is rejected and left out of every figure. The rest is kept."),
        (("IDS201 AppType null",), "3 rows are rejected and left out of every figure. The rest is kept."),
        (("IDS001 Postcode QQ",), "The submission is rejected as a whole: no row counts in any figure."),
        (("IDS001 Postcode QQ", ""), "1 of 2 submissions are rejected as a whole: no row counts in any figure."),
    ],
)
def test_the_verdict_is_that_of_the_worst_finding(checked, changes, verdict):
    assert verdict_on(checked(*changes)) == verdict


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (None, "not judged"),
        (0, "0 %"),
        (0.04, "less than 0.1 %"),
        (8.33, "8.3 %"),
        (99.95, "more than 99.9 %"),
        (100, "100 %"),
    ],
)
def test_a_share_is_never_rounded_to_none_or_all(value, spelled):
    assert percent(value) == spelled


def test_row_ids_are_the_first_with_how_many_follow(checked):
    many = "; ".join(f"+IDS101 ServiceRequestId X{n} EndCode 46" for n in range(11))
    finding = next(one for one in checked(many).findings if one.rule.id == "C101-08")
    assert spell_rows(finding).endswith("1000000011 and 1 more")
    empty = next(one for one in checked("-IDS002").findings if one.rule.id == "C002-01")
    assert spell_rows(empty) == "no row of its own"
