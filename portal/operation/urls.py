"""The address of the page, below the desk and in a name space: whoever needs a second factor needs it here too."""

from django.contrib import admin
from django.urls import path

from portal.operation.page import operation

app_name = "operation"
urlpatterns = [path("", admin.site.admin_view(operation), name="page")]
