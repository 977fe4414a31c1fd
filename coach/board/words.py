"""One line of a board taken apart: names, arrows, labels. Never raises; what is half typed is closed at the line's end."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

from coach.board.cells import clean
from coach.board.graph import Kind
from coach.board.kinds import named_kind

LONGEST_LINE = 2000
"""Characters of a line that are read."""
_OPEN, _CLOSE = '[({"', {"[": "]", "(": ")", "{": "}", '"': '"'}
_ARROW = re.compile(
    r"<--?>>?|<==?>|<-\.->|<~>|[↔⟷⇔]|--?>>|--?[xo](?=[\s|])|[-=]{1,4}>|-\.+->?|~~?>|[→⟶⇒➜➔➝⟹]|<[-=]{1,4}|[←⟵⇐]"
    r"|-{2,4}(?=\s|\||$)|—>|–>|(?<=\s)-\)"
)
_HALF = re.compile(r"(?:\s[-=~]|[-=]{2,}|<[-=]*|-\.+)$")
_TEXT_IN_ARROW = re.compile(
    r"(?:--|==|-\.)(?=\s{0,8}[^-=.>|\s])((?:(?!--|==)[^>|]){1,120}?)(?:-{2,3}>|={2,3}>|\.-+>|---)"
)
_TIMES = re.compile(
    r"\s*(?:\(\s*)?(?<![^\W_])[x×]\s?(\d{1,5}|n)(?:\s*\))?$|\s+\(\s*(\d{1,5})\s*(?:replicas|instances|nodes)?\s*\)$",
    re.I,
)
_LEADING = re.compile(r"^(\d{1,4})\s?[x×]\s+", re.I)
_CODE = re.compile(r"#(\d{1,6});")
_ENTITY = re.compile(r"#([a-z]{2,6});")
_BREAK = re.compile(r"<br\s*/?>|\\n", re.I)
_BULLET = re.compile(r"^(?:[-*•+]|\d{1,3}[.)])\s+")
_COMMENT = re.compile(r"(?:^|\s)(?:#|//|%%)(?:\s|$|%).*$|^(?:#|//|%%).*$")
_NATIVE = {"(": ("(", ")"), "[": ("[", "]")}
"""Brackets that may belong to a name of ours, as in `Redis (cluster)`."""
_BOTH = frozenset("↔⟷⇔")


@dataclass(frozen=True, slots=True)
class Mention:
    """A box as one line names it."""

    id: str
    name: str
    start: int
    """First and last column of the name in its line, from 0."""
    end: int
    kind: Kind | None = None
    replicas: int = 0
    """0 where the line does not say."""
    bare: str = ""
    """The id without what stands in brackets behind the name; empty where nothing does."""
    is_titled: bool = False
    """Whether `name` is a title that was given to the id, as in `a[Load balancer]`."""


@dataclass(frozen=True, slots=True)
class Hop:
    """An arrow between two lists of names; `ways` is `>`, `<` or `<>`."""

    ways: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """Lists of names with arrows between them; the last hop may lack its target."""

    stops: tuple[tuple[Mention, ...], ...]
    hops: tuple[Hop, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line that is no arrow, with its column."""

    text: str
    at: int


def identify(name: str) -> str:
    """The id of a name: lower case, everything but letters and digits as `_`."""
    plain = "_".join(re.findall(r"[^\W_]+", name.casefold()))
    return plain or name.casefold()


def uncommented(line: str) -> str:
    """`line` without its remark, bullet and markup around it."""
    return _COMMENT.sub("", line).rstrip().rstrip(";")


def unbulleted(line: str) -> str:
    """`line` with blanks in place of a list mark, so that columns stay."""
    body = line.lstrip()
    mark = _BULLET.match(body)
    return " " * (len(line) - len(body) + len(mark[0])) + body[len(mark[0]) :] if mark else line


def has_arrow(line: str) -> bool:
    """Whether an arrow, also a half-typed one, stands outside brackets and quotes."""
    return bool(_arrows(line)) or bool(_HALF.search(_masked(line).rstrip()))


