"""The reference numbers of a problem, computed from their formulas."""

from collections.abc import Mapping
from dataclasses import dataclass

from coach.content.problem import Numbers
from coach.estimates.quantity import Quantity, QuantityError, evaluate, parse

CLOSE = 1.05
"""An authored result must be within 5 % of its formula: people round, files must not drift."""


@dataclass(frozen=True, slots=True)
class NumberFault:
    """A number that does not follow; `where` is its path in the file."""

    where: tuple[str | int, ...]
    message: str


def inputs_of(numbers: Numbers) -> dict[str, Quantity]:
    """The authored inputs. Only for numbers without faults; `QuantityError` otherwise."""
    return {name: parse(given.value) for name, given in numbers.inputs.items()}


def compute(numbers: Numbers, own: Mapping[str, Quantity] | None = None) -> dict[str, Quantity]:
    """Each reference's quantity by id, from the authored inputs with `own` in their place.

    Only for numbers without faults; `QuantityError` otherwise.
    """
    names = {**inputs_of(numbers), **(own or {})}
    results: dict[str, Quantity] = {}
    for reference in numbers.references:
        result = evaluate(reference.formula, names)
        names[reference.id.replace("-", "_")] = result
        results[reference.id] = result
    return results


def check_numbers(numbers: Numbers) -> list[NumberFault]:
    """Everything that does not follow: unreadable inputs, formulas that clash, results that differ."""
    faults: list[NumberFault] = []
    names: dict[str, Quantity] = {}
    for name, given in numbers.inputs.items():
        try:
            names[name] = parse(given.value)
        except QuantityError as error:
            faults.append(NumberFault(("numbers", "inputs", name, "value"), str(error)))
    for at, reference in enumerate(numbers.references):
        place = ("numbers", "references", at)
        try:
            result = evaluate(reference.formula, names)
        except QuantityError as error:
            faults.append(NumberFault((*place, "formula"), str(error)))
            continue
        names[reference.id.replace("-", "_")] = result
        try:
            authored = parse(reference.value)
        except QuantityError as error:
            faults.append(NumberFault((*place, "value"), str(error)))
            continue
        if not authored.has_unit_of(result):
            faults.append(NumberFault((*place, "value"), f"the formula gives {result}, a different unit"))
        elif not authored.is_near(result, factor=CLOSE):
            faults.append(
                NumberFault((*place, "value"), f"the formula gives {result}, not {reference.value}")
            )
    return faults
