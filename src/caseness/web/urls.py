"""Every page, by its name."""

from django.urls import include, path

from caseness.web.attention import views as attention
from caseness.web.operation import views as operation

urlpatterns = [
    path("", attention.caseload, name="caseload"),
    path("accounts/", include("caseness.web.services.account_pages")),
    path("health", operation.health, name="health"),
]