@lru_cache(4096)
def read_chain(line: str) -> Chain:
    """The names and arrows of a line that has an arrow."""
    arrows = _arrows(line)
    note = ""
    if not arrows and (half := _HALF.search(_masked(line).rstrip())):
        arrows = [(half.start(), len(line), Hop(">"))]
    body, label = line, ""
    last = arrows[-1][1] if arrows else 0
    at = _colon(line, last)
    if at is not None:
        body, label = line[:at], clean(_text(line[at + 1 :]))
    stops, hops, start = [], [], 0
    for left, right, hop in arrows:
        stops.append(names(Piece(body[start:left], start)))
        hops.append(hop)
        start = right
    tail = body[start:]
    if half := _HALF.search(tail):
        tail = tail[: half.start()]
        note = "the arrow has no target yet"
    stops.append(names(Piece(tail, start)))
    return _whole(stops, [Hop(hop.ways, hop.label or label) for hop in hops], note)


def _whole(stops: list[tuple[Mention, ...]], hops: list[Hop], note: str) -> Chain:
    """The chain without hops that lack an end, with a note of what is lacking."""
    if not stops[-1]:
        note = "the arrow has no target yet"
    elif not stops[0]:
        note = "the arrow has no source yet"
    elif not all(stops):
        note = "there is no box between two arrows"
    return Chain(tuple(stops), tuple(hops), note)


def _arrows(line: str) -> list[tuple[int, int, Hop]]:
    """Where arrows stand, outside brackets and quotes: `(start, end, hop)`, with their `|label|` taken in."""
    masked = _masked(line)
    found: list[tuple[int, int, Hop]] = []
    at = 0
    while at < len(masked):
        texted = _TEXT_IN_ARROW.search(masked, at)
        plain = _ARROW.search(masked, at)
        if texted and plain and texted.start() <= plain.start():
            label = clean(_text(line[texted.start(1) : texted.end(1)]))
            found.append(
                (texted.start(), texted.end(), Hop("<>" if texted[0].endswith("---") else ">", label))
            )
            at = texted.end()
        elif plain:
            end, label = plain.end(), ""
            piped = re.compile(r"\s*\|([^|]*)(?:\||$)").match(line, end)
            if piped:
                end, label = piped.end(), clean(_text(piped[1]))
            found.append((plain.start(), end, Hop(_ways(plain[0]), label)))
            at = end
        else:
            break
    return found


def _ways(arrow: str) -> str:
    if arrow in _BOTH or (arrow[0] == "<" and arrow[-1] == ">") or set(arrow) == {"-"}:
        return "<>"
    return "<" if arrow[0] in "<←⟵⇐" else ">"


def _masked(line: str) -> str:
    """`line` with what stands in brackets and quotes blanked, so that arrows in there are none."""
    if not any(mark in line for mark in _OPEN):
        return line
    out, waits = [], ""
    for at, one in enumerate(line):
        if waits:
            out.append("\0")
            waits = "" if one == waits else waits
        elif one in _CLOSE and line.find(_CLOSE[one], at + 1) >= 0:
            waits = _CLOSE[one]
            out.append("\0")
        else:
            out.append(one)
    return "".join(out)


def _colon(line: str, start: int) -> int | None:
    """Where a colon begins a label, from `start` on: not that of a port, an address or a `::`."""
    masked = _masked(line)
    for hit in re.compile(r":(?!//|:|\d)").finditer(masked, start):
        if hit.start() == 0 or masked[hit.start() - 1] != ":":
            return hit.start()
    return None


def split_label(text: str) -> tuple[str, str | None]:
    """A declaration's names and what stands behind the colon; None where there is no colon."""
    at = _colon(text, 0)
    return (text, None) if at is None else (text[:at], clean(_text(text[at + 1 :])))


