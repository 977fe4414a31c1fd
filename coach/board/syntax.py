"""Lines that are neither boxes nor arrows: headers, groups and attributes of Mermaid and D2."""

import re

HEADER = re.compile(r"(?:flowchart|graph|direction)\s*(?:TB|TD|BT|RL|LR|up|down|left|right)?\s*;?$", re.I)
FENCE = re.compile(r"(?:```|~~~)")
STYLING = re.compile(
    r"(?:classDef|class|style|linkStyle|click|accTitle|accDescr|title|---|%%\{)(?:\s|$|:|\{)"
)
SEQUENCE_ONLY = re.compile(
    r"(?:activate|deactivate|note|loop|alt|else|opt|par|and|critical|break|rect|autonumber|end|box)\b", re.I
)
PARTICIPANT = re.compile(r"(?:create\s+)?(?:participant|actor)\s+(.+?)(?:\s+as\s+(.+))?$", re.I)
SUBGRAPH = re.compile(r"(?:subgraph|group)\s+(?P<id>[^\[{]*?)\s*(?:\[(?P<title>[^\]]*)\]?)?\s*\{?$", re.I)
ATTRIBUTE = re.compile(
    r"(?P<key>shape|label|style[\w.\-]*|icon|near|width|height|tooltip|link|class|classes|vars|direction|grid-[\w-]+"
    r"|source-arrowhead[\w.]*|target-arrowhead[\w.]*|constraint)\s*:\s*(?P<value>.*)$"
)
DOTTED = re.compile(
    r"(?P<name>.+?)\.(?P<key>shape|label|style[\w.\-]*|icon|near|width|height|tooltip|link|class)\s*:\s*(?P<value>.*)$"
)
INLINE = re.compile(r"(?P<head>[^{]+?)\s*\{(?P<body>[^{}]*)\}$")
KEYS = frozenset({"shape", "label", "icon", "near", "width", "height", "tooltip", "link", "class"}) | {
    f"style.{key}" for key in ("fill", "stroke", "opacity", "stroke-dash", "bold", "animated", "stroke-width")
}
OTHER = re.compile(
    r"(?:sequenceDiagram|classDiagram|stateDiagram(?:-v2)?|erDiagram|gantt|pie|journey|mindmap|C4\w+)\b"
)
SEQUENCE = "a sequence diagram: its messages are drawn as arrows"
