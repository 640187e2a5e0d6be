"""Questions about the signed monthly lists of units, and the making of one."""

from typing import Final

from services.chassis.calls import Call, Outcome
from services.contracts.registry import unit_lists as shapes
from services.registry.domain.unit_list_errors import UnitListUnknown
from services.registry.read_models import unit_list_editions
from services.registry.unit_list_store import EXTRA, ListSigner, file_of
from services.registry.use_cases.monthly_lists import publish_month
from services.registry.verbs.making import UNITS, command, query

WRITE_UNITS: Final = "units:write"


async def unit_lists_list(call: Call[shapes.UnitListsList]) -> shapes.UnitLists:
    """List the published lists, the newest month first."""
    return await call.runtime.read(
        unit_list_editions.list_editions, first=call.body.first, after=call.body.after
    )


async def unit_lists_manifest(
    call: Call[shapes.UnitListOf],
) -> shapes.UnitListManifest:
    """Give digests and signature of a month's list."""
    month = call.body.month
    found = await call.runtime.read(unit_list_editions.manifest_of, month)
    if found is None:
        raise UnitListUnknown(field="$.month", month=month)
    return found


async def unit_list_file(call: Call[shapes.UnitListOf]) -> bytes:
    """Give a month's list as it was signed."""
    month = call.body.month
    found = await call.runtime.read(file_of, month)
    if found is None:
        raise UnitListUnknown(field="$.month", month=month)
    return found


async def unit_list_keys(call: Call[shapes.UnitListKeysGet]) -> shapes.UnitListKeys:
    """Give the public key of lists, to verify them anywhere."""
    signer: ListSigner = call.runtime.extras[EXTRA]
    return shapes.UnitListKeys(keys=(signer.public,))


async def unit_list_publish(call: Call[shapes.PublishUnitList]) -> Outcome:
    """Make and sign the list of a past month that has none."""
    return await publish_month(call.runtime, call.body.month, call.key)


VERBS: Final = (
    query("unit_lists.list", shapes.UnitListsList, unit_lists_list, UNITS),
    query("unit_lists.manifest", shapes.UnitListOf, unit_lists_manifest, UNITS),
    query("unit_lists.keys", shapes.UnitListKeysGet, unit_list_keys, None),
    command(
        "unit_list.publish", shapes.PublishUnitList, unit_list_publish, WRITE_UNITS
    ),
)
