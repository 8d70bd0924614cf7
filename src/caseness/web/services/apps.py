"""The app of services."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """Services, teams and membership."""

    name = "caseness.web.services"
    label = "services"
