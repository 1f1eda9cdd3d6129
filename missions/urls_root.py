"""Addresses without a language: the bare site sends readers to theirs."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request


def start(request):
    """Redirect to the reader's language, Korean unless the browser asks for English first."""
    response = redirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def robots(request):
    """Keep crawlers out of the staff desk."""
    return HttpResponse("User-agent: *\nDisallow: /admin/\n", content_type="text/plain")


urlpatterns = [path("", start), path("robots.txt", robots)]
