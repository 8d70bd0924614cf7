"""The app of services."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ServicesConfig(AppConfig):
    """Services, teams and membership."""

    name = "caseness.web.services"
    label = "services"

    def ready(self) -> None:
        """Listen to signing in and out, once all models are there."""
        autodiscover_modules("signing")
