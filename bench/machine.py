"""On what was measured: processor, memory, disk, versions, and who else was at work."""

import os
import platform
import time
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

_PACKAGES: Final = (
    "eventsourcing",
    "SQLAlchemy",
    "psycopg",
    "asyncpg",
    "nats-py",
    "fastapi",
    "starlette",
    "uvicorn",
    "strawberry-graphql",
    "msgspec",
    "orjson",
)


def machine() -> dict[str, str]:
    """Return what a reader has to know beside the figures."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return {
        "Machine": f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB,"
        f" {platform.system()} {platform.release()}",
        "Disk": f"{_sync_ms():.2f} ms for 8 kB to disk (fdatasync, median of 100)",
        "Load before": f"{load:.1f} (average of the minute before; above 0.5 the"
        " figures are not to be trusted, ratios less so)",
        "Python": platform.python_version(),
        "Packages": ", ".join(f"{name} {version(name)}" for name in _PACKAGES),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _sync_ms() -> float:
    times = []
    with TemporaryDirectory() as folder, Path(folder, "probe").open("wb") as file:
        for _ in range(100):
            file.write(b"x" * 8192)
            file.flush()
            started = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - started) * 1e3)
    return sorted(times)[50]
