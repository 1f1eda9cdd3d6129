"""Addresses without a language: the bare site sends readers to theirs; crawlers and finders of holes are told where."""

import datetime

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request


def start(request):
    """Redirect to the reader's language, Korean unless the browser asks for English first."""
    response = redirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def icon(request):
    """The icon where browsers look for it by themselves: beside a file or an answer in JSON, which names none."""
    return redirect(static("favicon.ico"))


def robots(request):
    """Keep crawlers out of the staff desk where there is one, and show them the list of pages."""
    sitemap = request.build_absolute_uri(reverse("root:sitemap"))
    kept_out = "" if settings.FACE == "public" else "/admin/"
    return HttpResponse(
        f"User-agent: *\nDisallow: {kept_out}\n\nSitemap: {sitemap}\n".replace(" \n", "\n"), content_type="text/plain"
    )


def security(request):
    """Say to whom a hole is reported (RFC 9116). Where the operator named nobody, it is not found."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = timezone.localdate() + datetime.timedelta(days=180)
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {expires}T00:00:00+09:00",
        "Preferred-Languages: ko, en",
        f"Canonical: {request.build_absolute_uri(reverse('root:security'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
