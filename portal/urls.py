"""Addresses: the admin for staff, everything else in two languages for the public. The public face has no admin."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from missions.urls import pages, root

urlpatterns = [
    path("", include(root)),
    *i18n_patterns(path("", include(pages))),
]
if settings.FACE != "public":
    from django.contrib import admin

    urlpatterns[:0] = [path("admin/", include("portal.accounts.urls")), path("admin/", admin.site.urls)]
