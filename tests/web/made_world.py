"""One object of every model, all of one client of one therapist: built from the models, so that a new one is in it."""

import uuid
from datetime import UTC, date, datetime, time
from itertools import count, product

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
_MOST_STATES = 24
_MADE_BY_HAND = (Service, Membership, User, Team, Client, Referral)
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
    """Objects of each model, by model: one of each state that it can be in. Each text of theirs holds the marker."""
    referral = make_referral(therapist.service, therapist, name=f"{marker} Client")
    made = {
        Service: therapist.service, Membership: therapist, User: therapist.user, Team: therapist.team,
        Client: referral.client, Referral: referral,
    }  # fmt: skip
    for model in models_of_ours():
        _build(model, made, marker)
    return {model: [one, *_variants(model, made, marker)] for model, one in made.items()}


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
    if model not in made:
        made[model] = _create(model, made, marker)
    assert made[model], f"No {model.__name__} could be made: say in tests/web/made_world.py what it must hold."
    return made[model]


def _create(model, made, marker, **given):
    """One object, with all that says whose it is if the rules of the table let it, and without if not."""
    pk = models_of_ours().index(model) * _STEP + next(_number)
    for optional in (True, False):
        fields = [each for each in model._meta.fields if _is_filled(each, optional) and each.name not in given]
        values = {each.name: _value(each, made, marker) for each in fields}
        try:
            with transaction.atomic():
                return _with_file(model._base_manager.create(pk=pk, **values, **given))
        except IntegrityError:
            continue
    return None


# The file of an import or export, where the application looks for it.
def _with_file(one):
    if folder := getattr(one, "folder", None):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "record.zip").write_bytes(b"")
    return one


# A page may be of one state only. What is of a client stays as it is: their course must be one that can be.
def _variants(model, made, marker):
    if model in _MADE_BY_HAND or hangs_on_a_client(model):
        return []
    states = [each for each in model._meta.fields if each.choices and not each.has_default() and not each.blank]
    chosen = product(*([value for value, _ in each.choices] for each in states))
    named = [dict(zip([each.name for each in states], one, strict=True)) for one in chosen] if states else []
    return [one for given in named[:_MOST_STATES] if (one := _create(model, made, marker, **given))]


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
