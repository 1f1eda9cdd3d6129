"""How the admin asks the search index, and keeps it."""

from missions.search import staff as staff_search


class Searched:
    """Part of every admin class; a model that is not indexed is searched in its ``search_fields``."""

    def get_search_results(self, request, queryset, search_term):
        """The rows found, the best first unless a column was chosen to sort by."""
        if self.model in staff_search.INDEXED:
            return staff_search.find(queryset, search_term, ranked="o" not in request.GET), False
        return super().get_search_results(request, queryset, search_term[:200])

    def save_related(self, request, form, formsets, change):
        """Bring the index up to date once the row and its parts are written."""
        super().save_related(request, form, formsets, change)
        staff_search.keep(form.instance)

    def delete_model(self, request, obj):
        """Delete a row and its words."""
        bearers = _bearers([obj])
        staff_search.forget(self.model, [obj.pk])
        super().delete_model(request, obj)
        staff_search.keep(*bearers)

    def delete_queryset(self, request, queryset):
        """Delete several rows and their words."""
        bearers = _bearers(queryset)
        staff_search.forget(self.model, queryset.values_list("pk", flat=True))
        super().delete_queryset(request, queryset)
        staff_search.keep(*bearers)


def _bearers(rows):
    """The rows that others point to, in whose entries their words may stand."""
    found = [getattr(row, field.name) for row in rows for field in row._meta.fields if field.many_to_one]
    return [bearer for bearer in found if bearer is not None]
