"""Addresses without a language: the bare site sends readers to theirs, and crawlers are told where to look."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request


def start(request):
    """Redirect to the reader's language, Korean unless the browser asks for English first."""
    response = redirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def robots(request):
    """Keep crawlers out of the staff desk where there is one, and show them the list of pages."""
    sitemap = request.build_absolute_uri(reverse("root:sitemap"))
    kept_out = "" if settings.FACE == "public" else "/admin/"
    return HttpResponse(
        f"User-agent: *\nDisallow: {kept_out}\n\nSitemap: {sitemap}\n".replace(" \n", "\n"), content_type="text/plain"
    )
