"""Every public list as CSV, with the filters of its page."""

from django.shortcuts import redirect

from missions.fields.capped import MOST
from missions.lists.csv_files import CAP, CHUNK, csv_response
from missions.lists.data_sets import DATA_SETS
from missions.statistics.tables import address_of_list
from missions.views.bodies import BodyList, MissionList
from missions.views.cases import CaseList
from missions.views.earlier_cases import EarlierCaseList
from missions.views.information import InformationList
from missions.views.meetings import MeetingList
from missions.views.organisations import OrganisationList

WORDS = 120  # characters of a condition that go along to the page that explains it


class Export:
    """A list as CSV, in the columns of the data set ``noun``.

    The head of a column ends with its name in square brackets. Names and codes are the same in both languages, and
    stay: programs read files by them.
    """

    noun = ""

    def get(self, request, *args, **kwargs):
        """The rows; where a filter cannot be understood, the list, which explains it."""
        filterset = self.get_filterset(self.get_filterset_class())
        if filterset.is_bound and not filterset.is_valid():
            asked = {name: request.GET[name][:WORDS] for name in filterset.form.fields if name in request.GET}
            return redirect(address_of_list(self.noun, **asked))
        columns = DATA_SETS[self.noun].columns
        head = [f"{column.label} [{column.name}]" for column in columns]
        rows = filterset.qs[: MOST if filterset.is_of_newest else CAP].iterator(chunk_size=CHUNK)
        absolute = request.build_absolute_uri
        lines = ([column.cell(column.said_of(row, absolute)) for column in columns] for row in rows)
        return csv_response(request, self.noun, head, lines)

    def get_queryset(self):
        """The rows with what the columns say, in the order of the list."""
        data = DATA_SETS[self.noun]
        return data.in_order_of_readers(data.rows())


class MissionExport(Export, MissionList):
    noun = "missions"


class BodyExport(Export, BodyList):
    noun = "bodies"


class MeetingExport(Export, MeetingList):
    noun = "meetings"


class CaseExport(Export, CaseList):
    noun = "cases"


class InformationExport(Export, InformationList):
    noun = "information"


class OrganisationExport(Export, OrganisationList):
    noun = "organisations"


class EarlierCaseExport(Export, EarlierCaseList):
    noun = "earlier_cases"
