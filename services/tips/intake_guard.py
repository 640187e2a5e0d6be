"""How much the open doors take: a budget for all, a smaller one for each address.

Addresses are kept in memory only, as a hash under a key that lives for a day.
"""

import hmac
import ipaddress
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from services.chassis.errors import TooMany

DAY_SECONDS: Final = 86_400
REMEMBERED: Final = 10_000


class TooManySubmissions(TooMany):
    """The open doors took as much as they take for now."""

    code = "tips.intake.too_many"
    message_vi = "Có quá nhiều yêu cầu, hãy thử lại sau ít phút."
    message_en = "There are too many requests; try again in some minutes."


@dataclass(slots=True)
class Bucket:
    """Tokens that flow in at a rate and are taken one by one."""

    tokens: float
    filled_at: float

    def take(self, now: float, rate: float, capacity: float) -> bool:
        self.tokens = min(capacity, self.tokens + (now - self.filled_at) * rate)
        self.filled_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class IntakeGuard:
    """The budgets of one process; rates are per second."""

    def __init__(
        self,
        *,
        rate: float = 50,
        burst: float = 500,
        address_rate: float = 0.5,
        address_burst: float = 30,
    ) -> None:
        self._rate, self._burst = rate, burst
        self._address_rate, self._address_burst = address_rate, address_burst
        now = time.monotonic()
        self._all = Bucket(burst, now)
        self._key, self._keyed_at = secrets.token_bytes(32), now
        self._addresses: OrderedDict[bytes, Bucket] = OrderedDict()

    def admit(self, address: str, now: float | None = None) -> None:
        """Let one more request of an address pass. Raises TooManySubmissions."""
        now = time.monotonic() if now is None else now
        bucket = self._bucket(address, now)
        if bucket and not bucket.take(now, self._address_rate, self._address_burst):
            raise TooManySubmissions
        if not self._all.take(now, self._rate, self._burst):
            raise TooManySubmissions

    def _bucket(self, address: str, now: float) -> Bucket | None:
        if _is_own_proxy(address):
            return None
        if now - self._keyed_at > DAY_SECONDS:
            self._key, self._keyed_at = secrets.token_bytes(32), now
            self._addresses.clear()
        mark = hmac.digest(self._key, address.encode(), "sha256")
        bucket = self._addresses.setdefault(mark, Bucket(self._address_burst, now))
        self._addresses.move_to_end(mark)
        if len(self._addresses) > REMEMBERED:
            self._addresses.popitem(last=False)
        return bucket


def _is_own_proxy(address: str) -> bool:
    # Behind our proxy all senders share one private address: only the common budget
    # and the proxy's own limits can tell a flood from a busy evening.
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return True
