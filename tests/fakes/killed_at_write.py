"""Runs `coach` and kills it in the middle of its n-th write to a journal: `killed_at_write.py N ARGUMENTS`.

Half of the bytes reach the file, then SIGKILL: no handler, no flush, as when the power of a process ends.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

real_write = os.write
doomed = int(sys.argv[1])
seen = [0]


def write(descriptor: int, data: Any) -> int:
    """`os.write`, until it is time."""
    if Path(f"/proc/self/fd/{descriptor}").readlink().name == "session.jsonl":
        seen[0] += 1
        if seen[0] == doomed:
            real_write(descriptor, bytes(data)[: len(bytes(data)) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
    return real_write(descriptor, data)


if __name__ == "__main__":
    os.write = write
    from coach.cli import main

    sys.exit(main(sys.argv[2:]))
