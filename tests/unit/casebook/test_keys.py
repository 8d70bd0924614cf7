"""Keys and pseudonyms."""

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseness.casebook import make_key, open_key, pseudonym, usual_key
from caseness.casebook.keys import is_pseudonym
from caseness.errors import BadSettings, CannotWrite

KEY = b"k" * 32


@given(provider=st.text(min_size=1, max_size=6), referral=st.text(min_size=1, max_size=20))
def test_a_pseudonym_is_the_same_each_time_and_another_with_another_key(provider, referral):
    made = pseudonym(KEY, provider, referral)
    assert is_pseudonym(made)
    assert made == pseudonym(KEY, provider, referral)
    assert made != pseudonym(b"l" * 32, provider, referral)


def test_the_provider_and_the_referral_are_told_apart():
    assert pseudonym(KEY, "ZZ", "9R1") != pseudonym(KEY, "ZZ9", "R1")


def test_pseudonyms_of_many_referrals_differ():
    assert len({pseudonym(KEY, "ZZ9", f"R{n}") for n in range(20_000)}) == 20_000


def test_a_key_is_made_for_its_owner_alone_and_never_over_another(tmp_path):
    path = tmp_path / "new" / "case.key"
    key = make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (open_key(path), len(key)) == (key, 64)
    with pytest.raises(CannotWrite, match="--key"):
        make_key(path)


def test_a_key_that_keeps_nothing_secret_is_refused(tmp_path):
    (tmp_path / "short").write_text("secret")
    with pytest.raises(BadSettings, match="6 characters"):
        open_key(tmp_path / "short")
    with pytest.raises(BadSettings, match="cannot be read"):
        open_key(tmp_path / "absent")


def test_the_usual_key_is_in_the_settings_of_the_user():
    assert usual_key({"XDG_CONFIG_HOME": "/x"}).as_posix() == "/x/caseness/case.key"
    assert usual_key({}).as_posix().endswith("/.config/caseness/case.key")
