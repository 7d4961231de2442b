"""The design of the plan, styles/, read in one place for every writer: colours, type, pages, lengths, templates."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from jinja2.bccache import Bucket, BytecodeCache

STYLES: Final = Path(__file__).resolve().parents[1] / "styles"
"""The folder of templates, style sheets, fonts and tokens."""

DESIGN_FILE: Final = STYLES / "tokens.json"

COMPILED: Final = "__pycache__"
"""The folder, in any of those below `STYLES`, of what was compiled there and can be made again."""


@cache
def design() -> Mapping[str, Any]:
    """The tokens as they stand in the file, by section; each writer makes its own units of them."""
    read: Mapping[str, Any] = json.loads(DESIGN_FILE.read_text(encoding="utf-8"))
    return read


def compiled_templates(folder: Path) -> BytecodeCache | None:
    """Keeps a folder's templates compiled, as Python keeps its modules, and in the same place: a folder beside them.

    Compiling all of them takes half a second of every build. None where Python shall keep nothing.
    """
    from jinja2 import FileSystemBytecodeCache  # noqa: PLC0415 - `check` needs no templates

    class Beside(FileSystemBytecodeCache):
        """Where the folder cannot be written, every build compiles them anew, which changes nothing else."""

        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)

    return None if sys.dont_write_bytecode else Beside(str(folder / COMPILED), "%s.jinja")


# What drawings made elsewhere name where they mean letters with serifs; any other name is drawn in the sans.
_SERIF_NAMES: Final = ("serif", "Times New Roman", "Times", "Georgia", "Cambria", "Garamond", "Palatino")


def drawn_fonts(sans: str, serif: str, symbols: str) -> str:
    """Rules for fontconfig, by which every text finds a font of the plan, whatever font it asks for.

    The names are those by which the fonts are known where the rules are used. A drawing with `font-family="Arial"` is
    drawn in the sans, on every machine: what fonts that has besides does not count.
    """
    named = "".join(
        f"<match target='pattern'><test name='family' qual='any'><string>{name}</string></test>"
        f"<edit name='family' mode='append' binding='strong'><string>{serif}</string></edit></match>"
        for name in _SERIF_NAMES
    )
    last = "".join(
        f"<edit name='family' mode='append_last' binding='strong'><string>{name}</string></edit>"
        for name in (sans, serif, symbols)
    )
    return f"{named}<match target='pattern'>{last}</match>"
