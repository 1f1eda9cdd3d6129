"""Addresses: the admin for staff, everything else in two languages for the public.

The public face has no admin, and it alone answers programs.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from missions.urls import api, pages, root

urlpatterns = [
    path("", include(root)),
    *i18n_patterns(path("", include(pages))),
]
handler400 = "missions.api.problems.bad_request"
handler500 = "portal.outage.server_error"
if settings.FACE != "staff":
    urlpatterns[:0] = [path("", include(api))]
if settings.FACE != "public":
    from django.contrib import admin

    urlpatterns[:0] = [
        path("admin/", include("portal.accounts.urls")),
        path("admin/operation/", include("portal.operation.urls")),
        path("admin/", admin.site.urls),
    ]
