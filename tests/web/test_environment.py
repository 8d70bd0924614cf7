"""What the environment says, and what is refused of it."""

import pytest
from pyrage.x25519 import Identity

from caseness import __version__
from caseness.errors import UnsafeSetting
from caseness.web.environment import read_environment
from caseness.web.variables import VARIABLES

SAFE = {
    "CASENESS_WEB_SECRET_KEY": "k" * 50,
    "CASENESS_WEB_FACTOR_KEYS": str(Identity.generate()),
    "CASENESS_WEB_HOSTS": "caseness.example.org",
    "CASENESS_WEB_DATABASE_URL": "postgresql://caseness:word@db.example.org/caseness",
    "CASENESS_WEB_EMAIL_URL": "smtp+tls://user:word@mail.example.org:587",
    "PATH": "/usr/bin",
}


def test_production_runs_on_safe_settings():
    found = read_environment(SAFE)
    assert (found.mode, found.hosts, found.safety_officer) == ("production", ("caseness.example.org",), "")
    assert found.database["OPTIONS"]["sslmode"] == "require"
    assert found.email["EMAIL_USE_TLS"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"CASENESS_WEB_SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"CASENESS_WEB_SECRET_KEY": "k" * 49}, "SECRET_KEY is too short"),
        ({"CASENESS_WEB_FACTOR_KEYS": ""}, "FACTOR_KEYS is not set"),
        ({"CASENESS_WEB_FACTOR_KEYS": "# a comment"}, "FACTOR_KEYS is not set"),
        ({"CASENESS_WEB_FACTOR_KEYS": "a word"}, "FACTOR_KEYS holds what is no age key"),
        ({"CASENESS_WEB_HOSTS": ""}, "HOSTS names no host"),
        ({"CASENESS_WEB_HOSTS": "good.example.org, *"}, "HOSTS names no host, or many"),
        ({"CASENESS_WEB_HOSTS": ".example.org"}, "HOSTS names no host, or many"),
        ({"CASENESS_WEB_DATABASE_URL": "sqlite:////srv/caseness.sqlite3"}, "SQLITE_IN_PRODUCTION=yes"),
        ({"CASENESS_WEB_DATABASE_URL": ""}, "SQLITE_IN_PRODUCTION=yes"),
        ({"CASENESS_WEB_DATABASE_URL": "postgresql://caseness@db.example.org/caseness"}, "no password"),
        ({"CASENESS_WEB_DATABASE_URL": "mysql://caseness@db.example.org/caseness"}, "not of PostgreSQL or SQLite"),
        ({"CASENESS_WEB_DATABASE_URL": "postgresql://"}, "DATABASE_URL names no database"),
        ({"CASENESS_WEB_DATABASE_URL": "postgresql://caseness:word@db.example.org"}, "DATABASE_URL names no database"),
        ({"CASENESS_WEB_RETENTION_YEARS": "5000"}, "RETENTION_YEARS is '5000'.*a whole number from 1 to 200"),
        ({"CASENESS_WEB_THREADS": "9" * 5000}, "a whole number from 1"),
        ({"CASENESS_WEB_BIND": "127.0.0.1:99999"}, "BIND is '127.0.0.1:99999'.*a port up to 65535"),
        ({"CASENESS_WEB_BIND": "somewhere"}, "BIND is 'somewhere'"),
        ({"CASENESS_WEB_BIND": "unix:"}, "BIND is 'unix:'"),
        ({"CASENESS_WEB_EMAIL_URL": "consolemail://"}, "sends no mail"),
        ({"CASENESS_WEB_EMAIL_URL": "filemail:///tmp/mail"}, "sends no mail"),
        ({"CASENESS_WEB_EMAIL_URL": "pigeon://x"}, "not an address of mail"),
        ({"CASENESS_WEB_MODE": "testing"}, "MODE is 'testing'"),
        ({"CASENESS_WEB_THREADS": "0"}, "a whole number from 1"),
        ({"CASENESS_WEB_BEHIND_PROXY": "maybe"}, "set it to yes or no"),
        ({"CASENESS_WEB_HOST": "a.example.org"}, "did you mean CASENESS_WEB_HOSTS?"),
        ({"CASENESS_WEB_SAFETY_OFFICER": "Dr A", "CASENESS_WEB_SAFETY_VERSION": "1"}, "SAFETY_SIGNED_ON is ''"),
        ({"CASENESS_WEB_SAFETY_OFFICER": "Dr A", "CASENESS_WEB_SAFETY_SIGNED_ON": "2026-11-26"}, "SAFETY_VERSION is not set"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_unsafe_is_refused_with_its_name(given, told):
    with pytest.raises(UnsafeSetting, match=told.replace("?", r"\?")):
        read_environment({**SAFE, **given})


def test_one_practice_may_say_that_sqlite_does():
    found = read_environment({**SAFE, "CASENESS_WEB_DATABASE_URL": "", "CASENESS_WEB_SQLITE_IN_PRODUCTION": "yes"})
    assert found.database["ENGINE"].endswith("sqlite3")


def test_a_database_on_the_same_machine_needs_no_password():
    found = read_environment({**SAFE, "CASENESS_WEB_DATABASE_URL": "postgresql://caseness@127.0.0.1/caseness"})
    assert "sslmode" not in found.database["OPTIONS"]


def test_a_secret_may_come_from_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text("f" * 60 + "\n")
    rest = {name: value for name, value in SAFE.items() if name != "CASENESS_WEB_SECRET_KEY"}
    assert read_environment({**rest, "CASENESS_WEB_SECRET_KEY_FILE": str(file)}).secret_key == "f" * 60
    with pytest.raises(UnsafeSetting, match="both set"):
        read_environment({**SAFE, "CASENESS_WEB_SECRET_KEY_FILE": str(file)})
    with pytest.raises(UnsafeSetting, match="cannot be read"):
        read_environment({**rest, "CASENESS_WEB_SECRET_KEY_FILE": str(tmp_path / "absent")})


def test_keys_stand_in_a_file_as_the_program_that_makes_them_writes_it(tmp_path):
    new, old = str(Identity.generate()), str(Identity.generate())
    file = tmp_path / "keys"
    file.write_text(f"# created: today\n# public key: age1, and more\n{new}\n{old}\n")
    rest = {name: value for name, value in SAFE.items() if name != "CASENESS_WEB_FACTOR_KEYS"}
    assert read_environment({**rest, "CASENESS_WEB_FACTOR_KEYS_FILE": str(file)}).factor_keys == (new, old)
    assert read_environment({**rest, "CASENESS_WEB_FACTOR_KEYS": f"{new}, {old}"}).factor_keys == (new, old)


def test_only_a_secret_may_come_from_a_file():
    with pytest.raises(UnsafeSetting, match="HOSTS_FILE is not a setting"):
        read_environment({**SAFE, "CASENESS_WEB_HOSTS_FILE": "/etc/hosts"})


@pytest.mark.parametrize(("version", "officer"), [(__version__, "Dr A Name"), ("0.0.1", "")])
def test_a_version_is_signed_off_and_no_other(version, officer):
    """A new version shows again that it is not for clinical use."""
    signed = {
        "CASENESS_WEB_SAFETY_OFFICER": "Dr A Name",
        "CASENESS_WEB_SAFETY_SIGNED_ON": "2026-11-26",
        "CASENESS_WEB_SAFETY_VERSION": version,
    }
    found = read_environment({**SAFE, **signed})
    assert found.safety_officer == officer
    assert found.sign_off.name == "Dr A Name"


def test_a_demonstration_needs_no_setting_but_its_mode():
    found = read_environment({"CASENESS_WEB_MODE": "demonstration"})
    assert len(found.secret_key) >= 50
    assert found.secret_key != read_environment({"CASENESS_WEB_MODE": "demonstration"}).secret_key


def test_no_variable_is_declared_twice():
    assert len({one.name for one in VARIABLES}) == len(VARIABLES)
