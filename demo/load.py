"""Sends a plan through the doors, each record by the door that a user would take.

It may be killed and run again at any point: every command has the same key in every
run, so nothing is recorded twice.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from demo import commands
from demo.doors import Answer, Doors
from demo.partner import PartnerDoor
from demo.plan.records import (
    Plan,
    PlannedForce,
    PlannedModel,
    PlannedPoint,
    PlannedSession,
    PlannedTip,
)
from demo.telling import Listener
from services.contracts.campaigns.partner import SESSION_HELD

R = TypeVar("R")

# How many of each kind are under way at once, 32 in all.
_FORCES, _SESSIONS, _EVENTS, _MODELS, _TIPS = 4, 8, 8, 4, 8
OFFICER, REVIEWER, FRONT = "officer", "reviewer", "mttq"

FORCES = "Boards and forces, by registry"
MEMBERS = "Members, by registry"
CAMPAIGNS = "Campaigns, by GraphQL"
BY_GRAPHQL = "Sessions of the police, by GraphQL"
BY_NATS = "Sessions of MTTQ, by its events"
MODELS = "Models, by campaigns"
POINTS = "Points of MTTQ's model, by campaigns"
TIPS = "Tips taken in, by tips"
TRIAGED = "Tips sorted by the officer"
VALUED = "Tips rated by the reviewer"
AMENDED = "Corrected and withdrawn"


class Loader:
    """One run of a plan; ``positions`` is how far each service had come."""

    def __init__(
        self, plan: Plan, doors: Doors, partner: PartnerDoor, listener: Listener
    ) -> None:
        self.positions: Counter[str] = Counter()
        self._plan = plan
        self._doors = doors
        self._partner = partner
        self._listener = listener
        self._drives: dict[str, str] = {}
        self._sessions: dict[str, str] = {}

    async def run(self) -> None:
        """Send everything. Raises Refused, GaveUp (in an exception group)."""
        plan = self._plan
        for kind, total in expected(plan).items():
            self._listener.expect(kind, total)
        reported = [s for s in plan.sessions if s.door == "mttq"]
        async with asyncio.TaskGroup() as kinds:
            kinds.create_task(_each(self._force, plan.forces, _FORCES))
            kinds.create_task(self._drives_and_sessions())
            kinds.create_task(_each(self._report, reported, _EVENTS))
            kinds.create_task(_each(self._model, plan.models, _MODELS))
            kinds.create_task(_each(self._tip, plan.tips, _TIPS))
        # Last of all: their positions are the highest of campaigns.
        for session in plan.sessions:
            await self._amend(session)

    async def _force(self, force: PlannedForce) -> None:
        established = await self._send(
            "registry",
            "/v1/force-units",
            commands.establish(force),
            key=self._key("force", force.label),
        )
        self._listener.done(FORCES)
        force_unit_id = UUID(established.decoded()["force_unit_id"])
        path = f"/v1/force-units/{force_unit_id}"
        enrolled = await self._send(
            "registry",
            f"{path}/members",
            commands.enrol(force, force_unit_id),
            key=self._key("roster", force.label),
        )
        self._listener.done(MEMBERS, len(force.members))
        if force.disbanded_on is not None:
            await self._send(
                "registry",
                f"{path}/disbandment",
                {"disbanded_on": force.disbanded_on},
                key=self._key("disbandment", force.label),
            )
            return
        ids = enrolled.decoded()["member_ids"]
        for member_id, member in zip(ids, force.members, strict=True):
            if member.ceased_on is not None:
                await self._send(
                    "registry",
                    f"{path}/members/{member_id}/cessation",
                    {"ceased_on": member.ceased_on, "ground": "own_request"},
                    key=self._key("cessation", f"{force.label}/{member.name}"),
                )

    async def _drives_and_sessions(self) -> None:
        for campaign in self._plan.campaigns:
            data = await self._doors.graphql(
                commands.OPEN_CAMPAIGN,
                {
                    "input": {
                        "unit": {"code": campaign.place.code},
                        "name": campaign.name,
                        "startsOn": campaign.starts_on,
                        "endsOn": campaign.ends_on,
                        "organiser": campaign.organiser,
                    }
                },
                caller=OFFICER,
                key=self._key("campaign", campaign.label),
            )
            self._drives[campaign.label] = data["campaignOpen"]["campaign"]["id"]
            self._listener.done(CAMPAIGNS)
        own = [s for s in self._plan.sessions if s.door == "graphql"]
        await _each(self._hold, own, _SESSIONS)

    async def _hold(self, session: PlannedSession) -> None:
        campaign = self._drives.get(session.campaign or "")
        data = await self._doors.graphql(
            commands.HOLD_SESSION,
            {"input": commands.session_input(session, campaign)},
            caller=OFFICER,
            key=self._key("session", session.label),
        )
        self._sessions[session.label] = data["sessionHold"]["session"]["id"]
        self._listener.done(BY_GRAPHQL)

    async def _report(self, session: PlannedSession) -> None:
        await self._partner.send(
            self._key("mttq-session", session.label),
            SESSION_HELD,
            commands.session_fact(session),
        )
        self._listener.done(BY_NATS)

    async def _model(self, model: PlannedModel) -> None:
        caller = FRONT if model.keeper == "mttq" else OFFICER
        launched = await self._send(
            "campaigns",
            "/v1/models",
            commands.launch(model),
            key=self._key("model", model.label),
            caller=caller,
        )
        self._listener.done(MODELS)
        model_id: str = launched.decoded()["model_id"]

        async def open_point(point: PlannedPoint) -> None:
            await self._point(point, model_id)

        await _each(open_point, model.points, _MODELS)
        if model.ended_on is not None:
            await self._send(
                "campaigns",
                f"/v1/models/{model_id}/end",
                {"ended_on": model.ended_on},
                key=self._key("model-end", model.label),
                caller=caller,
            )

    async def _point(self, point: PlannedPoint, model_id: str) -> None:
        opened = await self._send(
            "campaigns",
            "/v1/model-points",
            commands.open_point(point, model_id),
            key=self._key("point", point.label),
            caller=FRONT,
        )
        self._listener.done(POINTS)
        if point.closed_on is not None:
            point_id = opened.decoded()["point_id"]
            await self._send(
                "campaigns",
                f"/v1/model-points/{point_id}/closure",
                {"closed_on": point.closed_on},
                key=self._key("point-closure", point.label),
                caller=FRONT,
            )

    async def _tip(self, tip: PlannedTip) -> None:
        recorded = await self._send(
            "tips",
            "/v1/tips/record",
            commands.record(tip),
            key=self._key("tip", tip.label),
        )
        self._listener.done(TIPS)
        path = f"/v1/tips/{recorded.decoded()['tip_id']}"
        await self._send(
            "tips",
            f"{path}/triage",
            commands.triage(tip),
            key=self._key("triage", tip.label),
        )
        self._listener.done(TRIAGED)
        if tip.valued_on is not None:
            await self._send(
                "tips",
                f"{path}/value",
                commands.value(tip),
                key=self._key("value", tip.label),
                caller=REVIEWER,
            )
            self._listener.done(VALUED)

    async def _amend(self, session: PlannedSession) -> None:
        if session.first_recorded is not None:
            await self._doors.graphql(
                commands.CORRECT_SESSION,
                {
                    "input": {
                        "sessionId": self._sessions[session.label],
                        "attendance": session.attendance,
                        "reason": "MISCOUNTED",
                    }
                },
                caller=OFFICER,
                key=self._key("correction", session.label),
            )
            self._listener.done(AMENDED)
        if session.withdrawn:
            await self._hold_and_withdraw(session)
            self._listener.done(AMENDED)

    async def _hold_and_withdraw(self, session: PlannedSession) -> None:
        held = await self._send(
            "campaigns",
            "/v1/sessions",
            commands.session_body(session),
            key=self._key("session", session.label),
        )
        await self._send(
            "campaigns",
            f"/v1/sessions/{held.decoded()['session_id']}/withdrawal",
            {"reason_code": "recorded_twice"},
            key=self._key("withdrawal", session.label),
        )

    def _key(self, kind: str, label: str) -> UUID:
        return commands.key(self._plan, kind, label)

    async def _send(
        self, service: str, path: str, body: Any, *, key: UUID, caller: str = OFFICER
    ) -> Answer:
        answer = await self._doors.command(service, path, body, caller=caller, key=key)
        self.positions[service] = max(self.positions[service], answer.position)
        return answer


async def _each(
    send: Callable[[R], Awaitable[None]], records: Iterable[R], at_once: int
) -> None:
    """Send records of one kind side by side, as far as there is room."""
    room = asyncio.Semaphore(at_once)

    async def one(record: R) -> None:
        async with room:
            await send(record)

    async with asyncio.TaskGroup() as group:
        for record in records:
            group.create_task(one(record))


def expected(plan: Plan) -> dict[str, int]:
    """Return how many records of each kind a plan sends."""
    doors = Counter(session.door for session in plan.sessions)
    return {
        FORCES: len(plan.forces),
        MEMBERS: sum(len(force.members) for force in plan.forces),
        CAMPAIGNS: len(plan.campaigns),
        BY_GRAPHQL: doors["graphql"],
        BY_NATS: doors["mttq"],
        MODELS: len(plan.models),
        POINTS: sum(len(model.points) for model in plan.models),
        TIPS: len(plan.tips),
        TRIAGED: len(plan.tips),
        VALUED: sum(tip.valued_on is not None for tip in plan.tips),
        AMENDED: sum(
            session.withdrawn or session.first_recorded is not None
            for session in plan.sessions
        ),
    }
