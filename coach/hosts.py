"""Which hosts may get what somebody wrote: agreed to once each."""

import json
from pathlib import Path

from coach import paths
from coach.address import Address
from coach.session.folder import make_private, write_whole


def is_agreed(address: Address) -> bool:
    """Whether sending to `address` was agreed to before."""
    return _name(address) in _known()


def agree(address: Address) -> None:
    """Remember that sending to `address` is fine; when it cannot be written, it is asked again."""
    known = sorted({*_known(), _name(address)})
    try:
        make_private(_file().parent)
        write_whole(_file(), json.dumps({"v": 1, "hosts": known}, indent=1) + "\n")
    except OSError:
        return


def _name(address: Address) -> str:
    """Scheme, host and port: a yes to a secure port is none to an open one."""
    return f"{address.scheme}://{address.host}:{address.port}"


def _known() -> frozenset[str]:
    try:
        return frozenset(map(str, json.loads(_file().read_text(encoding="utf-8"))["hosts"]))
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def _file() -> Path:
    return paths.data_dir() / "hosts.json"
