"""The pages that are read every day: the caseload, and one client."""

from django.urls import path

from caseness.web.attention import views

urlpatterns = [
    path("", views.caseload, name="caseload"),
]
