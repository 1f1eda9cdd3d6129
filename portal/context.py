"""What every template may say about the site."""

from django.conf import settings
from django.utils.translation import get_language

from missions.lists.csv_files import licence, source_to_name
from missions.models import LoadedRow


def site(request):
    """Who answers for the site. Unknown values stay empty, and the footer says so."""
    return {
        "official_site": settings.OFFICIAL_SITE,
        "site_department": settings.SITE_DEPARTMENT.get(get_language(), ""),
        "site_telephone": settings.SITE_TELEPHONE,
        "open_licence": licence,
        "source_to_name": source_to_name,
        "open_licence_url": settings.OPEN_LICENCE_URL,
        "any_invented": LoadedRow.any_invented,
    }
