"""unit_list.publish: sign all units as known at the first moment of a month."""

import hashlib

from services.chassis.clock import utc_now
from services.chassis.commands import Change
from services.contracts.registry.unit_lists import UnitListPublished
from services.contracts.registry.units import COUNTRY_CODE, unit_id
from services.registry.documents.unit_list_file import content_of, head_of, packed
from services.registry.domain.unit_list import ListedUnits, UnitList, unit_list_id
from services.registry.domain.unit_list_errors import UnitListAlreadyPublished
from services.registry.read_models.known_facts import KnownFacts
from services.registry.unit_list_store import ListSigner, keeping


def publish_unit_list(
    month: str, known: KnownFacts, signer: ListSigner
) -> Change[UnitList]:
    """Make and sign the list of a month, to be kept with the fact that it exists."""
    content = content_of(month, known)
    file = packed(content)
    listed = ListedUnits(
        month=month,
        country_id=unit_id("country", COUNTRY_CODE, None),
        edition=known.edition,
        units=len(known.units),
        facts=known.facts,
        changes_after=head_of(month, known).changes_after,
        size_bytes=len(file),
        sha256=hashlib.sha256(file).hexdigest(),
        content_sha256=hashlib.sha256(content).hexdigest(),
        key_id=signer.public.kid,
        signature=signer.sign(file),
    )

    def decide(found: UnitList | None) -> tuple[UnitList, UnitListPublished]:
        if found is not None:
            raise UnitListAlreadyPublished(field="$.month", month=month)
        made = UnitList.publish(listed, now=utc_now())
        return made, UnitListPublished(month=month, sha256=listed.sha256)

    return Change(
        aggregate_type=UnitList,
        aggregate_id=unit_list_id(month),
        decide=decide,
        also=keeping(month, file),
    )
