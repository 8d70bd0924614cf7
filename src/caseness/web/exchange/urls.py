"""The pages of import and export."""

from django.urls import path

from caseness.web.exchange import views

urlpatterns = [
    path("exchange/", views.exchange, name="exchange"),
    path("exchange/import", views.upload, name="import-upload"),
    path("exchange/import/<uuid:key>/", views.import_, name="import"),
    path("exchange/import/<uuid:key>/confirm", views.import_confirm, name="import-confirm"),
    path("exchange/import/<uuid:key>/discard", views.import_discard, name="import-discard"),
    path("exchange/export", views.export_ask, name="export-ask"),
    path("exchange/export/<uuid:key>/", views.export, name="export"),
    path("exchange/export/<uuid:key>/file", views.export_file, name="export-file"),
]
