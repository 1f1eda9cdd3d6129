"""Settings of the API: read only, in JSON, without knowing who asks."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "missions.api.negotiation.JsonOnly",
    "DEFAULT_SCHEMA_CLASS": "missions.api.description.Described",
    "EXCEPTION_HANDLER": "missions.api.problems.answer",
    "UNAUTHENTICATED_USER": None,
    "UNAUTHENTICATED_TOKEN": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "SME support bodies at missions abroad",
    "DESCRIPTION": "Everything that the public pages show, for programs. Read only. What version 1 promises stands at "
    "/en/data/. / 공개 화면에 나오는 모든 내용을 프로그램이 읽는 주소입니다. 약속은 /ko/data/에 있습니다.",
    "VERSION": "1",
    "COMPONENT_NO_READ_ONLY_REQUIRED": False,
    "DISABLE_ERRORS_AND_WARNINGS": False,
    "SORT_OPERATION_PARAMETERS": False,
}
