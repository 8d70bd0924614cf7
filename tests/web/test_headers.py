"""What every answer tells the browser, and what production refuses."""

import os
import subprocess
import sys

import pyrage
import pytest
from django.test import Client
from django.urls import reverse

from web.people import PASSWORD, make_member, make_service

pytestmark = pytest.mark.django_db
PRODUCTION = {
    "CASENESS_WEB_MODE": "production", "CASENESS_WEB_SECRET_KEY": "".join(map(chr, range(48, 112))),
    "CASENESS_WEB_HOSTS": "caseness.example.org", "CASENESS_WEB_SECOND_FACTOR": "on",
    "CASENESS_WEB_FACTOR_KEYS": str(pyrage.x25519.Identity.generate()), "CASENESS_WEB_SQLITE_IN_PRODUCTION": "yes", "CASENESS_WEB_EMAIL_URL": "smtp://mail.example.org",
}  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/nothing-here", "/health"])
def test_every_answer_is_guarded(path):
    client = Client()
    client.force_login(make_member(make_service()).user)
    answer = client.get(path)
    assert answer["Cache-Control"].startswith("no-store") or "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_cookies_are_kept_from_scripts_and_other_sites():
    client = Client()
    client.get(reverse("account_login"))
    client.post(
        reverse("account_login"),
        {"login": make_member(make_service(), password=PASSWORD).user.email, "password": PASSWORD},
    )
    for name in ("caseness_session", "caseness_csrf"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_a_post_without_the_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(make_service()).user)
    answer = client.post(reverse("stay"))
    assert answer.status_code == 403
    assert "That was not sent" in answer.content.decode()


def test_what_is_too_large_is_not_read(settings):
    settings.LARGEST_REQUEST = 100
    answer = Client().post(reverse("account_login"), {"login": "x" * 200})
    assert (answer.status_code, answer["X-Frame-Options"]) == (413, "DENY")


def environment_in(folder, **changes):
    # What the browser of the tests needs has no place in production.
    mine = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return {**mine, **PRODUCTION, "CASENESS_WEB_FOLDER": str(folder), **changes}


def in_production(folder, *arguments, **changes):
    environment = environment_in(folder, **changes)
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_django_finds_nothing_to_say_of_production(tmp_path):
    done = in_production(tmp_path, "django", "check", "--deploy", "--fail-level", "INFO")
    assert done.returncode == 0, done.stderr


COOKIES = (
    "import django; django.setup(); from django.conf import settings as s; "
    "print(s.SESSION_COOKIE_NAME[:7], s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0)"
)


def test_cookies_of_production_are_of_this_host_and_of_tls(tmp_path):
    mine = environment_in(tmp_path)
    done = subprocess.run([sys.executable, "-c", COOKIES], env=mine, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["__Host-", "True", "True", "True"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CASENESS_WEB_SECOND_FACTOR", "off"),
        ("CASENESS_WEB_SECOND_FACTOR", "perhaps"),
        ("CASENESS_WEB_IDLE_MINUTES", "600"),
        ("CASENESS_WEB_FACTOR_KEYS", ""),
    ],
)
def test_production_refuses_what_is_unsafe(tmp_path, name, value):
    done = in_production(tmp_path, "django", "check", **{name: value})
    assert done.returncode != 0
    assert name in done.stderr
