"""What the pages of signing in show as every page of the desk does."""

from django.conf import settings
from django.contrib import admin
from django.urls import reverse


def desk(request):
    """The context of the desk, for pages below it that are not made by its site."""
    match = request.resolver_match
    if match is None or match.namespace or not request.path_info.startswith(reverse("admin:index")):
        return {}
    return admin.site.each_context(request) | {"single_sign_on": settings.OIDC_NAME}
