"""The boxes and arrows of a board as they are found, line by line."""

import re
from dataclasses import dataclass, field, replace

from coach.board.cells import clean
from coach.board.graph import Arrow, Board, Box, Note
from coach.board.kinds import guess, named_kind, says_many
from coach.board.words import Mention, identify

MOST_BOXES = 300
MOST_ARROWS = 900
TITLE_WORDS = 4
"""A longer text behind a name and a colon is a remark, no title."""


@dataclass(slots=True)
class Group:
    """A group while it is open."""

    name: str
    title: str
    line: int
    holds: int = 0
    attributes: dict[str, str] = field(default_factory=dict)


class Found:
    """Everything in order of first mention; full at a stated size."""

    def __init__(self, cursor: tuple[int, int] | None) -> None:
        self._cursor = cursor
        self._boxes: dict[str, Box] = {}
        self._titled: set[str] = set()
        self._mentions: dict[str, int] = {}
        self._typing = ""
        self._arrows: dict[tuple[str, str, str, bool], Arrow] = {}
        self._notes: list[Note] = []
        self._is_full = False
        self._bare: dict[str, set[str]] = {}
        """Ids of boxes with something in brackets, by the id without it."""
        self.groups: list[Group] = []
        """Those that are open, the innermost last."""
        self.titles: dict[str, str] = {}
        """The title of every group by its id."""

    @property
    def path(self) -> str:
        """The titles of the open groups."""
        return " / ".join(group.title for group in self.groups)

    def note(self, line: int, text: str) -> None:
        """Keep one remark a line."""
        if not self._notes or self._notes[-1].line != line:
            self._notes.append(Note(line, text))

    def line_of(self, mention: Mention, number: int) -> int:
        """Where its box stands first; `number` when it is new."""
        box = self._boxes.get(mention.id)
        return box.line if box else number

    def mention(self, number: int, mention: Mention, *, is_listed: bool = False) -> Box | None:
        """The box of this name, new or known; None when the board is full."""
        mention, group = self._placed(mention)
        mention = self._same(mention)
        self._mentions[mention.id] = self._mentions.get(mention.id, 0) + 1
        if self._cursor and self._cursor[0] == number - 1 and mention.start <= self._cursor[1] <= mention.end:
            self._typing = mention.id
        box = self._boxes.get(mention.id)
        if box is None:
            if len(self._boxes) >= MOST_BOXES:
                self._full(number)
                return None
            box = Box(mention.id, mention.name, mention.kind or guess(mention.name), number, group=group)
            if self.groups and group == self.path:
                self.groups[-1].holds += 1
        elif is_listed and group and not box.group:
            box = replace(box, group=group)
            if self.groups:
                self.groups[-1].holds += 1
        self._boxes[box.id] = box = self._known(box, mention)
        return box

    def _known(self, box: Box, mention: Mention) -> Box:
        """The box with what this mention adds to it."""
        if mention.is_titled and box.id not in self._titled:
            self._titled.add(box.id)
            box = replace(box, name=mention.name, kind=mention.kind or guess(mention.name))
        if mention.kind and mention.kind != box.kind:
            box = replace(box, kind=mention.kind)
        if mention.replicas > 0:
            box = replace(box, replicas=mention.replicas)
        return box

    def _placed(self, mention: Mention) -> tuple[Mention, str]:
        """A mention as `Group.box` of D2 names a box in that group."""
        head, dot, rest = mention.name.rpartition(".")
        if dot and rest and identify(head) in self.titles and not mention.is_titled:
            title = self.titles[identify(head)]
            return replace(mention, id=identify(rest), name=rest), title
        return mention, self.path

    def _same(self, mention: Mention) -> Mention:
        """`api (Go)` and `api` are one box, when only one of several with brackets can be meant."""
        if mention.id in self._boxes:
            return mention
        if mention.bare:
            self._bare.setdefault(mention.bare, set()).add(mention.id)
            return replace(mention, id=mention.bare) if mention.bare in self._boxes else mention
        known = self._bare.get(mention.id, set())
        return replace(mention, id=next(iter(known))) if len(known) == 1 else mention

    def _full(self, number: int) -> None:
        if not self._is_full:
            self._is_full = True
            self.note(number, f"the board is full: {MOST_BOXES} boxes and {MOST_ARROWS} arrows are drawn")

    def declared(self, number: int, mention: Mention, attributes: dict[str, str]) -> None:
        """A box with the attributes D2 gives it."""
        box = self.mention(number, mention, is_listed=True)
        if not box:
            return
        kind = named_kind(attributes.get("shape", "").replace("_", " ")) or named_kind(
            attributes.get("shape", "")
        )
        label = clean(attributes.get("label", ""))
        if kind:
            box = replace(box, kind=kind)
        if label:
            self._titled.add(box.id)
            box = replace(box, name=label, kind=kind or guess(label))
        self._boxes[box.id] = box

    def tell(self, box: Box, said: str) -> None:
        """Take in what stands behind a name and a colon."""
        self._boxes[box.id] = self._told(box, said)

    def _told(self, box: Box, said: str) -> Box:
        """`name: kind`, `name: Title` as in D2, or a remark about it."""
        words = said.split()
        plain, times = " ".join(words), 0
        if hit := re.fullmatch(r"(.*?)\s*[x×]\s?(\d{1,5})", plain, re.I):
            plain, times = hit[1], int(hit[2])
        if times:
            box = replace(box, replicas=max(1, times))
        if not plain:
            return box
        if identify(plain) == box.id:
            return replace(box, name=plain)
        if kind := named_kind(plain):
            return replace(box, kind=kind)
        if len(words) <= TITLE_WORDS and not re.search(r"[.,;:!?]", plain):
            self._titled.add(box.id)
            kind_now = guess(plain) if guess(plain) != "service" else box.kind
            return replace(box, name=plain, kind=kind_now)
        return replace(box, remark=said)

    def join(self, number: int, source: Box, target: Box, *, ways: str, label: str) -> None:
        """An arrow between two boxes; `ways` as in a hop."""
        if ways == "<":
            source, target = target, source
        both = ways == "<>" and source.id != target.id
        key = (source.id, target.id, label, both)
        if key in self._arrows:
            self.note(number, f"this arrow stands on line {self._arrows[key].line} already")
        elif len(self._arrows) >= MOST_ARROWS:
            self._full(number)
        else:
            self._arrows[key] = Arrow(source.id, target.id, number, label, both)

    def board(self) -> Board:
        """Everything that was found; what is still open is closed."""
        boxes = tuple(
            replace(
                box,
                is_many=box.replicas > 1 or says_many(box.name),
                is_typing=box.id == self._typing and self._mentions[box.id] == 1,
            )
            for box in self._boxes.values()
        )
        boxes = tuple(box for box in boxes if not (box.is_typing and self._is_begun(box)))
        kept = {box.id for box in boxes}
        arrows = tuple(one for one in self._arrows.values() if one.source in kept and one.target in kept)
        titles = tuple(dict.fromkeys(box.group for box in boxes if box.group))
        for group in self.groups:
            if self._cursor is None:
                self.note(group.line, f"the group {group.title} is not closed; }} closes it")
        notes = sorted(self._notes, key=lambda note: note.line)
        return Board(boxes, arrows, titles, tuple(notes))

    def _is_begun(self, box: Box) -> bool:
        """Whether a name being typed may still become one that is on the board: nothing is drawn for it yet."""
        begun = box.name.casefold()
        return any(
            other.name.casefold().startswith(begun) for other in self._boxes.values() if other.id != box.id
        )
