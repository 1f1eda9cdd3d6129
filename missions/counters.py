"""The programme's four counters, defined once (2.3 of the domain: meetings, difficulties, information, linkages)."""

from missions.models import Body, Chaired, Difficulty, Linkage, LoadedRow, LocalInformation, Meeting


def meetings_chaired():
    """Meetings that were held and that a head of mission chaired."""
    return Meeting.objects.held().filter(chaired=Chaired.YES)


def difficulties_supported():
    """Difficulties about which an organisation did at least one thing."""
    return Difficulty.objects.filter(actions__isnull=False).distinct()


def information_items():
    """Items of local information that were published or distributed."""
    return LocalInformation.objects.given_out()


def linkages():
    """Firms linked to a support programme, once a programme."""
    return Linkage.objects.all()


def todays_counts():
    """The counters as the records stand, with the bodies running overseas and their countries."""
    running = Body.objects.overseas().running()
    return {
        "missions": running.count(),
        "countries": running.values("mission__country").distinct().count(),
        "meetings": meetings_chaired().count(),
        "difficulties": difficulties_supported().count(),
        "information": information_items().count(),
        "linkages": linkages().count(),
    }


def has_invented_rows():
    """Whether a development machine counts an invented year of work among its records."""
    return LoadedRow.objects.filter(file="demo").exists()
