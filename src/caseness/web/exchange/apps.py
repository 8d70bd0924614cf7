"""The app of exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Import and export."""

    name = "caseness.web.exchange"
    label = "exchange"
