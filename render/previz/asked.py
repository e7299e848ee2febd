"""What the builders of props and sets ask the bible for: which parts they colour, which words and states they know.

``asked.toml`` has it for every builder, so that what is not drawn can be told without building anything. It is
recorded from the builders; after a change to one: ``python -m render.previz.asked``.
"""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

PLACE = Path(__file__).with_name("asked.toml")


@dataclass(frozen=True)
class Asked:
    """What one builder asks for.

    ``parts`` are names of surfaces, those that mean one in a string; ``chief`` are the names of a prop's body, a bar,
    and what has surfaces of its own beside it.
    """

    parts: tuple[str, ...] = ()
    chief: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@functools.cache
def asked() -> dict[str, Asked]:
    """Every builder's, by ``module.function``."""
    rows = tomllib.loads(PLACE.read_text("utf-8"))
    return {name: Asked(**{key: tuple(each) for key, each in row.items()}) for name, row in rows.items()}


def written(rows: dict[str, Asked]) -> str:
    """The text of ``asked.toml``."""
    lines = ["# What builders ask the bible for. Recorded by asked.py: not to be written by hand."]
    for name, row in sorted(rows.items()):
        lines += ["", f'["{name}"]']
        for key in ("parts", "chief", "words", "states"):
            if values := sorted(set(getattr(row, key))):
                lines.append(f"{key} = [{', '.join(chr(34) + value + chr(34) for value in values)}]")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    from render.previz.asking import recorded

    PLACE.write_text(written(recorded()), "utf-8")
