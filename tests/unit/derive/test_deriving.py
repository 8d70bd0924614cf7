"""Which submissions count, where grains are written, and what is refused."""

import json
from datetime import UTC, date, datetime

import pytest

from caseness.derive import (
    ASSUMED,
    COLUMNS,
    DEFAULT,
    AssumedRule,
    Options,
    derivations,
    find_derivation,
    open_grains,
    require_room,
    staging,
)
from caseness.derive.derivation import (
    Derivation,
    derivation,
    lay_on,
)
from caseness.derive.grains import ALWAYS
from caseness.derive.submissions import share_out
from caseness.engine import fetch, load
from caseness.errors import CannotDerive, CannotWrite, UnknownName, UnreadableInput
from caseness.read import Submission
from derived_records import derive_submissions, submission_of, submissions_of

import pyarrow as pa  # isort: skip

_MADE = datetime(2025, 7, 1, tzinfo=UTC)
REFERRALS = "month | referral | received | ended\n2025-04 | R1 | 2025-04-01 | 2025-04-28\n2025-05 | R2 | 2025-05-01 |"


def _two_versions(second_created):
    first = submissions_of(referrals="month | referral | received | ended\n2025-04 | R1 | 2025-04-01 | ")[0]
    second = submissions_of(referrals="month | referral | received | ended\n2025-04 | R1 | 2025-04-01 | 2025-04-28")[0]
    second["IDS000Header"] = [submission_of("2025-04", created=second_created)]
    return [first, second]


def _ended(folder, submissions, **how):
    return derive_submissions(folder, submissions, **how).referral("discharge_date") is not None


def test_a_refresh_replaces_the_primary_submission_unless_that_is_asked_for(tmp_path):
    versions = _two_versions("2025-06-12T09:30:00")
    assert _ended(tmp_path / "a", versions)
    assert not _ended(tmp_path / "b", versions, options=Options(submissions="primary"))


def test_a_submission_outside_both_windows_counts_only_without_another(tmp_path):
    assert not _ended(tmp_path / "a", _two_versions("2025-09-12T09:30:00"))
    assert _ended(tmp_path / "b", _two_versions("2025-09-12T09:30:00")[1:])


def test_a_submission_that_checking_refused_gives_way_to_the_one_before(tmp_path):
    """Reading marked the later one as the latest, before anything was checked."""
    versions = _two_versions("2025-06-12T09:30:00")
    for each in versions:
        each["IDS002GP"] = [{"LocalPatientId": "P1", "GMPCodeReg": "A12345"}]
    assert _ended(tmp_path / "a", versions, checks=True)
    versions[1]["IDS002GP"] = []
    assert not _ended(tmp_path / "b", versions, checks=True)


def test_nothing_left_to_derive_is_told(tmp_path):
    with pytest.raises(CannotDerive, match="None of the 1 submissions"):
        derive_submissions(tmp_path, _two_versions("2025-09-12T09:30:00")[1:], options=Options(submissions="primary"))


@pytest.mark.parametrize(
    ("start", "end"), [("2025-04-01", "2025-05-31"), ("2025-04-02", "2025-04-30"), ("2025-04-01", "2025-04-29")]
)
def test_a_submission_that_is_not_of_one_month_is_refused(tmp_path, start, end):
    given = submissions_of(referrals=REFERRALS)[:1]
    given[0]["IDS000Header"][0] |= {"ReportingPeriodStartDate": start, "ReportingPeriodEndDate": end}
    with pytest.raises(CannotDerive, match="do not cover one calendar month"):
        derive_submissions(tmp_path, given)


def test_grains_are_opened_again_as_they_were_written(tmp_path):
    made = derive_submissions(tmp_path, submissions_of(referrals=REFERRALS)).grains
    opened = open_grains(tmp_path / "grains")
    assert (opened.periods, opened.rows, opened.options) == (made.periods, made.rows, made.options)
    assert [period.label for period in opened.periods] == ["2025-04", "2025-05"]
    for name in ALWAYS:
        table, columns = getattr(opened, name), COLUMNS[name]
        assert list(table.columns) == list(columns)
        assert [str(kind) for kind in table.schema().values()] == list(columns.values())
        assert fetch(table).num_rows == made.rows[name]
    assert (made.employment, opened.support) == (None, None)


