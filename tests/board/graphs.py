"""Random boards that look like what people draw, from a seed."""

import random

NAMES = (
    "Client", "Web app", "Load balancer", "API gateway", "Tweet service", "User service", "Redis cache", "Kafka",
    "Fan-out workers", "Tweet DB", "Object store", "CDN", "Search index", "Graph service", "Notifier", "ID generator",
    "Media service", "Timeline cache", "Rate limiter", "Analytics worker", "Session store", "Config", "Auth", "Billing",
)  # fmt: skip
LABELS = (
    "",
    "",
    "GET /x",
    "POST /tweet",
    "on miss",
    "consume",
    "push ids",
    "query",
    "read",
    "a much longer label here",
)


def random_board(seed: int, *, boxes: int = 0, arrows: int = 0, groups: bool | None = None) -> str:
    """The text of a board; the same seed gives the same text."""
    dice = random.Random(seed)
    boxes = boxes or dice.randint(2, 26)
    arrows = arrows or dice.randint(boxes - 1, int(boxes * 1.5) + 1)
    names = [
        f"{NAMES[at % len(NAMES)]}{'' if at < len(NAMES) else f' {at // len(NAMES) + 1}'}"
        for at in range(boxes)
    ]
    dice.shuffle(names)
    lines, held = [], {}
    if groups if groups is not None else dice.random() < 0.4:
        for title in ("Write path", "Read path", "Async")[: dice.randint(1, 3)]:
            members = [name for name in names if name not in held and dice.random() < 0.25]
            held.update(dict.fromkeys(members, title))
            if members:
                lines += [f"{title} {{", *(f"  {name}" for name in members), "}"]
    for _ in range(arrows):
        source, target = dice.choice(names), dice.choice(names)
        if dice.random() < 0.75 and names.index(source) > names.index(target):
            source, target = target, source
        sign = "<->" if dice.random() < 0.05 else "->"
        label = dice.choice(LABELS)
        lines.append(f"{source} {sign} {target}" + (f": {label}" if label else ""))
    return "\n".join(lines)
