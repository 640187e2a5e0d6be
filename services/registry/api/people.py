"""Routes about people's records; what stands in an address is no name and no number."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import people as shapes
from services.registry.api.making import Routes
from services.registry.verbs import people as verbs
from services.registry.verbs.people import AUDIT

_routes = Routes()
_routes.question(
    "/people/read", shapes.PeopleRead, verbs.people_read, shapes.PeopleAnswer
)
_routes.question(
    "/people/search", shapes.PeopleSearch, verbs.people_search, shapes.PeopleFound
)
_routes.query(
    "/people/reads",
    shapes.PeopleReads,
    verbs.people_reads,
    shapes.ReadingList,
    scope=AUDIT,
)
_routes.query(
    "/people/unusual-reads",
    shapes.UnusualReads,
    verbs.people_unusual_reads,
    shapes.UnusualReadsAnswer,
    scope=AUDIT,
)

ROUTER: Final[APIRouter] = _routes.router
