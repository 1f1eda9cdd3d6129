"""Addresses: the admin for staff, everything else in two languages for the public."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from missions.urls import pages, root

urlpatterns = [
    path("admin/", include("portal.accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include(root)),
    *i18n_patterns(path("", include(pages))),
]
