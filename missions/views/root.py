"""Addresses without a language: the bare site sends readers to theirs, and crawlers are told where to look."""

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
    """Keep crawlers out of the staff desk, and show them the list of pages."""
    sitemap = request.build_absolute_uri(reverse("root:sitemap"))
    return HttpResponse(f"User-agent: *\nDisallow: /admin/\n\nSitemap: {sitemap}\n", content_type="text/plain")
