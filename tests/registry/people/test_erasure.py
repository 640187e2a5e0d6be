"""Erasure: nothing opens, every count stays, a certificate is left."""

import base64
import json
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import httpx2
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from services.chassis.clock import local_today
from services.registry.person_vault import EXTRA, KEYS, MATCHES, PARTS
from tests.registry.people.conftest import People
from tests.registry.people.test_records import disputed, due, every_cell, refusal

TODAY: Final = local_today()


async def erased(people: People, one: str, ground: str = "own_request",
                 **more: Any) -> httpx2.Response:  # fmt: skip
    door = people.door("erase")
    return await door.post(f"/people/{one}/erasure", {"ground": ground}, **more)


async def counts(people: People, code: str) -> Any:
    answer = await people.reader.get(
        "/strength", ids=[people.unit_id(code)], on="2021-06-01"
    )
    return answer.json()["rows"]


async def test_an_erased_person_is_only_a_number(people: People) -> None:
    """Counts of any day are as before; not a trace of the name is left to open."""
    code, name = await people.commune(), f"Canary {uuid4().hex}"
    one = await people.known(
        code, name, birth_date="1990-01-01", citizen_id="006090000009"
    )
    await people.enrolled(code, "Người Ở Lại")
    await people.ceased(code, one)
    before = await counts(people, code)
    done = await erased(people, one)
    assert 200 == done.status_code, done.text
    assert before == await counts(people, code)
    assert 2 == before[0]["members"]
    (row,) = await people.read(people.keeper, one)
    assert (None, None, None, str(TODAY)) == (
        row["display_name"],
        row["birth_year"],
        row["citizen_id_masked"],
        row["erased_on"],
    )
    assert 1 == len(row["memberships"])
    assert [] == await people.found(people.reader, name=name)
    assert [] == await people.found(people.reader, citizen_id="006090000009")
    with people.registry.runtime.engine.connect() as conn:
        vault = people.registry.runtime.extras[EXTRA]
        assert {} == vault.records(conn, [UUID(one)])
        for table, column in ((KEYS, KEYS.c.subject_id), (PARTS, PARTS.c.subject_id),
                              (MATCHES, MATCHES.c.person_id)):  # fmt: skip
            left = sa.select(sa.func.count()).select_from(table).where(column == one)
            assert 0 == conn.execute(left).scalar_one()
        stored = "".join(every_cell(conn))
    assert name not in stored
    assert name.encode().hex() not in stored


async def test_the_certificate_says_what_was_destroyed(people: People) -> None:
    """Signed over its very bytes; whoever holds the public key can check it."""
    code = await people.commune()
    (one,) = await people.enrolled(code, "Lê Thử Xóa")
    await people.ceased(code, one)
    made = (await erased(people, one, "purpose_ended")).json()
    found = await people.reader.get(
        "/people/certificates", certificate_id=made["certificate_id"]
    )
    certificate = found.json()
    key = Ed25519PublicKey.from_public_bytes(
        base64.b64decode(certificate["public_key"])
    )
    key.verify(
        base64.b64decode(certificate["signature"]), certificate["document"].encode()
    )
    told = json.loads(certificate["document"])
    assert {
        "certificate_id": made["certificate_id"],
        "person_id": one,
        "unit_code": code,
        "erased_on": str(TODAY),
        "ground": "purpose_ended",
        "destroyed": {"keys": 1, "records": 1, "digests": 1},
        "copies_in_backups_until": str(TODAY + timedelta(days=30)),
        "issued_by": "officer",
    }.items() <= told.items()
    assert 64 == len(told["sealed_records_sha256"])


async def test_a_certificate_of_another_area_looks_absent(people: People) -> None:
    """As does one that never was."""
    code = await people.commune()
    (one,) = await people.enrolled(code, "Lê Thử Xóa")
    await people.ceased(code, one)
    made = (await erased(people, one)).json()
    other = people.door("read_full", unit_roots=())
    for door, wanted in ((other, made["certificate_id"]), (people.reader, uuid4())):
        answer = await door.get("/people/certificates", certificate_id=wanted)
        assert (404, "registry.person.certificate_unknown", "$.certificate_id") == (
            refusal(answer)
        )


async def test_who_serves_is_erased_only_for_two_grounds(people: People) -> None:
    """A record that should never have been there goes even then."""
    code = await people.commune()
    (one,) = await people.enrolled(code, "Lê Đang Làm")
    answer = await erased(people, one)
    assert (409, "registry.person.still_serves", "$.ground") == refusal(answer)
    assert [people.teams[code]] == answer.json()["params"]["force_unit_ids"]
    assert 200 == (await erased(people, one, "entered_in_error")).status_code


async def test_a_person_is_erased_once(people: People) -> None:
    """The same key answers the same; another finds nothing left to erase or correct."""
    code, key = await people.commune(), uuid4()
    (one,) = await people.enrolled(code, "Lê Một Lần")
    await people.ceased(code, one)
    first = await erased(people, one, key=key)
    again = await erased(people, one, key=key)
    assert first.json() == again.json()
    other = await erased(people, one)
    assert (409, "registry.person.erased", None) == refusal(other)
    corrected = await people.corrected(one, "Lê Trở Lại")
    assert (409, "registry.person.erased", None) == refusal(corrected)


async def test_a_dispute_ends_with_the_record(people: People) -> None:
    """What was wrong is gone; nobody is chased for it."""
    code = await people.commune()
    (one,) = await people.enrolled(code, "Lê Có Đề Nghị")
    await people.ceased(code, one)
    await disputed(people, one)
    assert 200 == (await erased(people, one)).status_code
    assert [] == await due(people, code)


async def test_erasing_needs_its_own_right(people: People) -> None:
    """Who keeps records may not destroy them."""
    (one,) = await people.enrolled(await people.commune(), "Lê Còn Đó")
    answer = await people.keeper.post(
        f"/people/{one}/erasure", {"ground": "own_request"}
    )
    assert (403, "auth.scope_missing", None) == refusal(answer)


async def test_digests_are_made_anew_where_they_are_missing(people: People) -> None:
    """Who was sealed before there were digests is found after the next start."""
    name, born = f"Lê {uuid4().hex}", date(1977, 7, 7)
    one = await people.known(await people.commune(), name, birth_date=str(born))
    runtime = people.registry.runtime
    with runtime.engine.begin() as conn:
        conn.execute(sa.delete(MATCHES).where(MATCHES.c.person_id == one))
    assert [] == await people.found(people.reader, name=name)
    while await runtime.write(runtime.extras[EXTRA].refresh):
        pass
    rows = await people.found(people.reader, name=name, birth_date=str(born))
    assert [one] == [row["id"] for row in rows]
