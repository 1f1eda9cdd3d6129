"""The addresses of the portal and an empty view beside them."""

from django.db import connection
from django.http import HttpResponse
from django.urls import path

from portal import caching
from portal.urls import urlpatterns as of_the_portal

# The empty view passes through all the middleware, but is spared what the cache of pages costs.
caching.PRIVATE = ("/admin/", "/bench/")


def empty(request, size):
    """As many bytes as asked for."""
    return HttpResponse(b"x" * size)


class CountQueries:
    """Says how many queries an answer took, where the request asks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "X-Count" not in request.headers:
            return self.get_response(request)
        count = 0

        def listen(execute, *arguments):
            nonlocal count
            count += 1
            return execute(*arguments)

        with connection.execute_wrapper(listen):
            response = self.get_response(request)
        response["X-Queries"] = str(count)
        return response


urlpatterns = [path("bench/<int:size>/", empty), *of_the_portal]