def names(piece: Piece) -> tuple[Mention, ...]:
    """The boxes of a list: `a, b & c`."""
    masked = _masked(piece.text)
    mentions, start = [], 0
    for hit in re.finditer(r",|(?<=\s)&(?=\s)|;|$", masked):
        part = piece.text[start : hit.start()]
        mention = _mention(part, piece.at + start)
        if mention:
            mentions.append(mention)
        start = hit.end()
    return tuple(mentions)


def _mention(part: str, at: int) -> Mention | None:
    lead = len(part) - len(part.lstrip())
    raw = part.strip()
    start, end = at + lead, at + lead + len(raw)
    raw, _, styled = raw.partition(":::")
    raw, replicas = _times(raw)
    head, title, shape = _shape(raw)
    head, more = _times(head)
    is_ours = bool(title) and shape in _NATIVE and head.endswith(" ")
    kind = named_kind(title) if is_ours else None
    if is_ours:
        left, right = _NATIVE[shape]
        name = head if kind else f"{head}{left}{title}{right}"
        title = ""
    else:
        name = head
        kind = "db" if shape in ("[(", "cyl") and not kind else kind
    name, last = _times(clean(_text(name)))
    shown, inner = _times(clean(_text(title)))
    if not name and not shown:
        return None
    kind = named_kind(styled) or kind
    count = replicas or more or last or inner
    bare = identify(head) if is_ours and not kind else ""
    return Mention(
        identify(name or shown),
        shown or name,
        start,
        end,
        kind,
        count,
        bare,
        is_titled=bool(shown and name and shown != name),
    )


def _times(name: str) -> tuple[str, int]:
    """A name without its number of replicas, and the number; 0 without one, 2 for `xN`."""
    hit = _TIMES.search(name)
    if hit and hit.start() > 0:
        digits = hit[1] or hit[2]
        return name[: hit.start()].rstrip(), 2 if digits in "nN" else int(digits)
    hit = _LEADING.match(name)
    return (name[hit.end() :], int(hit[1])) if hit else (name, 0)


def _shape(raw: str) -> tuple[str, str, str]:
    """A name, the title in its shape and the shape's first marks: `a[(Users)]` is `a`, `Users`, `[(`."""
    if hit := re.search(r"@\{(.*?)\}?$", raw):
        title = re.search(r"label:\s*\"?([^\",}]*)", hit[1])
        return raw[: hit.start()], title[1] if title else "", "cyl" if "cyl" in hit[1] else ""
    hit = re.match(
        r"([^\[({\"]+?)(\s*)(\[\(|\[\[|\(\[|\(\(\(|\(\(|\{\{|\[/|\[\\|\[|\(|\{|>(?=[^\]]+\]))(.*)$", raw
    )
    if not hit or not hit[4].strip():
        return (raw[: hit.start(2)].rstrip(), "", "") if hit else (raw, "", "")
    body = re.sub(r"(?:\)\]|\]\]|\]\)|\)\)\)|\)\)|\}\}|/\]|\\\]|[\])}])?$", "", hit[4], count=1)
    return hit[1] + ("" if not hit[2] else " "), body, hit[3]


def _text(raw: str) -> str:
    """Text without quotes, breaks, entities and Markdown marks around it."""
    text = _BREAK.sub(" ", raw.strip())
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`"
    if is_quoted:
        text = text[1:-1]
    if "&" in text or "#" in text:
        text = html.unescape(_ENTITY.sub(r"&\1;", _CODE.sub(r"&#\1;", text)))
    if is_quoted:
        return text.strip()
    return text.removeprefix('"').strip().strip("`*").strip()


def name_at(line: str) -> str:
    """The name that is begun at the end of `line`, behind the last arrow, comma or group."""
    arrows = _arrows(line)
    start = arrows[-1][1] if arrows else 0
    if _colon(line, start) is not None:
        return ""
    piece = re.split(r",|(?<=\s)&(?=\s)|;", unbulleted(line[start:]) if not arrows else line[start:])[-1]
    return piece.lstrip()
