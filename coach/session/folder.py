"""Files only their owner may read. A session holds what somebody typed under pressure; it is nobody else's business."""

import errno
import os
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def make_private(folder: Path) -> None:
    """Create `folder` and its parents, readable by the owner alone. What exists keeps its mode."""
    if not folder.parent.is_dir():
        make_private(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Replace `path` by `text`, so that a reader finds the old or the new and never a half."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as file:
            file.write(text.encode())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def append_line(path: Path, line: bytes) -> None:
    """Add `line` to `path` and have it on disk. A torn last line, from a crash, is closed first."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
    try:
        size = os.fstat(fd).st_size
        torn = size > 0 and os.pread(fd, 1, size - 1) != b"\n"
        whole = (b"\n" if torn else b"") + line + b"\n"
        if os.write(fd, whole) < len(whole):
            os.ftruncate(fd, size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        sync_data(fd)
    finally:
        os.close(fd)


def sync_data(fd: int) -> None:
    """Have what was written to `fd` on disk; macOS has no `fdatasync`."""
    getattr(os, "fdatasync", os.fsync)(fd)


def sync_folder(folder: Path) -> None:
    """Have the names of `folder` on disk, so that a new file survives a power cut."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
