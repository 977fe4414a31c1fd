"""What can go wrong on the way to a server, and how long to wait before another try."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coach.llm.port import ModelError
from coach.llm.refusal import plain

if TYPE_CHECKING:
    from coach.llm.refusal import Refusal
    from coach.profile import Profile

LONGEST_WAIT_S = 30.0
"""A server that asks for more is not waited for: the candidate is told instead."""
LOADING_S, LOADING_TRIES = 2.0, 30
"""A local server may load its model for a minute before it answers."""
TRIES = 2
_PASSING = frozenset((408, 409, 425, 500, 502, 503, 504, 529))


def pause_s(refusal: Refusal, waited: int, *, patient: bool) -> float | None:
    """Seconds to wait after `refusal` before the next try, when `waited` tries were made; None: give up.

    `patient` with a local server that is loading its model. What the same request will meet again is not repeated.
    """
    if refusal.headers.get("x-should-retry") == "false" or refusal.is_context:
        return None
    if patient and refusal.status == 503:
        return LOADING_S if waited < LOADING_TRIES else None
    if waited >= TRIES or (patient and refusal.status == 500):
        return None
    is_busy = refusal.status == 429 and not refusal.is_quota
    if not is_busy and refusal.status not in _PASSING:
        return None
    if (wait := refusal.retry_after_s) is not None:
        return wait if 0 <= wait <= LONGEST_WAIT_S else None
    return (1.0 if is_busy else 0.5) * float(2**waited)


def timed_out(profile: Profile, seconds: float | None = None) -> ModelError:
    """The whole call took longer than it may, or nothing came for `seconds`."""
    limit = profile.deadline_s if seconds is None else min(seconds, profile.deadline_s)
    return ModelError(
        "timeout",
        "No answer in time",
        f"{profile.address.shown} did not {'finish' if seconds is None else 'begin'} within {limit:.0f} seconds.",
        hint="Raise timeout_s in config.toml, or choose a faster model.",
    )


def broken_off(profile: Profile, what: str) -> ModelError:
    """The connection was there and ended too early."""
    return ModelError(
        "disconnected",
        "The connection broke off",
        f"{profile.address.shown}: {what}",
        hint="Try again; if it happens often, look at the server's own log.",
    )


def failure_on_the_way(error: BaseException, profile: Profile) -> ModelError:
    """What lies behind `Connection error.` and `Request timed out.`, which is all the library says."""
    chain = _causes(error)
    if any("ReadTimeout" in type(one).__name__ or "WriteTimeout" in type(one).__name__ for one in chain):
        return timed_out(profile)
    words = " ".join(f"{type(one).__name__} {one}" for one in chain).lower()
    where = profile.address.shown
    last = plain(_reason(chain), profile.key)
    if "certificate" in words or "ssl" in words or "wrong_version" in words:
        return ModelError(
            "tls",
            "No secure connection",
            f"{where}: {last}",
            hint="For a certificate of your own set ca_file in config.toml. For a server without TLS write http://.",
        )
    if "proxyerror" in words:
        return ModelError(
            "proxy", "The proxy cannot be used", f"{where}: {last}", hint="Check HTTPS_PROXY and NO_PROXY."
        )
    if any(
        one in words
        for one in (
            "connecterror",
            "connecttimeout",
            "name or service",
            "refused",
            "getaddrinfo",
            "unreachable",
        )
    ):
        hint = "Check base_url and that you are online."
        if profile.address.is_loopback:
            hint = "Nothing listens there. Start the server, or run coach doctor to see which ones are up."
        return ModelError("unreachable", "The server cannot be reached", f"{where}: {last}.", hint=hint)
    return broken_off(profile, last)


def _reason(chain: list[BaseException]) -> str:
    """The deepest cause in words: the system's own for a refused connection, not the library's address book."""
    for one in reversed(chain):
        if (
            isinstance(one, OSError)
            and one.errno is not None
            and one.errno > 0
            and "ssl" not in type(one).__name__.lower()
        ):
            return os.strerror(one.errno)
    if any("ConnectTimeout" in type(one).__name__ for one in chain):
        return "no connection came about"
    return str(chain[-1]) or type(chain[-1]).__name__


def _causes(error: BaseException) -> list[BaseException]:
    chain = [error]
    while len(chain) < 8 and (cause := chain[-1].__cause__ or chain[-1].__context__) is not None:
        chain.append(cause)
    return chain
