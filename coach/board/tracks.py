"""The horizontal runs between two rows: which net in which line, so that no two are ever mistaken for one."""

from dataclasses import dataclass

MOST_COMPARED = 48
"""With more runs between two rows, their order is no longer chosen for fewest crossings."""


@dataclass(slots=True)
class Run:
    """One net between two rows of boxes: where it comes from above, where it goes below."""

    net: int
    uppers: list[int]
    lowers: list[int]
    row: int = 0
    """Its line in the channel, from 0; a straight run has none of its own."""
    is_step: bool = False
    """Whether it only steps over from where its net came down to where it lands."""

    @property
    def first(self) -> int:
        return min(*self.uppers, *self.lowers)

    @property
    def last(self) -> int:
        return max(*self.uppers, *self.lowers)

    @property
    def is_straight(self) -> bool:
        return self.first == self.last


def pack(runs: list[Run]) -> int:
    """Give every run its line; how many lines that takes. Runs may be added, where one has to go aside."""
    bent = [run for run in runs if not run.is_straight]
    under = _must_be_under(bent)
    wished = _wishes(bent) if len(bent) <= MOST_COMPARED else None
    placed: list[Run] = []
    left = set(range(len(bent)))
    while left:
        free = [one for one in left if not (under[one] & left)]
        if not free:
            _step_aside(runs, bent, under, left)
            wished = None if wished is None else _wishes(bent)
            left.add(len(bent) - 1)
            continue
        if wished:
            best = min(
                free, key=lambda one: (sum(wished[one][other] for other in left), bent[one].first, one)
            )
        else:
            best = min(free, key=lambda one: (bent[one].first, one))
        left.discard(best)
        run = bent[best]
        above = [bent[other] for other in under[best] if other not in left]
        run.row = max(
            (
                other.row + 1
                for other in placed
                if (other.first <= run.last + 1 and run.first <= other.last + 1) or other in above
            ),
            default=0,
        )
        placed.append(run)
    return max((run.row + 1 for run in placed), default=0)


def _must_be_under(runs: list[Run]) -> list[set[int]]:
    """For each run those it must lie below: a net that comes down where it lands must have turned off before."""
    ends: dict[int, int] = {}
    for index, run in enumerate(runs):
        for column in run.uppers:
            ends[column] = index
    under: list[set[int]] = [set() for _ in runs]
    for index, run in enumerate(runs):
        for column in run.lowers:
            other = ends.get(column, index)
            if other != index:
                under[index].add(other)
    return under


def _wishes(runs: list[Run]) -> list[list[int]]:
    """`[one][other]`: crossings it costs to lay `one` above `other`, less what the reverse would cost."""
    costs = [[0] * len(runs) for _ in runs]
    for one, upper in enumerate(runs):
        for other, lower in enumerate(runs):
            if one != other and upper.first <= lower.last and lower.first <= upper.last:
                costs[one][other] = sum(upper.first < column < upper.last for column in lower.uppers) + sum(
                    lower.first < column < lower.last for column in upper.lowers
                )
    return [[costs[one][other] - costs[other][one] for other in range(len(runs))] for one in range(len(runs))]


def _step_aside(runs: list[Run], bent: list[Run], under: list[set[int]], left: set[int]) -> None:
    """Break a circle of runs that would each have to lie below the next: one lands beside and steps over at the end."""
    one = min(left)
    run = bent[one]
    blocked = {column for index in under[one] & left for column in bent[index].uppers}
    taken = {column for other in runs for column in (*other.uppers, *other.lowers)}
    for place, column in enumerate(run.lowers):
        if column in blocked:
            beside = _free(column, taken)
            taken.add(beside)
            run.lowers[place] = beside
            step = Run(run.net, [beside], [column], is_step=True)
            runs.append(step)
            bent.append(step)
            under.append({one, *(index for index in under[one] if column in bent[index].uppers)})
            under[one] -= {index for index in under[one] if column in bent[index].uppers}
            return


def _free(column: int, taken: set[int]) -> int:
    for away in range(1, 10_000):
        for beside in (column - away, column + away):
            if beside >= 0 and beside not in taken:
                return beside
    return column + 10_000
