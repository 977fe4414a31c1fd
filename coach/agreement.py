"""Asks once whether what somebody wrote may go to a host it never went to before."""

import sys

from coach import hosts
from coach.address import Address
from coach.errors import BadInput


def question(address: Address) -> str:
    """What is asked, and what it means."""
    where = "It stays on this machine." if address.is_loopback else "It leaves this machine."
    return f"Send what you wrote to {address.shown}? {where}"


def require(address: Address, *, yes: bool) -> None:
    """Ask on the terminal unless it was agreed to before, or is now with `yes`; `BadInput` when it is not."""
    if hosts.is_agreed(address):
        return
    if not yes:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise BadInput(
                "Nothing was sent",
                f"Nobody has agreed yet to send anything to {address.shown}.",
                hint="Add --yes to agree, once for this host.",
            )
        print(f"{question(address)} Type yes: ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() not in ("yes", "y"):
            raise BadInput(
                "Nothing was sent",
                f"You did not agree to {address.shown}.",
                hint="The offline judge needs nobody.",
            )
    hosts.agree(address)
