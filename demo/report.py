"""Drafts the province's official report and fetches its document."""

import asyncio
import hashlib
from pathlib import Path
from typing import Final
from uuid import UUID, uuid5

import msgspec

from demo.doors import Doors
from demo.figures import Year
from demo.published import Published

OFFICER: Final = "officer"
_NAMESPACE: Final = UUID("5d0b7a54-8b0d-5a3c-b1a8-3f4c1f0e9d77")

DRAFT: Final = """
mutation ($input: ReportDraftInput!) {
  reportDraft(input: $input) {
    report { numberAndSymbol docxPath } userErrors { code message field }
  }
}"""


async def write_report(
    doors: Doors, published: Published, year: Year, folder: Path
) -> Path:
    """Write the report of these figures as DOCX; equal figures give one report."""
    digest = hashlib.sha256(msgspec.json.encode(year.counted)).hexdigest()
    data = await doors.graphql(
        DRAFT,
        {"input": {"unitId": year.province_id, "period": {"year": published.year}}},
        caller=OFFICER,
        key=uuid5(_NAMESPACE, f"{year.province_id}/{published.year}/{digest}"),
    )
    report = data["reportDraft"]["report"]
    document = await doors.ask("reporting", report["docxPath"], {}, caller=OFFICER)
    number = report["numberAndSymbol"].partition("/")[0]
    path = folder / f"bao-cao-{number}-nam-{published.year}.docx"
    await asyncio.to_thread(_write, path, document.body)
    return path


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
