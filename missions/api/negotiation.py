"""In which form the API answers."""

from rest_framework.negotiation import BaseContentNegotiation


class JsonOnly(BaseContentNegotiation):
    """Answers in JSON whatever a program says that it accepts: there is nothing else."""

    def select_parser(self, request, parsers):
        """None: nothing is sent."""
        return

    def select_renderer(self, request, renderers, format_suffix=None):
        """The only one."""
        return renderers[0], renderers[0].media_type
