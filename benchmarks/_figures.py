"""Prints each figure beside its goal, and remembers whether any falls short."""

from dataclasses import dataclass, field


@dataclass
class Figures:
    short: list[str] = field(default_factory=list)

    def told(self, name: str, value: float, at_most: float) -> None:
        """Print `name value goal`; a figure is better the smaller it is."""
        fine = value <= at_most
        print(f"{name} {value:.2f} <={at_most:g}{'' if fine else '  FALLS SHORT'}", flush=True)
        if not fine:
            self.short.append(name)

    def at_least(self, name: str, value: float, goal: float) -> None:
        """The same for a figure that is better the larger it is."""
        fine = value >= goal
        print(f"{name} {value:.2f} >={goal:g}{'' if fine else '  FALLS SHORT'}", flush=True)
        if not fine:
            self.short.append(name)

    def said(self, name: str, value: float, unit: str) -> None:
        """Print what a figure is made of. It has no goal: it is the machine's."""
        print(f"  {name} {value:.3f} {unit}", flush=True)

    def code(self) -> int:
        return 1 if self.short else 0
