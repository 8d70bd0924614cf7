"""Pages of operation, by their names."""

from django.urls import path

from caseness.web.operation import views

urlpatterns = [
    path("health", views.health, name="health"),
    path("health/ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
