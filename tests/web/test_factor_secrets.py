"""The secrets of second factors lie in the database encrypted, whichever key is the first, and come back with a backup."""

from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pyrage.x25519 import Identity

from caseness.errors import NotReady, UnsafeSetting
from caseness.web.accounts.demonstration import SECRET, code_now
from caseness.web.accounts.factor_secrets import count_outdated, count_unsafe, seal, seal_all, unseal
from caseness.web.operation.backup import write_backup
from caseness.web.operation.readiness import require_ready
from caseness.web.operation.restore import restore_backup
from caseness.web.operation.sealing import read_identities
from caseness.web.operation.wellness import look_at_everything
from web.people import PASSWORD, make_member, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_key(settings):
    settings.FACTOR_KEYS = (str(Identity.generate()),)
    return settings.FACTOR_KEYS[0]


@pytest.fixture
def member():
    return make_member(make_service(), password=PASSWORD)


@pytest.fixture
def in_clear(settings, member):
    """An authenticator app and recovery codes as they lay there before there was a key."""
    assert settings.FACTOR_KEYS == ()
    RecoveryCodes.activate(member.user)
    listed = make_member(member.service).user
    data = {"migrated_codes": ["11112222", "33334444"], "used_mask": 0}
    Authenticator.objects.create(user=listed, type=Authenticator.Type.RECOVERY_CODES, data=data)
    return [one.data for one in Authenticator.objects.order_by("pk")]


def lying():
    """What stands in the table, as text."""
    return " ".join(str(data) for data in Authenticator.objects.values_list("data", flat=True))


def codes_of(user):
    return RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()


def signs_in(member):
    client = Client()
    client.post(reverse("account_login"), {"login": member.user.email, "password": PASSWORD})
    return client.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 302


def test_what_is_set_up_lies_there_encrypted_and_signs_in(old_key, member):
    codes = RecoveryCodes.activate(member.user)
    assert SECRET not in lying()
    assert codes.instance.data["seed"].startswith("age:")
    assert len(codes_of(member.user)) == 10
    assert signs_in(member)
    assert count_unsafe() == count_outdated() == 0


def test_one_secret_is_never_encrypted_alike_twice(old_key):
    assert seal("word") != seal("word")
    assert unseal(seal("word")) == "word"


def test_another_key_opens_nothing(old_key, member, settings):
    settings.FACTOR_KEYS = (str(Identity.generate()),)
    with pytest.raises(UnsafeSetting, match="FACTOR_KEYS does not open a second factor"):
        unseal(Authenticator.objects.get().data["secret"])
    assert not signs_in(member)
    assert count_unsafe() == 1


def test_a_migration_encrypts_what_lies_there_in_clear(in_clear, member, settings):
    before = codes_of(member.user)
    settings.FACTOR_KEYS = (str(Identity.generate()),)
    assert count_unsafe() == len(in_clear)
    import_module("caseness.web.accounts.migrations.0002_sealed_factors").seal(apps, None)
    assert count_unsafe() == 0
    assert not [one for one in (SECRET, in_clear[1]["seed"], "11112222") if one in lying()]
    assert codes_of(member.user) == before
    assert signs_in(member)


def test_a_demonstration_without_a_key_leaves_them_as_they_are(in_clear):
    assert seal_all() == 0
    assert [one.data for one in Authenticator.objects.order_by("pk")] == in_clear


def test_a_key_is_changed_while_people_sign_in(old_key, member, settings):
    member, key = make_member(member.service, password=PASSWORD), str(Identity.generate())
    settings.FACTOR_KEYS = (key, old_key)
    assert (count_unsafe(), count_outdated()) == (0, 2)
    finding = next(one for one in look_at_everything(timezone.now()) if one.what == "second factors")
    assert (finding.is_well, finding.remedy) == (False, "Run: caseness-web rekey")
    assert seal_all() == 2
    assert seal_all() == 0
    settings.FACTOR_KEYS = (key,)
    assert count_outdated() == 0
    assert signs_in(member)


def test_production_starts_on_no_secret_in_clear(in_clear, settings):
    settings.IS_PRODUCTION, settings.FACTOR_KEYS = True, (str(Identity.generate()),)
    with pytest.raises(NotReady, match=r"4 second factors are in clear.*caseness-web rekey"):
        require_ready()
    seal_all()
    with pytest.raises(NotReady, match="made-up service"):
        require_ready()


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_them_encrypted_and_needs_the_key_after_it_was_restored(old_key, member, settings, tmp_path):
    identity = Identity.generate()
    settings.MEDIA_ROOT = tmp_path / "files"
    path = write_backup(tmp_path / "backups", [str(identity.to_public())], timezone.now()).path
    Authenticator.objects.all().delete()
    restore_backup(path, read_identities(str(identity)), replace=True)
    assert SECRET not in lying()
    assert signs_in(member)
    settings.FACTOR_KEYS = (str(Identity.generate()),)
    assert count_unsafe() == 1
