"""Laws of deriving, on made-up records"""

import shutil
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseness.derive import COLUMNS, staging
from caseness.engine import fetch
from derived_records import derive_submissions, submissions_of

_START = date(2025, 3, 1)
_DAYS = 92
_THERAPIES = ("cbt", "book", "support", "emdr", "")
_LOCAL = ("pathway", "row_id", "submission", "contact", "log", "employment")
# Deriving takes as long for nine referrals as for two, so that few records have many.
_FEW = settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow])
_QUICK = settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def _referral(draw):
    received = draw(st.integers(0, 40))
    ended = draw(st.none() | st.integers(received, _DAYS - 1))
    contacts = draw(
        st.lists(
            st.tuples(
                st.integers(received, _DAYS - 1),
                st.sampled_from(("01", "02", "03", "06", "10")),
                st.sampled_from("56372"),
                st.sampled_from(_THERAPIES),
                st.integers(0, 30),
            ),
            max_size=7,
        )
    )
    return received, ended, contacts


_REFERRALS = st.lists(_referral(), min_size=2, max_size=9)


def _day(number):
    return str(_START + timedelta(days=number))


# A referral is in every month until that in which it ends, and after that in those with a contact.
def _tables(referrals, provider):
    tables = {"referrals": [], "contacts": [], "activities": [], "contact_scores": [], "work": []}
    for number, (received, ended, contacts) in enumerate(referrals):
        name, last = f"{provider}R{number}", _DAYS - 1 if ended is None else ended
        months = {_day(each)[:7] for each in (*range(received, last + 1), *(day for day, *_ in contacts))}
        for month in sorted(months):
            is_ended = ended is not None and _day(ended)[:7] <= month
            tables["referrals"].append(
                {
                    "month": month,
                    "referral": name,
                    "patient": f"P{name}",
                    "received": _day(received),
                    "ended": _day(ended) if is_ended else "",
                }
            )
            tables["work"].append(
                {
                    "month": month,
                    "patient": f"P{name}",
                    "status": "01",
                    "sick": "NY8"[received % 3],
                    "recorded": _day(received),
                    "support_until": _day(last),
                }
            )
        for place, (day, kind, attended, therapy, score) in enumerate(contacts):
            month, contact = _day(day)[:7], f"{name}C{place}"
            tables["contacts"].append(
                {
                    "month": month,
                    "contact": contact,
                    "referral": name,
                    "on": _day(day),
                    "type": kind,
                    "attended": attended,
                }
            )
            tables["activities"].append(
                {"month": month, "activity": f"{contact}A", "contact": contact, "therapy": therapy}
            )
            tables["contact_scores"].append(
                {"month": month, "activity": f"{contact}A", "tool": "phq9", "score": str(score)}
            )
    return tables


def _derived(*given_tables, **how):
    folder = Path(mkdtemp())
    try:
        submissions = [
            each for provider, tables in given_tables for each in submissions_of(provider=provider, **tables)
        ]
        grains = derive_submissions(folder, submissions, **how).grains
        return {name: _plain(getattr(grains, name)) for name in COLUMNS if getattr(grains, name) is not None}
    finally:
        shutil.rmtree(folder)


def _plain(table):
    rows = fetch(table.drop(*(name for name in _LOCAL if name in table.columns))).to_pylist()
    return sorted((tuple(row.items()) for row in rows), key=repr)


def _of(found, provider):
    return {name: [row for row in rows if dict(row)["provider"] == provider] for name, rows in found.items()}


@_QUICK
@given(_REFERRALS, _REFERRALS, st.randoms(use_true_random=False), st.sampled_from((0, 12)))
def test_order_partitions_and_unrelated_referrals_change_nothing(ours, others, chance, few):
    """Rows in another order, providers derived one after the other, from the record or from files of their own, and the
    referrals of another provider beside them.
    """
    tables = _tables(ours, "AA1")
    alone = _derived(("AA1", tables), employment=True, scores=True)
    shuffled = {name: chance.sample(rows, len(rows)) for name, rows in tables.items()}
    with patch.object(staging, "FEW", few):
        found = _derived(("AA1", shuffled), ("BB2", _tables(others, "BB2")), partitions=2, employment=True, scores=True)
    # Scores and contacts of one time are told apart by their row, which is another one now.
    if not _has_ties(ours):
        assert _of(found, "AA1") == alone
    assert {name: len(rows) for name, rows in _of(found, "AA1").items()} == {
        name: len(rows) for name, rows in alone.items()
    }


