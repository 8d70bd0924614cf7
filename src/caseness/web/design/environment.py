"""The templates' environment: ours before those of the NHS design system."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

_MONTH = re.compile(r"\d{4}-\d{2}")
# Signs that are no part of a text: controls, but for the tab and the end of a line, and those that turn round the order in
# which what follows is read (Unicode Standard Annex 9, section 2). A name that holds one could turn the name beside it.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def make_environment(**options: Any) -> Environment:
    """An environment as Django asks for it. The macros of the design system pass on what is undefined."""
    options["undefined"] = ChainableUndefined
    options["finalize"] = without_unseen
    options["loader"] = ChoiceLoader([options["loader"], PackageLoader("nhsuk_frontend_jinja")])
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.do"])
    made.globals.update(static=static, url=reverse_named)
    made.filters.update(
        day=say_day,
        iso_day=say_iso_day,
        short_day=say_short_day,
        month=say_month,
        moment=say_moment,
        number=say_number,
        days_ago=say_days_ago,
    )
    return made


def without_unseen(value: Any) -> Any:
    """What a template shows of a value: a text without signs that are not seen and change how others are read.

    >>> without_unseen("Khan\\u202e"), without_unseen(7)
    ('Khan', 7)
    """
    if not isinstance(value, str) or not _UNSEEN.search(value):
        return value
    return type(value)(_UNSEEN.sub("", value))


def reverse_named(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its name."""
    return reverse(name, args=args, kwargs=kwargs)


def say_day(day: date | None) -> str:
    """A day as the NHS writes it.

    >>> say_day(date(2026, 3, 2)), say_day(None)
    ('2 March 2026', '')
    """
    return f"{day:%-d %B %Y}" if day else ""


def say_iso_day(day: str) -> str:
    """A day that was kept as text, as the NHS writes it.

    >>> say_iso_day("2026-03-02")
    '2 March 2026'
    """
    return say_day(date.fromisoformat(day))


def say_month(month: str) -> str:
    """A month of the record; anything else as it stands.

    >>> say_month("2026-03"), say_month("all of the sheet")
    ('March 2026', 'all of the sheet')
    """
    return f"{date.fromisoformat(month + '-01'):%B %Y}" if _MONTH.fullmatch(month) else month


def say_short_day(day: date | None) -> str:
    """A day in a narrow column.

    >>> say_short_day(date(2026, 3, 2))
    'Mon 2 Mar 2026'
    """
    return f"{day:%a %-d %b %Y}" if day else ""


def say_days_ago(days: int) -> str:
    """How long ago something was.

    >>> say_days_ago(0), say_days_ago(1), say_days_ago(12)
    ('today', 'yesterday', '12 days ago')
    """
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def say_moment(moment: datetime | None) -> str:
    """A day and time as the clock on the wall shows them."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local:%-d %B %Y}, {local:%H:%M}"


def say_number(number: float | None) -> str:
    """A number without what says nothing.

    >>> say_number(12.0), say_number(12.5), say_number(None)
    ('12', '12.5', '')
    """
    return "" if number is None else f"{float(number):g}"
