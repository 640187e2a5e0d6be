"""Commands and questions about committees 138, partners and their programmes."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.contracts.registry import steering as api
from services.registry.domain import partners
from services.registry.read_models import programmes, steering_committees
from services.registry.use_cases import steering as use_cases
from services.registry.verbs.making import areas, command, given, query


async def steering_committee_establish(call: Call[api.EstablishCommittee]) -> Outcome:
    """Set up the committee of a unit by a decision."""
    change = use_cases.establish_committee(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def steering_committee_reconstitute(
    call: Call[api.ReconstituteCommittee],
) -> Outcome:
    """Give a committee another composition from a day on."""
    change = use_cases.reconstitute_committee(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def steering_committee_dissolve(call: Call[api.DissolveCommittee]) -> Outcome:
    """End a committee."""
    change = use_cases.dissolve_committee(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def programme_sign(call: Call[api.SignProgramme]) -> Outcome:
    """Record a signed coordination programme."""
    change = use_cases.sign_programme(call.body, given(call))
    return await call.runtime.commands.run_together(change, call.key)


async def programme_review(call: Call[api.ReviewProgramme]) -> Outcome:
    """Record that a review of a programme was held."""
    change = use_cases.review_programme(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def programme_end(call: Call[api.EndProgramme]) -> Outcome:
    """End a programme before its time."""
    change = use_cases.end_programme(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def steering_committees_list(
    call: Call[api.CommitteesList],
) -> api.CommitteeList:
    """List the committees of a unit's subtree in their composition of a day."""
    asked = call.body
    on = asked.on or local_today()
    where = areas(call, asked.unit, "steering_committee", on)
    wanted = steering_committees.CommitteeFilter(*where, asked.level, on)
    return await call.runtime.read(
        steering_committees.list_committees,
        wanted,
        first=asked.first,
        after=asked.after,
    )


async def programmes_list(call: Call[api.ProgrammesList]) -> api.ProgrammeList:
    """List the coordination programmes of a unit's subtree with their state."""
    asked = call.body
    on = asked.on or local_today()
    where = areas(call, asked.unit, "coordination_programme", on)
    wanted = programmes.ProgrammeFilter(*where, asked.party, asked.only_running, on)
    return await call.runtime.read(
        programmes.list_programmes, wanted, first=asked.first, after=asked.after
    )


async def partners_list(call: Call[api.PartnersList]) -> api.PartnersAnswer:
    """List partner organisations and whom they stand under, by days."""
    return api.PartnersAnswer(
        rows=tuple(
            api.PartnerView(
                code=one.code,
                name=one.name,
                member_of=one.member_of,
                parent=one.parent,
                valid_from=one.listed.first,
                valid_to=one.listed.end,
                source=one.source,
                mark=one.mark,
            )
            for one in partners.partners_on(call.body.on)
        )
    )


async def steering_words_list(call: Call[api.SteeringWordsList]) -> api.SteeringWords:
    """List the offices and standing bodies of committees, with their sources."""
    return api.SteeringWords(
        offices=_shown(partners.OFFICES, call.body.on),
        standing_bodies=_shown(partners.STANDING_BODIES, call.body.on),
    )


def _shown(
    words: Iterable[partners.Office], on: date | None
) -> tuple[api.OfficeView, ...]:
    return tuple(
        api.OfficeView(
            code=one.code,
            name=one.name,
            organisation=one.organisation,
            levels=tuple(sorted(one.levels)),
            valid_from=one.used.first,
            valid_to=one.used.end,
            source=one.source,
            mark=one.mark,
        )
        for one in words
        if on is None or one.used.holds(on)
    )


VERBS: Final = (
    command(
        "steering_committee.establish",
        api.EstablishCommittee,
        steering_committee_establish,
    ),
    command(
        "steering_committee.reconstitute",
        api.ReconstituteCommittee,
        steering_committee_reconstitute,
    ),
    command(
        "steering_committee.dissolve",
        api.DissolveCommittee,
        steering_committee_dissolve,
    ),
    command("programme.sign", api.SignProgramme, programme_sign),
    command("programme.review", api.ReviewProgramme, programme_review),
    command("programme.end", api.EndProgramme, programme_end),
    query("steering_committees.list", api.CommitteesList, steering_committees_list),
    query("programmes.list", api.ProgrammesList, programmes_list),
    query("partners.list", api.PartnersList, partners_list),
    query("steering_words.list", api.SteeringWordsList, steering_words_list),
)
