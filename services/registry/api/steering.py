"""Routes about committees 138, partner organisations and their programmes."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import steering as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import steering as verbs

_routes = Routes()
_routes.command(
    "/steering-committees",
    shapes.EstablishCommittee,
    verbs.steering_committee_establish,
    shapes.CommitteeChanged,
    status=CREATED,
)
_routes.command(
    "/steering-committees/{committee_id}/reconstitution",
    shapes.ReconstituteCommittee,
    verbs.steering_committee_reconstitute,
    shapes.CommitteeChanged,
)
_routes.command(
    "/steering-committees/{committee_id}/dissolution",
    shapes.DissolveCommittee,
    verbs.steering_committee_dissolve,
    shapes.CommitteeChanged,
)
_routes.command(
    "/programmes",
    shapes.SignProgramme,
    verbs.programme_sign,
    shapes.ProgrammeChanged,
    status=CREATED,
)
_routes.command(
    "/programmes/{programme_id}/reviews",
    shapes.ReviewProgramme,
    verbs.programme_review,
    shapes.ProgrammeChanged,
)
_routes.command(
    "/programmes/{programme_id}/ending",
    shapes.EndProgramme,
    verbs.programme_end,
    shapes.ProgrammeChanged,
)
_routes.query(
    "/steering-committees",
    shapes.CommitteesList,
    verbs.steering_committees_list,
    shapes.CommitteeList,
)
_routes.query(
    "/programmes", shapes.ProgrammesList, verbs.programmes_list, shapes.ProgrammeList
)
_routes.query(
    "/partners", shapes.PartnersList, verbs.partners_list, shapes.PartnersAnswer
)
_routes.query(
    "/steering-words",
    shapes.SteeringWordsList,
    verbs.steering_words_list,
    shapes.SteeringWords,
)

ROUTER: Final[APIRouter] = _routes.router
