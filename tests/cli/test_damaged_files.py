"""A file of grains or of a record that is damaged inside is named, whatever was asked for."""

import pyarrow.parquet as pq
import pytest

from derived_records import submissions_of, write_submission
from measured_grains import CONTACTS, REFERRALS


def _damage(path):
    """Its end stays as it was, so it can be opened."""
    kept = path.read_bytes()
    inside = range(4, len(kept) - 8 - pq.read_metadata(path).serialized_size)
    path.write_bytes(kept[: inside.start] + b"\xa5" * len(inside) + kept[inside.stop :])


def _commands(path, out):
    return {
        "measures": ("measures", "compute", path, "--out", out),
        "audit": ("audit", "--records", path, "--out", out),
    }


@pytest.mark.parametrize("command", ["measures", "audit"])
def test_a_damaged_file_of_grains_is_named(caseness, grains, tmp_path, command):
    _damage(grains / "referral-ended-0000.parquet")
    outcome = caseness(*_commands(grains, tmp_path / "out")[command])
    assert outcome.status == 11, outcome.err
    assert "referral-ended-0000.parquet is damaged" in outcome.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["measures", "audit"])
def test_a_damaged_table_of_a_record_is_named(caseness, tmp_path, command):
    (submission,) = submissions_of(provider="RW1", referrals=REFERRALS, contacts=CONTACTS)
    caseness("record", write_submission(tmp_path / "submitted", submission), "--out", tmp_path / "record")
    _damage(tmp_path / "record" / "tables" / "IDS201CareContact.parquet")
    outcome = caseness(*_commands(tmp_path / "record", tmp_path / "out")[command])
    assert outcome.status == 11, outcome.err
    assert "IDS201CareContact.parquet is damaged" in outcome.err
    assert not (tmp_path / "out").exists()
