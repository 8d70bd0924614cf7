"""A large record is checked some submissions at a time: the findings are those of all at once."""

import pytest

from built_records import build, row, sound_submission
from caseness.check import check, scope
from caseness.check.scope import RecordScope, share_out
from caseness.engine import fetch
from caseness.record import ROW_ID, TABLES


def _submissions():
    sound = [sound_submission() for _ in range(5)]
    sound[1]["IDS101Referral"][0]["SourceOfReferralIAPT"] = "ZZZ"
    sound[2]["IDS001MPI"].append(row("LocalPatientId P2 OrgIDLocalPatientId ZZ9 PersonBirthDate 1970-01-01"))
    sound[3]["IDS201CareContact"][0]["CareContDate"] = "2024-01-01"
    sound[4]["IDS607CodedScoreAssessmentAct"][0]["PersScore"] = "99"
    return sound


def _told(checked):
    findings = {one.rule.id: (one.count, dict(one.by_submission), one.rows) for one in checked.findings}
    kept = {table.id: sorted(fetch(checked.kept(table.id))[ROW_ID].to_pylist()) for table in TABLES}
    return findings, kept, checked.tables, checked.score


def test_findings_do_not_depend_on_how_many_submissions_are_checked_at_once(tmp_path, monkeypatch):
    record = build(tmp_path, _submissions())
    whole = _told(check(record))
    assert whole[0], "something has to be found"
    monkeypatch.setattr(scope.share_out, "__defaults__", (30,))
    assert len(share_out(record)) > 2
    assert _told(check(record)) == whole


@pytest.mark.parametrize(("at_once", "spans"), [(10**9, [None]), (1, [(i, i) for i in range(1, 6)])])
def test_a_record_is_shared_out_by_submissions(tmp_path, at_once, spans):
    parts = share_out(build(tmp_path, _submissions()), at_once)
    assert [one.span for one in parts] == spans
    assert isinstance(parts[0], RecordScope)
