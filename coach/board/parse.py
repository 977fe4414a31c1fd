"""Text to a board: our own lines, Mermaid flowcharts and simple D2 in one tolerant reader. It never raises.

`client -> load balancer -> api x3: POST /tweet` draws arrows, `Write path {` opens a group, `timeline cache: cache`
sets a kind. What cannot be read becomes a note on its line.
"""

import re

from coach.board.boxes import Found, Group
from coach.board.cells import clean
from coach.board.graph import Board
from coach.board.syntax import (
    ATTRIBUTE,
    DOTTED,
    FENCE,
    HEADER,
    INLINE,
    KEYS,
    OTHER,
    PARTICIPANT,
    SEQUENCE,
    SEQUENCE_ONLY,
    STYLING,
    SUBGRAPH,
)
from coach.board.words import (
    LONGEST_LINE,
    Chain,
    Mention,
    Piece,
    has_arrow,
    identify,
    names,
    read_chain,
    split_label,
    unbulleted,
    uncommented,
)

MOST_LINES = 1000
"""Lines that are read; the rest is kept as text, and a note says so."""
LONGEST_NAME_WORDS = 8
"""A line without an arrow that is longer is a remark and no box."""


def read_board(text: str, *, cursor: tuple[int, int] | None = None) -> Board:
    """The board that `text` describes; `cursor` is the line and column of typing, from 0."""
    lines = text.split("\n")
    reader = _Reader(cursor)
    for number, line in enumerate(lines[:MOST_LINES], 1):
        reader.read(number, line[:LONGEST_LINE])
    if len(lines) > MOST_LINES:
        reader.found.note(MOST_LINES + 1, f"only the first {MOST_LINES:,} lines are drawn")
    return reader.found.board()


class _Reader:
    """Reads line by line."""

    def __init__(self, cursor: tuple[int, int] | None) -> None:
        self.found = Found(cursor)
        self._is_sequence = False

    def read(self, number: int, raw: str) -> None:
        """Take in one line."""
        line = uncommented(unbulleted(raw.replace("\t", " ")))
        body = line.strip()
        if not body or FENCE.match(body) or HEADER.match(body) or STYLING.match(body):
            return
        if other := OTHER.match(body):
            self._is_sequence = other[0] == "sequenceDiagram"
            self.found.note(
                number, SEQUENCE if self._is_sequence else f"a {other[0]} is not read; draw boxes and arrows"
            )
            return
        if self._is_sequence and self._sequence(number, body):
            return
        if body in ("}", "end", "};", "});"):
            self._close(number)
        elif not self._opens(number, body) and not self._attribute(number, body):
            if inline := INLINE.match(body):
                self._inline(number, line, inline)
            elif has_arrow(line):
                self._chain(number, read_chain(line))
            else:
                self._declare(number, line)

    # Groups

    def _opens(self, number: int, body: str) -> bool:
        """Whether the line opens a group; then it is open."""
        titled = SUBGRAPH.match(body) if body[:8].casefold().startswith(("subgraph", "group ")) else None
        if titled:
            ident, title = titled["id"].strip(' "'), (titled["title"] or "").strip(' "')
            self._open(number, ident, title or ident)
            return True
        if not body.endswith("{") or has_arrow(body):
            return False
        ident, _, title = body[:-1].strip().partition(":")
        self._open(number, ident.strip(' "'), title.strip(' "') or ident.strip(' "'))
        return True

    def _open(self, number: int, ident: str, title: str) -> None:
        title = clean(title) or "group"
        self.found.titles.setdefault(identify(ident), title)
        self.found.groups.append(Group(ident, title, number))

    def _close(self, number: int) -> None:
        if not self.found.groups:
            self.found.note(number, "nothing is open that this could close")
            return
        path = self.found.path
        group = self.found.groups.pop()
        if group.attributes and not group.holds:
            # D2 writes a box with attributes as a block of its own.
            self.found.titles.pop(identify(group.name), None)
            self.found.declared(group.line, _named(group.name), {"label": group.title, **group.attributes})
        elif not group.holds and path:
            self.found.note(group.line, f"the group {group.title} holds no box yet")

    def _attribute(self, number: int, body: str) -> bool:
        """Whether the line is an attribute of D2; kept for the block it stands in."""
        hit = ATTRIBUTE.match(body)
        if hit and (self.found.groups or hit["key"] in ("direction", "vars", "classes")):
            if self.found.groups:
                self.found.groups[-1].attributes[hit["key"]] = hit["value"].strip(' "')
            return True
        if dotted := DOTTED.match(body):
            name = names(Piece(dotted["name"], 0))
            attributes = {dotted["key"]: dotted["value"].strip(' "')}
            for mention in name:
                self.found.declared(self.found.line_of(mention, number), mention, attributes)
            return bool(name)
        return False

    def _inline(self, number: int, line: str, inline: re.Match[str]) -> None:
        """`db: Tweet DB { shape: cylinder }`, and an arrow with attributes behind it."""
        head = inline["head"]
        pairs = (part.partition(":") for part in inline["body"].split(";"))
        attributes = {
            key.strip(): value.strip(' "') for key, _, value in pairs if value and key.strip() in KEYS
        }
        if has_arrow(head):
            self._chain(number, read_chain(head if attributes else line))
            return
        if not attributes and inline["body"].strip():
            # Mermaid's `id{decision}`.
            self._declare(number, line)
            return
        text, label = split_label(head)
        for mention in names(Piece(text, 0)):
            self.found.declared(number, mention, {"label": label, **attributes} if label else attributes)

    # Lines

    def _sequence(self, number: int, body: str) -> bool:
        """Lines of a pasted sequence diagram that are no messages."""
        if hit := PARTICIPANT.match(body):
            ident, title = clean(hit[1]), clean(hit[2] or "")
            self.found.mention(
                number,
                Mention(identify(ident), title or ident, -1, -1, is_titled=bool(title)),
                is_listed=True,
            )
            return True
        return bool(SEQUENCE_ONLY.match(body)) and not has_arrow(body)

    def _chain(self, number: int, chain: Chain) -> None:
        stops = [[self.found.mention(number, one) for one in stop] for stop in chain.stops]
        for at, hop in enumerate(chain.hops):
            for source in stops[at]:
                for target in stops[at + 1]:
                    if source and target:
                        self.found.join(number, source, target, ways=hop.ways, label=hop.label)
        if chain.note:
            self.found.note(number, chain.note)

    def _declare(self, number: int, line: str) -> None:
        text, said = split_label(line)
        listed = names(Piece(text, 0))
        if not listed:
            self.found.note(number, "this line names no box")
            return
        if said is None and any(len(one.name.split()) > LONGEST_NAME_WORDS for one in listed):
            self.found.note(number, "read as a remark; a box has a short name")
            return
        for mention in listed:
            box = self.found.mention(number, mention, is_listed=True)
            if box and said:
                self.found.tell(box, said)


def _named(title: str) -> Mention:
    found = names(Piece(title, 0))
    return found[0] if found else Mention(identify(title), title, -1, -1)
