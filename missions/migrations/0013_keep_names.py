from django.db import migrations

OF_SOURCE = ["key", "publisher", "title", "url", "dated_on", "dated_precision"]
ROWS = ["country", "type", "sector", "body"]


def latest_first(source):
    """As the model orders sources."""
    return -source.dated_on.toordinal() if source.dated_on else 0, source.key


def keep_names(apps, schema_editor):
    """Take over into the cases approved before what their pages print of other records today."""
    cases = apps.get_model("missions", "PublishedCase").objects.filter(state__in=["published", "withdrawn"])
    for case in cases.select_related("country", "type", "sector", "body__mission"):
        for key in ROWS:
            row = getattr(case, key)
            for language in ("ko", "en"):
                setattr(case, f"{key}_name_{language}", getattr(row, f"name_{language}") if row else "")
        if case.body.mission:
            case.body_short_ko, case.body_short_en = case.body.mission.city_ko, case.body.mission.city_en
        sources = sorted(case.sources.all(), key=latest_first)
        kept = [{name: getattr(source, name) for name in OF_SOURCE} for source in sources]
        case.kept_sources = [source | {"dated_on": source["dated_on"] and str(source["dated_on"])} for source in kept]
        case.save()
    for actor in apps.get_model("missions", "CaseActor").objects.filter(case__in=cases).select_related("organisation"):
        actor.name_ko, actor.name_en = actor.organisation.name_ko, actor.organisation.name_en
        actor.save()


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0012_kept_names"),
    ]

    operations = [migrations.RunPython(keep_names, migrations.RunPython.noop)]
