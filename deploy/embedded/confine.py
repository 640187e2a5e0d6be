"""How does a server of ours start, so that it ends with us and is never root.

Called by the embedded PostgreSQL and NATS, and by the supervisor for the services.
"""

import ctypes
import os
import pwd
import signal
import stat
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_KEEPCAPS = 8
_PR_SET_SECUREBITS = 28
_SECBIT_NO_SETUID_FIXUP = 4
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_DAC_OVERRIDE = 1
_CAP_DAC_READ_SEARCH = 2
_UNPRIVILEGED = ("postgres", "nobody", "daemon")

_libc = ctypes.CDLL(None, use_errno=True)


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilitySet(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@dataclass(frozen=True, slots=True)
class Account:
    """A system account that a server runs under when we are root."""

    name: str
    uid: int
    gid: int
    reaches_all: bool  # False: a folder on the way is closed to others


def unprivileged_account(paths: Iterable[Path]) -> Account | None:
    """Return whom a server must run as that refuses root; None when we are not root.

    The paths are what it must reach: a checkout in /root is closed to everybody
    else, and opening somebody's home folder is not ours to do.
    """
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in _UNPRIVILEGED:
        if name in known and known[name].pw_uid != 0:
            entry = known[name]
            reaches = all(_open_to_others(path) for path in paths)
            return Account(name, entry.pw_uid, entry.pw_gid, reaches)
    message = f"none of the accounts {', '.join(_UNPRIVILEGED)} exists here"
    raise RuntimeError(message)


def _open_to_others(path: Path) -> bool:
    return all(
        folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents
    )


def spawn(  # noqa: PLR0913  (each names itself at the call)
    command: Sequence[str | Path],
    *,
    log: Path,
    death_signal: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    keep_open: Sequence[int] = (),
    environment: dict[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program whose output is appended to `log` and that ends with us."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the supervisor only
            pass_fds=tuple(keep_open),
            env=environment,
            cwd="/" if account else folder,
            preexec_fn=confined(death_signal, account),  # noqa: PLW1509  (no Python)
        )


def confined(
    death_signal: signal.Signals, account: Account | None
) -> Callable[[], None]:
    """Return what the child does between fork and exec (system calls only)."""
    parent = os.getpid()

    def confine() -> None:
        if account is not None:
            _become(account)
        # A change of account clears the signal, so it is asked for last.
        _libc.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return confine


def _become(account: Account) -> None:
    """Drop root; keep one reading capability where closed folders are in the way."""
    wanted = 0 if account.reaches_all else _reading_capability()
    if wanted:
        # Without this bit access(2) overlooks the capability, and initdb asks it.
        _libc.prctl(_PR_SET_SECUREBITS, _SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
        _libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(account.gid)
    os.setuid(account.uid)
    if wanted:
        mask = 1 << wanted
        sets = (_CapabilitySet * 2)()
        sets[0] = _CapabilitySet(mask, mask, mask)
        _libc.capset(ctypes.byref(_header()), sets)
        _libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, wanted, 0, 0)


def _header() -> _CapabilityHeader:
    return _CapabilityHeader(_CAPABILITY_VERSION_3, 0)


def _reading_capability() -> int:
    sets = (_CapabilitySet * 2)()
    _libc.capget(ctypes.byref(_header()), sets)
    for capability in (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE):
        if sets[0].permitted & (1 << capability):
            return capability
    return 0
