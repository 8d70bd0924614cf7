"""The app of the caseload."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CaseloadConfig(AppConfig):
    """Clients, referrals, contacts and scores."""

    name = "caseness.web.caseload"
    label = "caseload"

    def ready(self) -> None:
        """Listen to the end of a role, once all models are there."""
        autodiscover_modules("left_clients")
