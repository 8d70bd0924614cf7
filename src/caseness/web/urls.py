"""Every page, by its name."""

from django.urls import include, path

urlpatterns = [
    path("", include("caseness.web.attention.urls_caseload")),
    path("", include("caseness.web.attention.urls_work")),
    path("", include("caseness.web.services.urls")),
    path("", include("caseness.web.exchange.urls")),
    path("accounts/", include("caseness.web.services.account_pages")),
    path("", include("caseness.web.operation.urls")),
]
