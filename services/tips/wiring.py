"""What tips is made of."""

from services.access_directory.follower import AccessFollower
from services.access_directory.tables import ACCESS_EVENTS, GrantTables
from services.chassis.service import Runtime, ServiceDefinition
from services.chassis.vault import KekRing, VaultClosed
from services.contracts.tips.events import PUBLIC_EVENTS
from services.tips.api import GUARD, VAULT, officer_routes, sender_routes
from services.tips.domain.tip import Tip
from services.tips.intake_guard import IntakeGuard
from services.tips.publishing import publish
from services.tips.read_models.tip_inbox import READ_METADATA, TipInbox
from services.tips.tip_vault import TipVault
from services.tips.verbs import VERBS
from services.unit_directory.follower import UnitsFollower
from services.unit_directory.tables import UNIT_EVENTS, UnitTables

UNITS = UnitTables(READ_METADATA)
ACCESS = GrantTables(READ_METADATA)


def definition() -> ServiceDefinition:
    """Put the parts of the service together."""
    units = UnitsFollower("tips-units", UNITS)
    access = AccessFollower("tips-access", ACCESS, units.directory)

    async def on_start(runtime: Runtime) -> None:
        await open_vault(runtime)
        runtime.extras[GUARD] = IntakeGuard()
        await units.attach(runtime)
        await access.attach(runtime)

    return ServiceDefinition(
        name="tips",
        aggregates=(Tip,),
        publish=publish,
        read_metadata=READ_METADATA,
        inline_read_models=(TipInbox(),),
        followers=(units, access),
        verbs=VERBS,
        routers=(sender_routes(), officer_routes()),
        catalogue=frozenset(
            e.TYPE for e in (*PUBLIC_EVENTS, *UNIT_EVENTS, *ACCESS_EVENTS)
        ),
        on_start=on_start,
        parts=(access.proof,),
    )


async def open_vault(runtime: Runtime) -> None:
    """Read the key file and the intake secret; no door opens before.

    Raises VaultClosed.
    """
    if runtime.settings.kek_file is None:
        raise VaultClosed("BINHYEN_KEK_FILE is not set.")
    vault = TipVault(KekRing.from_file(runtime.settings.kek_file))
    await runtime.write(vault.prepare)
    runtime.extras[VAULT] = vault