def test_grains_are_replaced_and_nothing_else_is(tmp_path):
    given = submissions_of(referrals=REFERRALS)
    derive_submissions(tmp_path / "a", given)
    (tmp_path / "b" / "grains").mkdir(parents=True)
    (tmp_path / "b" / "grains" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CannotWrite, match="was not derived"):
        derive_submissions(tmp_path / "b", given)
    (tmp_path / "a" / "grains").rename(tmp_path / "kept")
    (tmp_path / "c").mkdir()
    (tmp_path / "kept").rename(tmp_path / "c" / "grains")
    assert derive_submissions(tmp_path / "c", given).grains.rows["referral"] == 2


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "grains").write_text("", encoding="utf-8")
    with pytest.raises(CannotWrite, match="could be derived into"):
        derive_submissions(tmp_path / "a", submissions_of(referrals=REFERRALS))
    with pytest.raises(CannotWrite, match="could be derived into"):
        require_room(tmp_path / ("a" * 300))


def test_a_folder_without_grains_and_one_of_another_form_are_refused(tmp_path):
    with pytest.raises(UnreadableInput, match="holds no derived grains"):
        open_grains(tmp_path)
    derive_submissions(tmp_path, submissions_of(referrals=REFERRALS))
    manifest = tmp_path / "grains" / "derive.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text(encoding="utf-8")), "format": 0}), encoding="utf-8")
    with pytest.raises(UnreadableInput, match="another form"):
        open_grains(tmp_path / "grains")
    manifest.unlink()
    with pytest.raises(UnreadableInput, match="derived grains without their manifest"):
        open_grains(tmp_path / "grains")


def test_files_that_were_not_derived_together_are_refused(tmp_path):
    derive_submissions(tmp_path / "a", submissions_of(referrals=REFERRALS))
    derive_submissions(
        tmp_path / "b", submissions_of(referrals=REFERRALS.splitlines()[0] + "\n2025-04 | R1 | 2025-04-01 |")
    )
    grains, other = tmp_path / "a" / "grains", tmp_path / "b" / "grains"
    manifest, ended = grains / "derive.json", grains / "referral-ended-0000.parquet"
    told, kept = json.loads(manifest.read_text(encoding="utf-8")), ended.read_bytes()
    ended.write_bytes((other / ended.name).read_bytes())
    with pytest.raises(UnreadableInput, match="were not derived together: those of referral hold"):
        open_grains(grains)
    ended.write_bytes(kept[:40])
    with pytest.raises(UnreadableInput, match=r"referral-ended-0000\.parquet is no whole Parquet file"):
        open_grains(grains)
    ended.unlink()
    with pytest.raises(UnreadableInput, match=r"referral-ended-0000\.parquet is missing"):
        open_grains(grains)
    for changed in ({"months": 5}, {"months": ["abc"]}, {"partitions": "two"}, {"rows": 3}):
        manifest.write_text(json.dumps({**told, **changed}), encoding="utf-8")
        with pytest.raises(UnreadableInput, match="was changed or damaged"):
            open_grains(grains)


def test_rules_and_options_are_known_by_the_same_names():
    assert {rule.id: rule.default for rule in ASSUMED} == DEFAULT.all
    assert DEFAULT.changed == {}
    named = {name for one in derivations() for name in one.assumed}
    assert named <= {rule.id for rule in ASSUMED}


def test_an_option_or_a_rule_that_is_not_there_is_told():
    with pytest.raises(UnknownName, match="primary"):
        Options(submissions="primery")
    with pytest.raises(ValueError, match="default is one of them"):
        AssumedRule("x", "x", {"a": "b"}, "a", "s", ())


def test_names_and_item_codes_of_derivations_are_their_own():
    for kind in ("name", "uid", "official"):
        held = [getattr(one, kind) for one in derivations() if getattr(one, kind)]
        assert len(held) == len(set(held)), kind
    with pytest.raises(UnknownName, match="recovery"):
        find_derivation("recvery")


