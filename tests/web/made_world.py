"""One object of every model, all of one client of one therapist: built from the models, so that a new one is in it."""

import uuid
from datetime import UTC, date, datetime, time
from itertools import count

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, models, transaction

from caseness.web.accounts.models import User
from caseness.web.caseload.models import Client, Referral
from caseness.web.services.models import Membership, Service, Team
from web.people import make_referral

OURS = ("accounts", "services", "caseload", "attention", "exchange", "operation")
# So far apart that no number of one model is the number of another.
_STEP = 10_000
_number = count(1)
# What has to be a word that the code knows.
_WORDS = {"instrument_id": "phq9", "role": "therapist"}
_BY_KIND = {
    models.DateTimeField: datetime(2026, 3, 2, 9, tzinfo=UTC),
    models.DateField: date(2026, 3, 2),
    models.TimeField: time(9),
    models.BooleanField: True,
    models.DecimalField: 1,
    models.IntegerField: 1,
    models.JSONField: {},
    models.EmailField: None,
}


def models_of_ours():
    """Every model of the application, those first that others lead to."""
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


def build_world(therapist, marker):
    """One object of each model, by model. Each text of theirs holds the marker."""
    referral = make_referral(therapist.service, therapist, name=f"{marker} Client")
    made = {
        Service: therapist.service, Membership: therapist, User: therapist.user, Team: therapist.team,
        Client: referral.client, Referral: referral,
    }  # fmt: skip
    for model in models_of_ours():
        _build(model, made, marker)
    return made


def hangs_on_a_client(model, seen=()):
    """The model leads to a client, by however many steps."""
    if model in (Client, Referral):
        return True
    ahead = {each.related_model for each in model._meta.fields if each.is_relation} - {model, *seen}
    return any(
        hangs_on_a_client(each, (*seen, model)) for each in ahead if each not in (User, Membership, Service, Team)
    )


def has_key(model):
    """It is known in addresses by a key of its own."""
    try:
        return isinstance(model._meta.get_field("key"), models.UUIDField)
    except FieldDoesNotExist:
        return False


def _build(model, made, marker):
    if model in made:
        return made[model]
    pk = models_of_ours().index(model) * _STEP + next(_number)
    for optional in (True, False):
        values = {
            field.name: _value(field, made, marker) for field in model._meta.fields if _is_filled(field, optional)
        }
        try:
            with transaction.atomic():
                made[model] = model._base_manager.create(pk=pk, **values)
        except IntegrityError:
            continue
        return made[model]
    raise AssertionError(f"No {model.__name__} could be made: say in tests/web/made_world.py what it must hold.")


# What may be empty stays so, but for what says whose it is: a constraint may want the two of a pair together.
def _is_filled(field, optional):
    if field.primary_key or field.has_default():
        return False
    if field.name in _WORDS:
        return True
    if field.is_relation and field.null:
        return optional and field.related_model not in (User, field.model)
    return not (field.null or field.blank)


def _value(field, made, marker):
    if field.is_relation:
        return _build(field.related_model, made, marker)
    if field.name in _WORDS:
        return _WORDS[field.name]
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.CharField | models.TextField):
        return f"{next(_number)} {marker}"[: field.max_length]
    found = [value for kind, value in _BY_KIND.items() if isinstance(field, kind)]
    assert found, f"No value is known for {field}: add its kind to tests/web/made_world.py."
    return found[0]
