"""The app of the caseload."""

from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    """Clients, referrals, contacts and scores."""

    name = "caseness.web.caseload"
    label = "caseload"
