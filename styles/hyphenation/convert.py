"""In: patterns/de-1996.js of the npm package "hyphen". Out: the same patterns for pyphen.

pyphen's own German patterns break words badly ("Nachhaltigkeitss-trategie"), and WeasyPrint
hyphenates with pyphen. The package keeps TeX's patterns as a trie; this writes the trie out
again, one pattern a line, under the licence of the people who made them.

Usage: npm pack hyphen && tar xzf hyphen-*.tgz
       python styles/hyphenation/convert.py package/patterns/de-1996.js
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

HERE = Path(__file__).parent
TARGET = HERE / "hyph_de.dic"
LICENCE = HERE / "LIZENZ.txt"

# A node is the index of a pattern that ends here, the patterns that go on, or both as a pair.
Node: TypeAlias = "int | dict[str, Node] | list[Node]"


def read_package(source: str) -> tuple[list[list[int]], dict[str, Node]]:
    """Return the table of levels and the trie; raise ValueError if the file looks different."""
    match = re.search(r"\}\)\(this, (\[.*\])\);\s*$", source, re.DOTALL)
    if match is None:
        raise ValueError("no pattern table found: is this a file from patterns/?")
    # The file is JavaScript, and all that parts it from JSON is keys without quotation marks.
    levels, trie, exceptions = json.loads(re.sub(r"([{,]\s*)(\w+):", r'\1"\2":', match[1]))
    if exceptions:
        raise ValueError("the package now has exceptions, which this converter does not know")
    return levels, trie


def walk(node: Node, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Yield every (letters, index of its levels) below a node."""
    if isinstance(node, int):
        yield prefix, node
    elif isinstance(node, list):
        for part in node:
            yield from walk(part, prefix)
    else:
        for letter, child in node.items():
            yield from walk(child, prefix + letter)


def spell(letters: str, levels: list[int]) -> str:
    """Weave letters and levels into TeX's notation: ("aber", [0, 0, 0, 2]) gives "abe2r"."""
    # The dot at a word's start has no level in front of it, so it does not count as a letter here.
    start, body = (".", letters[1:]) if letters.startswith(".") else ("", letters)
    if len(levels) > len(body) + 1:
        raise ValueError(f"more levels than places in the pattern {letters!r}")
    padded = levels + [0] * (len(body) + 1 - len(levels))
    marks = [str(level) if level else "" for level in padded]
    return start + "".join(m + c for m, c in zip(marks, body, strict=False)) + marks[-1]


def convert(source: str, licence: str) -> str:
    """Return the text of the .dic file: encoding, licence as comment, sorted patterns."""
    levels, trie = read_package(source)
    patterns = sorted(spell(letters, levels[index]) for letters, index in walk(trie))
    comment = [f"% {line}".rstrip() for line in licence.splitlines()]
    return "\n".join(["UTF-8", *comment, *patterns, ""])


def main(arguments: list[str]) -> int:
    """Convert the file named in the arguments; return an exit code."""
    if len(arguments) != 1:
        print("Aufruf: convert.py PFAD/ZU/patterns/de-1996.js", file=sys.stderr)
        return 2
    text = convert(Path(arguments[0]).read_text("utf-8"), LICENCE.read_text("utf-8"))
    TARGET.write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
