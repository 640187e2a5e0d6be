"""Monthly lists by HTTP: made once, signed, verified by the words of the document."""

import asyncio
import base64
import gzip
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import sqlalchemy as sa

from services.chassis.clock import LOCAL_ZONE, utc_now
from services.registry.domain.unit_list import SETTLING, moment_of
from services.registry.read_models.tables import READ, UNITS
from services.registry.read_models.unit_list_editions import EDITIONS
from services.registry.use_cases.monthly_lists import (
    months_between,
    publish_due_months,
)
from tests.architecture.conftest import ROOT
from tests.registry.conftest import Door, Registry
from tests.registry.doors.units_of_ca_mau import commune, problem, rename

# Within its first hour a month has no list yet.
NOW = (utc_now() - SETTLING).astimezone(LOCAL_ZONE)


def months_ago(number: int) -> str:
    """Return a month before this one, as 2026-09."""
    index = NOW.year * 12 + NOW.month - 1 - number
    return f"{index // 12}-{index % 12 + 1:02}"


THIS, LAST, BEFORE = months_ago(0), months_ago(1), months_ago(2)


@pytest.fixture(scope="module", autouse=True)
async def made(registry: Registry, registrar: Door) -> list[httpx2.Response]:
    """Let the register be imported weeks ago and a name changed since; sign a list.

    The list of two months ago is made with one key twice: by both answers.
    """
    imported = moment_of(BEFORE) - timedelta(days=3)
    renamed = moment_of(LAST) + timedelta(days=3)
    await rename(registrar, commune(registry, 0), "Tân Hưng Mới", "2026-11-01")

    def move(conn: sa.Connection) -> None:
        facts, editions = UNITS.facts, UNITS.editions
        latest = sa.select(sa.func.max(facts.c.position)).scalar_subquery()
        mine = facts.c.position == latest
        conn.execute(sa.update(editions).values(recorded_at=imported))
        conn.execute(sa.update(facts).where(~mine).values(recorded_at=imported))
        conn.execute(sa.update(facts).where(mine).values(recorded_at=renamed))

    await registry.runtime.write(move)
    key = uuid4()
    path = f"/unit-lists/{BEFORE}"
    return [await registrar.post(path, {}, key=key) for _ in range(2)]


async def published(door: Door, month: str) -> None:
    answer = await door.post(f"/unit-lists/{month}", {})
    assert answer.status_code in {201, 409}


async def fetched(door: Door, month: str) -> tuple[bytes, dict[str, Any]]:
    file = await door.get(f"/unit-lists/{month}")
    assert (200, "application/gzip") == (
        file.status_code,
        file.headers["content-type"],
    )
    manifest = await door.get(f"/unit-lists/{month}/manifest")
    return file.content, manifest.json()


