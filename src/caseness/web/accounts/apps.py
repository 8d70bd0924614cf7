"""The app of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Staff who can sign in."""

    name = "caseness.web.accounts"
    label = "accounts"
