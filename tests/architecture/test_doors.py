"""Every door of every service, walked: who may come in, with what, to which handler."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, Final, NamedTuple

import msgspec
import pytest

from services.chassis.errors import STATUS
from services.chassis.history import history_verb
from services.chassis.openapi import Door
from services.chassis.requests import Verb
from services.chassis.service import ServiceDefinition
from services.registry.domain.roles import ROLES

SERVICES = ("registry", "campaigns", "tips", "reporting")

# The sender of a tip is nobody that we know; events_after is closed by the subject
# that only followers may publish on (deploy/nats_permissions.py). A member card is
# checked by whoever meets its bearer on the street. Signed lists of units are
# verified by whoever got one.
OPEN = {
    "tip_submit",
    "tip_status",
    "events_after",
    "member_card_check",
    "member_card_keys",
    # What one holds oneself is told to whoever bears a valid token.
    "access_mine",
    "unit_list_keys",
}
# Text and identity do not cross the bus; a document has no row to be part of.
ONLY_BY_HTTP = {
    "tip_submit",
    "tip_status",
    "tip_record",
    "tip_read",
    "tip_erase",
    "one_report",
    "report_docx",
    "roster_template",
    "import_receive",
    "roster_export",
    "annotated_roster",
    "unit_list_file",
}
# A question whose words must not stand in an address: asked by POST, changes nothing.
QUESTIONS_IN_A_BODY = {
    "tip_status",
    "member_card_check",
    "people_read",
    "people_search",
}


class Way(NamedTuple):
    """One door or verb as this test sees it."""

    service: str
    handler: Callable[..., Any]
    request: type[msgspec.Struct]
    scope: object
    is_command: bool

    @property
    def name(self) -> str:
        return self.handler.__name__


def definition(service: str) -> ServiceDefinition:
    wiring = importlib.import_module(f"services.{service}.wiring")
    made: ServiceDefinition = wiring.definition()
    return made


def doors() -> list[tuple[str, Door]]:
    return [
        (service, route.endpoint.door)  # type: ignore[attr-defined]
        for service in SERVICES
        for router in definition(service).routers
        for route in router.routes
    ]


def http_ways() -> list[Way]:
    return [
        Way(service, door.handler, door.request, door.scope, door.is_command)
        for service, door in doors()
    ]


def bus_ways() -> list[Way]:
    retelling: Any = history_verb
    verbs: list[tuple[str, Verb[Any]]] = [
        (service, verb) for service in SERVICES for verb in definition(service).verbs
    ]
    verbs.append(("any", retelling(None, None, service="any", partitions=8)))
    return [
        Way(
            service,
            inspect.unwrap(verb.handler),
            verb.request,
            verb.scope,
            verb.command,
        )
        for service, verb in verbs
    ]


HTTP, BUS = http_ways(), bus_ways()
WAYS = HTTP + BUS


def told(way: Way) -> str:
    return f"{way.service}.{way.name}"


def handler_behind(way: Way) -> str:
    """Name the verb's handler that a route calls; its own where it is that handler."""
    handlers = {one.name for one in BUS if one.service == way.service}
    called = handlers.intersection(way.handler.__code__.co_names)
    return called.pop() if way.name not in handlers and len(called) == 1 else way.name


def test_the_walk_sees_all_services() -> None:
    """Neither kind of door is missed."""
    assert set(SERVICES) == {way.service for way in HTTP}
    assert set(SERVICES) == {way.service for way in BUS} - {"any"}
    assert len(HTTP) > 40
    assert len(BUS) > 40


@pytest.mark.parametrize("way", WAYS, ids=told)
def test_every_door_asks_for_a_scope(way: Way) -> None:
    """Open are intake, status, the card check and the retelling of public facts."""
    assert (way.name in OPEN) == (not way.scope)


@pytest.mark.parametrize("way", HTTP, ids=told)
def test_both_doors_lead_to_the_same_handler(way: Way) -> None:
    """What HTTP takes, the bus takes with the same rules, scope and key."""
    if way.name in ONLY_BY_HTTP:
        return
    twins = [one for one in BUS if one.service == way.service]
    (twin,) = [one for one in twins if one.name == handler_behind(way)]
    assert (twin.scope, twin.is_command) == (way.scope, way.is_command)
    if way.is_command:
        assert (twin.handler, twin.request) == (way.handler, way.request)


