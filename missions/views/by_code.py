"""Pages of what is known by a code in capital letters."""

from django.shortcuts import redirect

from missions.fields.addresses import page_of


class ByCode:
    """Part of a page at one address, that of the code of its row; written in small letters, it leads on there.

    ``noun`` names the page, ``model`` has the rows.
    """

    slug_field = slug_url_kwarg = "code"

    def get(self, request, *args, **kwargs):
        """The page, or the way to it."""
        code = self.kwargs["code"]
        if code != code.upper() and self.model._default_manager.published().filter(code=code.upper()).exists():
            return redirect(page_of(self.noun, code.upper()))
        return super().get(request, *args, **kwargs)
