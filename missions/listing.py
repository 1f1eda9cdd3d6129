"""What every public list shares: filters as chips, pages that keep them, and an honest count."""

from django_filters.views import FilterView

PER_PAGE = 20
SHOWN_FIELDS = 2


class Listing(FilterView):
    """A public list. Its whole state is in its address."""

    paginate_by = PER_PAGE
    template_name_suffix = "_list"

    def get_context_data(self, **kwargs):
        """Add the filters in force, each with the address that removes it."""
        context = super().get_context_data(**kwargs)
        form = context["filter"].form
        query = self.request.GET.copy()
        query.pop("page", None)
        chips = []
        for name, field in form.fields.items():
            value = query.get(name)
            if value:
                rest = query.copy()
                del rest[name]
                chips.append((field.label, _shown(form, name, value), "?" + rest.urlencode()))
        folded = any(query.get(name) for name in list(form.fields)[SHOWN_FIELDS:])
        return {**context, "form": form, "chips": chips, "query": query.urlencode(), "folded_in_force": folded}


def _shown(form, name, value):
    """The words of a chosen value: the name of a row, the label of a choice, or what was typed."""
    chosen = getattr(form, "cleaned_data", {}).get(name)
    labels = dict(getattr(form.fields[name], "choices", None) or []) if isinstance(chosen, str | int) else {}
    return str(labels.get(chosen) or chosen or value[:40])