def test_every_command_of_the_bus_has_a_route() -> None:
    """No command is hidden from the document that describes the doors."""
    routes = {(way.service, way.handler) for way in HTTP}
    commands = {(way.service, way.handler) for way in BUS if way.is_command}
    assert commands - routes == set()


@pytest.mark.parametrize("door", [door for _, door in doors()], ids=lambda d: d.name)
def test_every_command_needs_a_key(door: Door) -> None:
    """What comes in a body changes something, and changes it once."""
    assert (door.method != "GET") == (
        door.is_command or door.name in QUESTIONS_IN_A_BODY
    )
    assert (door.has_body and not door.keyed) == (door.name in QUESTIONS_IN_A_BODY)


@pytest.mark.parametrize("way", [w for w in WAYS if w.service != "any"], ids=told)
def test_no_request_has_a_field_that_nobody_knows(way: Way) -> None:
    """A misspelt field is refused instead of being left out in silence."""
    asked = [way.request]
    seen: set[type] = set()
    while asked:
        shape = asked.pop()
        seen.add(shape)
        assert shape.__struct_config__.forbid_unknown_fields, shape
        kinds = [field.type for field in msgspec.inspect.type_info(shape).fields]  # type: ignore[attr-defined]
        asked += [found for found in structs_in(kinds) if found not in seen]


def structs_in(kinds: list[Any]) -> Iterator[type[msgspec.Struct]]:
    for kind in kinds:
        if isinstance(kind, msgspec.inspect.StructType):
            yield kind.cls
        if isinstance(kind, msgspec.inspect.Metadata):
            yield from structs_in([kind.type])
        for part in ("types", "item_types"):
            yield from structs_in(list(getattr(kind, part, ())))
        if hasattr(kind, "item_type"):
            yield from structs_in([kind.item_type])


@pytest.mark.parametrize("way", [w for w in WAYS if w.is_command], ids=told)
def test_every_word_of_a_command_is_described(way: Way) -> None:
    """OpenAPI and GraphQL say what each field means, in the contract's own sentence."""
    bare = [
        field.name
        for field in msgspec.structs.fields(way.request)
        if not any(
            isinstance(note, msgspec.Meta) and note.description
            for note in getattr(field.type, "__metadata__", ())
        )
    ]
    assert [] == bare


@pytest.mark.parametrize("way", WAYS, ids=told)
def test_every_handler_says_what_it_does(way: Way) -> None:
    """The docstring is the summary in the document of the doors."""
    assert (way.handler.__doc__ or "").strip()


def test_every_role_hands_on_scopes_that_doors_ask_for() -> None:
    """A role names nothing that no door asks for, and starts with reading units."""
    asked: set[str] = set()
    for way in WAYS:
        scope = way.scope or ()
        asked |= {scope} if isinstance(scope, str) else set(scope)  # type: ignore[call-overload]
    asked |= {"people:read", "people:read_full"}  # asked for behind a door
    assert {role: set() for role in ROLES} == {
        role.code: set(role.scopes) - asked for role in ROLES.values()
    }
    assert all("units:read" in role.scopes for role in ROLES.values())


SENSITIVE: Final = ("tips:", "people:", "care:", "access:grant", "access:approve")


def test_a_role_over_people_or_tips_waits_for_a_second_person_and_ends_sooner() -> None:
    """Nothing that names somebody is handed on by one person, or for a year."""
    for role in ROLES.values():
        is_close = any(scope.startswith(SENSITIVE) for scope in role.scopes)
        assert is_close == role.sensitive, role.code
        names = any(s.startswith(("tips:", "people:", "care:")) for s in role.scopes)
        assert role.longest_days <= (184 if names else 366), role.code


def test_no_role_bundles_what_two_people_have_to_do() -> None:
    """Receiving or sorting a tip, and rating it; handing a right on, and approving."""
    for role in ROLES.values():
        assert not {"tips:triage", "tips:value"} <= role.scopes
        assert not {"tips:record", "tips:value"} <= role.scopes
        assert not {"access:grant", "access:approve"} <= role.scopes


def test_every_refusal_is_complete(generator: ModuleType) -> None:
    """Kind, code and both messages: no edge has to invent one."""
    refusals = generator.refusals()
    assert len(refusals) > 80
    for refusal in refusals:
        assert refusal.kind in STATUS
        assert refusal.code
        assert refusal.message_vi != refusal.message_en