def _has_ties(referrals):
    return any(len({day for day, *_ in contacts}) < len(contacts) for _, _, contacts in referrals)


@_QUICK
@given(_REFERRALS)
def test_counts_and_dates_hold_together(ours):
    """What is counted is nested, dates are in order, and what is known only grows from month to month."""
    found = _derived(("AA1", _tables(ours, "AA1")), all_columns=True)
    rows = [dict(row) for row in found["referral"]]
    for row in rows:
        assert row["treatment_contacts"] <= row["care_contacts"]
        assert row["completed_treatment"] == (row["discharge_date"] is not None and row["treatment_contacts"] >= 2)
        assert (row["first_session_date"] is None) == (row["treatment_contacts"] == 0)
        assert (row["second_session_date"] is None) == (row["treatment_contacts"] < 2)
        days = [row[name] for name in ("first_session_date", "second_session_date", "last_session_date") if row[name]]
        assert days == sorted(days)
        assert row["phq9_last"] is None or (row["phq9_first"] is not None and row["discharge_date"] is not None)
        assert row["cbt_contacts"] <= row["care_contacts"]


@_FEW
@given(_REFERRALS)
def test_support_agrees_with_the_referrals_and_changes_none_of_them(ours):
    """Each referral row has one row of support, which says the same of what both know; and making it changes nothing."""
    tables = _tables(ours, "AA1")
    without, found = (
        _derived(("AA1", tables), all_columns=True),
        _derived(("AA1", tables), all_columns=True, employment=True),
    )
    assert {name: found[name] for name in without} == without
    supported, referrals = ([dict(row) for row in found[name]] for name in ("support", "referral"))
    shared = sorted(set(supported[0]) & set(referrals[0]))
    assert "employment_support_contacts" in shared
    both = [sorted((tuple(row[name] for name in shared) for row in rows), key=repr) for rows in (supported, referrals)]
    assert both[0] == both[1]
    for row in supported:
        assert row["had_appointment"] or not (row["had_therapy_appointment"] or row["had_support_appointment"])
        assert (row["employment_support_first_date"] is None) == (row["employment_support_contacts"] == 0)


@_QUICK
@given(_REFERRALS)
def test_the_wide_columns_of_ended_referrals_do_not_depend_on_who_else_has_them(ours):
    """Filling all columns changes nothing in a referral that has ended, and nothing narrow in any."""
    tables = _tables(ours, "AA1")
    usual, every = _derived(("AA1", tables)), _derived(("AA1", tables), all_columns=True)
    ended = [[row for row in found["referral"] if dict(row)["discharge_date"]] for found in (usual, every)]
    assert ended[0] == ended[1]
    assert usual["contact"] == every["contact"]
    assert usual["stage"] == every["stage"]


@_FEW
@given(_REFERRALS)
def test_the_ends_of_the_scores_are_the_first_and_last_scores(ours):
    """The scores of a finished course begin and end with its first and last score, and making them changes nothing."""
    tables = _tables(ours, "AA1")
    folder = Path(mkdtemp())
    try:
        grains = derive_submissions(folder, submissions_of(provider="AA1", **tables), scores=True).grains
        referrals = {
            row["pathway"]: row for row in sorted(fetch(grains.referral).to_pylist(), key=lambda one: one["month"])
        }
        scores = sorted(fetch(grains.score).to_pylist(), key=lambda one: (one["pathway"], one["score_number"]))
    finally:
        shutil.rmtree(folder)
    assert {name: rows for name, rows in _derived(("AA1", tables), scores=True).items() if name != "score"} == _derived(
        ("AA1", tables)
    )
    for pathway, row in referrals.items():
        own = [one for one in scores if one["pathway"] == pathway]
        assert [one["score_number"] for one in own] == list(range(1, len(own) + 1))
        assert not own or own[0]["score_session"] == 1
        assert [one["score_session"] for one in own] == sorted(one["score_session"] for one in own)
        assert all(one["score_session"] <= row["treatment_contacts"] + 1 for one in own)
        if row["discharge_date"]:
            assert row["phq9_first"] == (own[0]["score"] if own else None)
            assert row["phq9_last"] == (own[-1]["score"] if len(own) > 1 else None)
