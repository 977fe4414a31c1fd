"""The estimates of an answer in the debrief, below the findings of its estimation."""

import pytest

from coach.report.numbers import HEADINGS
from coach.tui.widgets.debrief_numbers import number_blocks
from tests.tui import debriefs
from tests.tui.stage import sees
from tests.tui.test_debrief import go, marked, reading


def lines(width: int) -> list[str]:
    return [block.plain for block in number_blocks(debriefs.small(), width)]


def test_the_table_says_quantity_yours_recomputed_reference_and_finding() -> None:
    _, title, head, first, second, why = lines(100)
    assert title == "Numbers"
    assert head.split() == list(HEADINGS)
    assert first.split()[-7:] == ["4.6", "/s", "4.63", "/s", "4.6", "/s", "right"]
    assert second.endswith("wrong")
    assert "off by a factor of a thousand" in why


@pytest.mark.parametrize("width", [40, 56, 76, 116])
def test_no_row_is_wider_than_the_page(width: int) -> None:
    assert all(len(line) <= width for line in lines(width)[2:5])
    assert all(line.split()[-1] in ("finding", "right", "wrong") for line in lines(width)[2:5])


async def test_an_estimate_leads_to_its_line_and_its_words_stay_words() -> None:
    async with reading() as pilot:
        await go(pilot, "2", to="levels")
        await go(pilot, "down", "enter", to="findings")
        await pilot.press("end")
        await sees(pilot, "wrong")
        await go(pilot, "enter", to="transcript")
        await marked(pilot, "400 k / 86,400 s = 4.6 /s")
