"""The admin site of the project, in place of Django's own."""

from django.contrib.admin.apps import AdminConfig


class StaffDeskConfig(AdminConfig):
    """Makes ``admin.site`` the staff desk."""

    default_site = "missions.admin.site.StaffDesk"