def verified(folder: Path, file: bytes, manifest: Any, keys: Any) -> bool:
    """Run the lines that docs/unit-lists.md gives to partners."""
    page = (ROOT / "docs" / "unit-lists.md").read_text("utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (folder / "list.gz").write_bytes(file)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "keys.json").write_text(json.dumps(keys))
    done = subprocess.run(
        [sys.executable, "-c", program, "list.gz", "manifest.json", "keys.json"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return 0 == done.returncode


async def test_a_list_is_signed_and_stays_as_it_is(
    registry: Registry,
    registrar: Door,
    made: list[httpx2.Response],
    tmp_path: Path,
) -> None:
    """Whoever has the key verifies it; one changed byte or digit is found."""
    assert 201 == made[0].status_code
    file, manifest = await fetched(registrar, BEFORE)
    assert {"month": BEFORE, "sha256": manifest["sha256"]} == made[0].json()
    keys = (await registry.stranger.get("/unit-lists/keys")).json()
    assert verified(tmp_path, file, manifest, keys)
    altered = bytearray(file)
    altered[len(file) // 2] ^= 1
    assert not verified(tmp_path, bytes(altered), manifest, keys)
    signature = bytearray(base64.urlsafe_b64decode(manifest["signature"] + "=="))
    signature[0] ^= 1
    forged = base64.urlsafe_b64encode(signature).rstrip(b"=").decode()
    assert not verified(tmp_path, file, {**manifest, "signature": forged}, keys)
    assert not verified(tmp_path, file, {**manifest, "month": LAST}, keys)
    assert (409, "registry.unit_list.already_published", "$.month") == problem(
        await registrar.post(f"/unit-lists/{BEFORE}", {})
    )
    assert (file, manifest) == await fetched(registrar, BEFORE)


def test_the_same_key_gives_the_first_answer(made: list[httpx2.Response]) -> None:
    """A list is made once, also when the answer was lost."""
    first, second = made
    assert (201, 201) == (first.status_code, second.status_code)
    assert first.json() == second.json()
    assert "true" == second.headers["Idempotency-Replayed"]


async def test_a_list_names_its_month_and_holds_every_unit(
    registry: Registry, registrar: Door
) -> None:
    """The head says what the list is; closed units bear their last name."""
    file, manifest = await fetched(registrar, BEFORE)
    head, *units = map(json.loads, gzip.decompress(file).splitlines())
    assert ("binhyen/unit-list/1", BEFORE) == (head["document"], head["month"])
    assert moment_of(BEFORE) == datetime.fromisoformat(head["known_at"])
    assert {str(unit.id) for unit in registry.tree} == {unit["id"] for unit in units}
    assert head["units"] == len(units) == manifest["units"]
    closed = {unit["id"]: unit for unit in units if unit["valid_to"]}
    assert len(closed) > 10_000
    for unit in registry.tree:
        if str(unit.id) in closed:
            listed = closed[str(unit.id)]
            assert unit.named(None).name == listed["names"][-1]["name"]
            assert len(unit.successors) == len(listed["successors"])


async def test_changes_lead_from_one_list_to_the_next(registrar: Door) -> None:
    """The renaming between two months is the one row in which their lists differ."""
    lists = []
    for month in (LAST, THIS):
        await published(registrar, month)
        file, _ = await fetched(registrar, month)
        lists.append([json.loads(line) for line in gzip.decompress(file).splitlines()])
    (head, *rows), (next_head, *next_rows) = lists
    kept = {row["id"]: row for row in rows}
    asked = await registrar.get(
        "/units/changes", after=head["changes_after"], first=500
    )
    (change,) = [
        one
        for one in asked.json()["rows"]
        if datetime.fromisoformat(one["recorded_at"])
        <= datetime.fromisoformat(next_head["known_at"])
    ]
    assert kept[change["unit_id"]] != change["row"]
    kept[change["unit_id"]] = change["row"]
    assert {row["id"]: row for row in next_rows} == kept
    assert change["cursor"] == next_head["changes_after"]


async def test_each_due_month_is_published_once(
    registry: Registry, registrar: Door
) -> None:
    """Whichever process looks first; the others find it there."""
    done = await asyncio.gather(
        *(publish_due_months(registry.runtime) for _ in range(3))
    )
    assert 0 == await publish_due_months(registry.runtime)
    listed = (await registrar.get("/unit-lists")).json()["rows"]
    assert [THIS, LAST, BEFORE] == [row["month"] for row in listed]
    assert sum(done) <= 2
    page = (await registrar.get("/unit-lists", first=1)).json()
    assert page["has_next"]
    after = (await registrar.get("/unit-lists", after=page["rows"][0]["cursor"])).json()
    assert [LAST, BEFORE] == [row["month"] for row in after["rows"]]
    assert f"/v1/unit-lists/{THIS}" == page["rows"][0]["file_path"]


async def test_the_index_of_lists_is_rebuilt_from_events(registry: Registry) -> None:
    """What is read is what was told; the files are untouched."""
    wanted = sa.select(EDITIONS).order_by(EDITIONS.c.month)
    before: Sequence[Any] = await registry.runtime.read(
        lambda conn: conn.execute(wanted).all()
    )
    assert EDITIONS in READ.tables.values()
    model = next(
        m
        for m in registry.runtime.definition.inline_read_models
        if m.name == "unit_list_editions"
    )

    def rebuild(conn: sa.Connection) -> None:
        conn.execute(sa.delete(EDITIONS))
        model.apply(conn, registry.runtime.log.read_after(0, 1_000_000))

    await registry.runtime.write(rebuild)
    assert before == await registry.runtime.read(
        lambda conn: conn.execute(wanted).all()
    )


@pytest.mark.parametrize(
    ("month", "code"),
    [
        (months_ago(-1), "registry.unit_list.too_early"),
        (months_ago(3), "registry.units.moment_before_register"),
        ("2026-13", "body.invalid"),
    ],
)
async def test_a_month_that_cannot_be_known_is_refused(
    registrar: Door, month: str, code: str
) -> None:
    """Neither what is to come nor what was before the register."""
    answer = await registrar.post(f"/unit-lists/{month}", {})
    assert (422, code) == problem(answer)[:2]


async def test_a_month_without_a_list_says_so(registrar: Door) -> None:
    """Neither file nor manifest is made by asking."""
    for path in ("/unit-lists/2031-01", "/unit-lists/2031-01/manifest"):
        answer = await registrar.get(path)
        assert (404, "registry.unit_list.unknown", "$.month") == problem(answer)


async def test_only_the_registrar_signs(registry: Registry) -> None:
    """Whoever reads units does not publish lists; a stranger reads none."""
    answer = await registry.officer.post(f"/unit-lists/{BEFORE}", {})
    assert (403, "auth.scope_missing") == problem(answer)[:2]
    assert 401 == (await registry.stranger.get("/unit-lists")).status_code


def test_months_are_due_from_the_first_that_begins_after_the_import() -> None:
    """The hour in which facts may still come in is waited for."""
    whole = datetime(2026, 11, 25, tzinfo=LOCAL_ZONE)
    at = datetime(2027, 2, 1, 0, 59, tzinfo=LOCAL_ZONE)
    assert ["2026-12", "2027-01"] == months_between(whole, at)
    assert ["2026-12", "2027-01", "2027-02"] == months_between(
        whole, at + timedelta(minutes=1)
    )
    first = datetime(2026, 12, 1, tzinfo=LOCAL_ZONE)
    assert ["2026-12"] == months_between(first, first + timedelta(hours=1))
