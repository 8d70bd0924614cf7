"""What the page of events shows, and the file of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Page, Paginator
from django.utils import timezone

from caseness.web.events.models import Event, Kind
from caseness.web.services.event_scope import Wanted, events_of
from caseness.web.services.event_words import say_details, say_what
from caseness.web.services.reader import Reader
from caseness.web.services.scope import people_of

PER_PAGE = 50
COLUMNS = ("at", "kind", "what", "by", "by_name", "client", "key", "details")
# A cell that begins so would be a formula in a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class WantedForm(forms.Form):
    """What somebody looks for, as it stands in the address of the page."""

    person = forms.UUIDField(required=False, error_messages={"invalid": "This is no key of a person."})
    kind = forms.ChoiceField(required=False, choices=[("", "Any"), *Kind.choices])
    first = forms.DateField(required=False, error_messages={"invalid": "This is no day."})
    last = forms.DateField(required=False, error_messages={"invalid": "This is no day."})
    client = forms.UUIDField(
        required=False,
        error_messages={"invalid": "This is no key of a client."},
        widget=forms.TextInput(attrs={"maxlength": 36}),
    )


@dataclass(frozen=True)
class EventsPage:
    """Events of the service."""

    reader: Reader
    asked: Any

    def read(self) -> None:
        """The events of this page, and who did them."""
        _ = self.names, list(self.shown)

    @cached_property
    def form(self) -> WantedForm:
        """With what is wrong in it, if anything is."""
        return WantedForm(self.asked)

    @cached_property
    def wanted(self) -> Wanted:
        """What is wrong is not asked about."""
        self.form.is_valid()
        return Wanted().only(**self.form.cleaned_data)

    @cached_property
    def names(self) -> dict[UUID, str]:
        """The people of the service by their keys."""
        return dict(people_of(self.reader).values_list("key", "name"))

    @cached_property
    def shown(self) -> Page:
        """One page of them."""
        return Paginator(events_of(self.reader, self.wanted), PER_PAGE).get_page(self.asked.get("page"))

    @property
    def query(self) -> str:
        """What was asked, without the number of the page, for the links to other pages and to the file."""
        asked = self.asked.copy()
        asked.pop("page", None)
        return asked.urlencode()

    def name_of(self, key: UUID | None) -> str:
        """Who did it, by name where they are of this service."""
        return self.names.get(key, f"somebody else ({key})") if key else "nobody who was signed in"

    def told(self, event: Event) -> str:
        """What it is of, with what else was written down."""
        more = say_details(event.details)
        return f"{say_what(event.what)}{f' ({more})' if more else ''}"

    def rows(self) -> Iterator[list[str]]:
        """All events that are asked about, as rows of a file."""
        yield list(COLUMNS)
        for event in events_of(self.reader, self.wanted).iterator():
            yield [_as_text(cell) for cell in self._cells(event)]

    def _cells(self, event: Event) -> tuple[Any, ...]:
        at = timezone.localtime(event.at).isoformat(timespec="seconds")
        by = self.names.get(event.by, "") if event.by else ""
        details = json.dumps(event.details, ensure_ascii=False, sort_keys=True) if event.details else ""
        return at, event.kind, event.what, event.by, by, event.client, event.key, details


class Lines:
    """What a writer of CSV writes to, which gives each line back."""

    def write(self, line: str) -> str:
        """The line."""
        return line


def write_lines(rows: Iterable[list[str]]) -> Iterator[bytes]:
    """The lines of a CSV file."""
    write = csv.writer(Lines()).writerow
    return (str(write(row)).encode() for row in rows)


def _as_text(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
