"""The app of events."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """First of all apps: whatever reads or changes tells of it here."""

    name = "caseness.web.events"
    label = "events"