def test_every_wide_and_narrow_column_of_a_grain_that_is_derived_is_declared():
    from_keys = {
        "pathway", "month", "is_latest_in_quarter", "is_latest_in_year", "row_id", "submission", "contact", "log",
        "start_date", "end_date", "employment", "recorded_date", "score", "score_date", "deprivation_decile",
    }  # fmt: skip
    from caseness.derive.submitted import SUBMITTED

    known = {one.name for one in derivations()} | set(SUBMITTED) | from_keys
    for columns in COLUMNS.values():
        assert set(columns) <= known


def test_a_derivation_without_words_or_of_no_grain_is_refused():
    with pytest.raises(ValueError, match="says what it means"):
        derivation("referral", when_null="Null.", source="s")(lambda row: row)
    with pytest.raises(ValueError, match="the grain must be"):
        Derivation("x", "week", "", "m", (), "n", "s", print)


def test_a_derivation_that_lacks_a_column_is_told():
    with pytest.raises(ValueError, match="there is no contact_date"):
        lay_on(load(pa.table({"referral_date": [1]})), (find_derivation("days_from_referral"),))


@pytest.mark.parametrize("few", [1, 12], ids=["files", "record"])
def test_partitions_are_derived_one_after_the_other(tmp_path, monkeypatch, few):
    """Many from files of their own, which are gone afterwards; few from the record. A table may have no rows in one."""
    monkeypatch.setattr(staging, "FEW", few)
    contacts = "month | contact | referral | on | type\n2025-04 | C1 | R1 | 2025-04-05 | 02"
    given = [
        *submissions_of("AA1", referrals=REFERRALS, contacts=contacts),
        *submissions_of("BB2", referrals=REFERRALS),
    ]
    found = derive_submissions(tmp_path, given, partitions=9)
    assert found.grains.rows == {"referral": 4, "contact": 1, "internet_log": 0, "stage": 0}
    assert found.rows("referral", "provider", "care_contacts", month="2025-04") == [("AA1", 1), ("BB2", 0)]
    names = {path.name for path in (tmp_path / "grains").iterdir()}
    assert {"derive.json", "contact-0000.parquet", "contact-0001.parquet"} <= names
    assert not any(name.startswith("staged") for name in names)


@pytest.mark.parametrize(
    ("rows", "partitions", "shares"),
    [
        ({"A": 5, "B": 5, "C": 5, "D": 5}, 2, ["AB", "CD"]),
        ({"A": 1, "B": 1, "C": 18}, 2, ["AB", "C"]),
        ({"A": 18, "B": 1, "C": 1}, 3, ["A", "BC"]),
        ({"A": 5, "B": 5}, 9, ["A", "B"]),
        ({"A": 0, "B": 0}, 1, ["AB"]),
    ],
)
def test_neighbours_share_a_partition(rows, partitions, shares):
    """Every provider is in one partition with all of its months, and none is empty."""
    months = [(date(2025, 4, 1), date(2025, 4, 30)), (date(2025, 5, 1), date(2025, 5, 31))]
    given = [_submission(10 * i + j, name, *days) for i, days in enumerate(months) for j, name in enumerate(rows)]
    found = share_out(given, {one.id: rows[one.provider] for one in given}, partitions)
    assert ["".join(sorted({one.provider for one in part.submissions})) for part in found] == shares
    assert [part.number for part in found] == list(range(len(shares)))
    assert sorted(one.id for part in found for one in part.submissions) == [one.id for one in given]


def _submission(number, provider, start, end):
    return Submission(number, provider, provider, "2.1", start, end, _MADE, "primary", True, "a file")


def test_a_derivation_can_be_called_with_plain_values():
    assert find_derivation("excluded_before_first_stage").parameters == ("first_run",)
    assert derivation("referral", when_null="Null.", source="s")(_sum)(1, 2) == 3


def _sum(one, other):
    """Both together."""
    return one + other
