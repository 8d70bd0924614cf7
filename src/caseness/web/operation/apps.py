"""The app of operation."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    """Health, metrics, and what the worker does."""

    name = "caseness.web.operation"
    label = "operation"
