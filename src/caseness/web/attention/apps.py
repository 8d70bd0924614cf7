"""The app of attention."""

from django.apps import AppConfig


class AttentionConfig(AppConfig):
    """Signals, plans and risk alerts; and the pages that show them with the caseload and the client."""

    name = "caseness.web.attention"
    label = "attention"
