"""Addresses without a language: the bare site sends readers to theirs, and search engines find what there is."""

from django.contrib.sitemaps import views as sitemaps
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from missions.sitemaps import sections
from missions.urls import urlpatterns as pages


def start(request):
    """Redirect to the reader's language, Korean unless the browser asks for English first."""
    response = redirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def robots(request):
    """Keep crawlers out of the staff desk, and show them the list of pages."""
    sitemap = request.build_absolute_uri(reverse("root:sitemap"))
    return HttpResponse(f"User-agent: *\nDisallow: /admin/\n\nSitemap: {sitemap}\n", content_type="text/plain")


def _single(pages):
    """Names of the pages that are there once. Their addresses name no record and no file."""
    routes = {page.name: str(page.pattern) for page in pages}
    return [name for name, route in routes.items() if "<" not in route and (not route or route.endswith("/"))]


SECTIONS = {"sitemaps": sections(_single(pages))}

app_name = "root"
urlpatterns = [
    path("", start, name="start"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemaps.index, SECTIONS | {"sitemap_url_name": "root:section"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, SECTIONS, name="section"),
]
