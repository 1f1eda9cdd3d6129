"""Addresses: the admin for staff, everything else in two languages for the public."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("missions.urls_root")),
    *i18n_patterns(path("", include("missions.urls"))),
]
