"""Data as it stands in a file in, the same with one thing typed as somebody does who does not know YAML out."""

from __future__ import annotations

import re
from random import Random

# What is looked for in the text, and what is typed in its place.
_WAYS: tuple[tuple[str, str], ...] = (
    (r"(?m)^( *)- ", "\\1– "),
    (r"(?m)^( *)- ", "\\1-"),
    (r"(?m)^    (?=\w)", "\t"),
    (r"(?m)^(  +)(?=\w)", "\\1 "),
    (r"(?m)^(  +)(?=\w)", "\\1  "),
    (r"(?m)^ (?= +\w)", ""),
    (r"(?m)^( *\w+): (?=\S)", "\\1:"),
    (r"(?m)^( *\w+): (?=\w)", "\\1:\u00a0"),
    (r"(?m)^( *)(\w+):(?= )", "\\1X\\2:"),
    (r"(?m)^( *\w+:) \S.*$", "\\1"),
    (r"(?m): (\w[^{}\[\]\n]*)$", ": \\1 # 3"),
    (r"(?m): (\w[^{}\[\]\n]*)$", ": \\1: neu"),
    (r"(?m): (\w[^{}\[\]\n]*)$", ': "\\1" neu'),
    (r"(?m): (\w[^{}\[\]\n]*)$", ": > \\1"),
    (r"(?m): (\w[^{}\[\]\n]*)$", ": &\\1"),
    (r"\{(\w+): ([^,{}\n]+),", "{\\1: \\2, neu,"),
    (r"\{(\w+): ([^,{}\n]+),", "{\\1 \\2,"),
    (r"\{(\w+): ([^,{}\n]+), ", "{\\1: \\2 "),
    (r"\{(\w+): ([^,{}\n]+),", "{\\2,"),
    (r"\{([^{}\n]*)\}", "{\\1"),
    (r"- \{\w+: ([^,{}\n]+), \w+: ([^,{}\n]+)[^{}\n]*\}", "- \\1 \\2"),
    (r"\[([^\[\]\n]+)\]", "\\1"),
    (r": ([0-9]+)", ": \\1,5"),
    (r": ([0-9]+)", ": \\1.000"),
    (r": ([0-9]+)", ": 0\\1"),
    (r": [0-9]+", ": Null"),
    (r"([0-9]{4})-([0-9]{2})-([0-9]{2})", "\\3.\\2.\\1"),
    (r"Q([1-4]) ([0-9]{4})", "\\1. Quartal \\2"),
    (r"id: ([a-z])", "id: Ä\\1"),
    (r"id: [MZ]", "id: "),
)


def mistyped(text: str, random: Random) -> str:
    """The text with one place typed wrong; the same text if nothing in it can be."""
    for pattern, typed in random.sample(_WAYS, len(_WAYS)):
        places = list(re.finditer(pattern, text))
        if places:
            place = random.choice(places)
            return text[: place.start()] + place.expand(typed) + text[place.end() :]
    return text
