"""The pages that are read every day: the caseload, and one client."""

from django.urls import path

from caseness.web.attention import views

urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("clients/<uuid:key>/", views.client, name="client"),
    path("clients/<uuid:key>/together", views.together, name="client-together"),
    path("clients/<uuid:key>/together/print", views.together_to_print, name="client-together-print"),
]
