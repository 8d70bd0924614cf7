"""Texts that attack whoever shows them, put into every field that a person or a file can fill."""

from django.db import models
from django.db.models import Q

from caseness.web.accounts.models import User
from caseness.web.services.models import Service
from web.made_world import models_of_ours

# What these do if they are taken for more than text: an element with this attribute, or a variable of this name.
MARK = "hacked"
# From the shortest: what does not fit a field whole would attack nobody.
TEXTS = (
    "=1+1",
    "{{7*7}}",
    "<b hacked>",
    "'\"><i hacked>",
    "<script hacked>window.hacked=1</script>",
    "<img hacked src=x onerror=window.hacked=1>",
    "\" autofocus onfocus=\"window.hacked=1\" hacked=\"",
    "' autofocus onfocus='window.hacked=1' hacked='",
    "</title></textarea></option></script><svg hacked onload=window.hacked=1>",
    "{% if 1 %}{{ 7*7 }}{% endif %}${7*7}<%= 7*7 %>",
    "=cmd|' /C calc'!A0",
    "<a hacked href=javascript:window.hacked=1>javascript:window.hacked=1</a>",
    "W" * 120,
    "\u202egnikcatta\u2066 \x0b\x1b\x07",
)  # fmt: skip
# Fields of text that the code fills, and nobody else.
OURS = {
    "password": "a hash",
    "email": "the check of an email address lets no such text through",
    "instrument_id": "a questionnaire that the code knows",
    "kind": "a code, or a signal that the code knows",
    "urgency": "a word that the code knows",
    "profile": "one of two words",
    "about": "the key of a mail, which no page shows",
    "subject": "of a mail, which no page shows",
    "table": "a table that the code knows",
    "tool_code": "a code; one that is unknown has no questionnaire, and is shown nowhere",
    "what_happened": "one of a list",
    "scheme": "a code",
    "onset_month": "a month",
    "provider_code": "a code that an operator gives",
}
# A field that holds no more than the first holds a code of a letter or two, and one of no more than the second an identifier.
SHORTEST, SHORT = 10, 20


def make_hostile(service):
    """Put the texts into each field of each row of a service, in turn, cut to what the field holds."""
    for model in models_of_ours():
        fields = free_fields(model)
        if fields and model is not Service:
            for number, one in enumerate(rows_of(model, service)):
                fill(one, fields, number)
    service.name = f"{TEXTS[4]} Service.name"
    service.save()


def free_fields(model):
    """The fields of text that somebody outside can fill, but keys by which a row is known."""
    found = [each for each in model._meta.fields if isinstance(each, models.CharField | models.TextField)]
    return [each for each in found if not each.choices and each.name not in OURS and longest_of(each) >= SHORTEST]


def longest_of(field):
    """How much a field holds; of one that has no limit, as much as all texts are."""
    return field.max_length or 2000


def rows_of(model, service):
    """The rows of a model that belong to a service, by whatever leads there."""
    ways = list(ways_to_service(model))
    if not ways:
        return model._base_manager.none()
    wanted = Q()
    for way in ways:
        wanted |= Q(**{way: service})
    return model._base_manager.filter(wanted).distinct().order_by("pk")


def ways_to_service(model, before="", seen=()):
    """The look-ups by which a model leads to its service."""
    if model is User:
        yield f"{before}memberships__service"
        return
    for each in model._meta.fields:
        if each.related_model is Service:
            yield f"{before}{each.name}"
            return
    for each in model._meta.fields:
        if each.is_relation and each.related_model not in (User, model, *seen):
            yield from ways_to_service(each.related_model, f"{before}{each.name}__", (*seen, model))
            return


def fill(one, fields, number):
    """Fill one row: each field with another text, so that over many rows each field has each."""
    for place, each in enumerate(fields):
        setattr(one, each.name, text_for(each, number + place, one.pk))
    one.save()


def text_for(field, number, pk):
    """A text that fits: with the name of the field where there is room, and a number before what must differ."""
    longest = longest_of(field)
    start, end = (f"{pk}", "") if longest <= SHORT else ("", f" {label_of(field)}")
    fitting = [one for one in TEXTS if len(start + one + end) <= longest]
    turned = fitting[number % len(fitting) :] + fitting[: number % len(fitting)]
    told = turned[0]
    for one in turned[1:]:
        told = f"{told} {one}" if len(start + told + one + end) < longest else told
    return start + told + end


def label_of(field):
    """How a field is known in a text that stands in it."""
    return f"{field.model.__name__}.{field.name}"


def labels():
    """Those of all fields that have room for one."""
    return {label_of(each) for model in models_of_ours() for each in free_fields(model) if longest_of(each) > SHORT}
