"""The addresses of the public face: the suite runs as the staff face, which does not answer programs."""

from django.urls import include, path

from missions.urls import api
from portal import urls as of_staff

urlpatterns = [path("", include(api)), *of_staff.urlpatterns]
handler400, handler500 = of_staff.handler400, of_staff.handler500
