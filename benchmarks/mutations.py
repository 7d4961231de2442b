"""A plan's files in, the same a little spoilt out: by bytes, by structure, by what stands in texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

import yaml

from benchmarks.mistyped import mistyped

Files = dict[str, bytes]
Mutation = Callable[[Files, str, Random], None]

HOSTILE = (
    *(
        "",
        " ",
        "~",
        "null",
        "nein",
        "-1",
        "0",
        "9" * 400,
        "1e999",
        ".nan",
        "0x10",
        "1.200",
        "12,5",
        "2026-02-30",
        "Q5 2027",
    ),
    *(
        "Z1.1",
        "M1.1.1",
        "HF1",
        "V1",
        "amt",
        "../x",
        "/etc/passwd",
        "[](#M1.1.1)",
        "[](#nichts)",
        "![](x.png)",
        "# Titel",
    ),
    *(
        "<script>x</script>",
        "]]>",
        "{{ 7*7 }}",
        "{% x %}",
        "a: b",
        "- a",
        "*a",
        "&a",
        "!!python/name:os.system",
        "'",
        '"',
    ),
    *(
        "\u202e",
        "\u200b",
        "\x00",
        "\x1b[31m",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        "漢字",
        "e\u0301",
    ),
    *(
        "x" * 121,
        "x" * 20_001,
        "(" * 500,
        "[" * 500,
        ">" * 60 + "x",
        "- " * 60 + "x",
        ":::{zeitplan}\n:::",
        "[^a]\n\n[^a]: x[^a]",
    ),
    *(
        "|a|\n|-|\n" + "|b|\n" * 50,
        "x\n: y\n",
        "```{=openxml}\n<w:p/>\n```",
        "javascript:alert(1)",
        "[x](data:,x)",
        "fortlaufend",
    ),
    *(
        "\uf0b7 aus Word",
        "x \uf0fc y \uf012",
        "✅ ➔ ★ ✔\ufe0f ⚠ ①",
        "℃ ﬁ 中 👍 א",
        "• eins\n• zwei",
        "|a|b|\n|c|d|",
        "a\tb\nc\td",
    ),
    *("<br>", "**fett", "H~2~O", "#Zahlen", "![x](../bilder/x y.svg)", "---\na: b\n---", "\u2028", "e\u0301\u20e3"),
)
CODINGS = ("latin-1", "utf-16", "utf-8-sig", "utf-32", "cp1252")
PIECES = (
    b"\n",
    b"\t",
    b"  ",
    b": ",
    b"- ",
    b"#",
    b"'",
    b'"',
    b"[",
    b"]",
    b"{",
    b"}",
    b"&a ",
    b"*a",
    b"!",
    b"|",
    b">",
    b"%",
    b"---\n",
)
TEXT_PIECES = (
    *PIECES,
    b"[^x]",
    b"[](#",
    b"![",
    b"](",
    b"```",
    b":::",
    b"{#x}",
    b"<b>",
    b"|",
    b"\n\n",
    b"    ",
    b"Tabelle: x\n\n",
)


def mutate(files: Files, random: Random) -> None:
    """Spoils one to four things, each by one way of spoiling that fits the file."""
    for _ in range(random.randint(1, 4)):
        name = random.choice(sorted(files))
        ways = [*_ANY, *(_STRUCTURE * 2 if name.endswith(".yaml") else ()), *(_PROSE if name.endswith(".md") else ())]
        random.choice(ways)(files, name, random)


# --- bytes --------------------------------------------------------------------------------------------------------


def _flip(files: Files, name: str, random: Random) -> None:
    data = bytearray(files[name])
    for _ in range(random.randint(1, 5)):
        if data:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    files[name] = bytes(data)


def _cut(files: Files, name: str, random: Random) -> None:
    data = files[name]
    begin = random.randrange(len(data) + 1)
    end = len(data) if random.random() < 0.3 else min(len(data), begin + random.randint(1, 80))
    files[name] = data[:begin] + data[end:]


def _insert(files: Files, name: str, random: Random) -> None:
    data = files[name]
    at = random.randrange(len(data) + 1)
    pieces = TEXT_PIECES if name.endswith(".md") else PIECES
    piece = random.choice(
        [random.choice(pieces) * random.choice((1, 1, 1, 2, 60)), random.randbytes(random.randint(1, 8))]
    )
    files[name] = data[:at] + piece + data[at:]


def _recode(files: Files, name: str, random: Random) -> None:
    files[name] = files[name].decode("utf-8", "replace").encode(random.choice(CODINGS), "replace")


def _repeat(files: Files, name: str, random: Random) -> None:
    rows = files[name].splitlines(keepends=True)
    if rows:
        begin = random.randrange(len(rows))
        piece = rows[begin : begin + random.randint(1, 8)]
        files[name] = b"".join([*rows[:begin], *piece * random.randint(1, 4), *rows[begin:]])


def _indent(files: Files, name: str, random: Random) -> None:
    rows = files[name].splitlines(keepends=True)
    if rows:
        at = random.randrange(len(rows))
        rows[at] = random.choice([b" ", b"  ", b"\t"]) + rows[at] if random.random() < 0.5 else rows[at].lstrip()
        files[name] = b"".join(rows)


# --- files --------------------------------------------------------------------------------------------------------


def _swap(files: Files, name: str, random: Random) -> None:
    other = random.choice(sorted(files))
    files[name], files[other] = files[other], files[name]


def _copy(files: Files, name: str, random: Random) -> None:
    folder = random.choice(["", "texte/", "bilder/", "gemeinsam/", "vorschlaege/", "ausgaben/", "fremd/tief/"])
    files[
        folder + random.choice(["neu.yaml", "neu.md", "neu.png", "neu.svg", "neu.YML", "neu", name.rpartition("/")[2]])
    ] = files[name]


def _lose(files: Files, name: str, random: Random) -> None:
    if random.random() < 0.5:
        del files[name]
    else:
        files[name] = b""
    if not files:
        files["plan.yaml"] = b""


def _mistyped(files: Files, name: str, random: Random) -> None:
    files[name] = mistyped(files[name].decode("utf-8", "replace"), random).encode("utf-8", "replace")


# --- structure ----------------------------------------------------------------------------------------------------


def _restructure(change: Callable[[list[Any], Random], None]) -> Mutation:
    """A change to the values of a YAML file: `change` is given a place as [holder, key], and all places there are."""

    def mutation(files: Files, name: str, random: Random) -> None:
        try:
            data = yaml.load(files[name], Loader=yaml.BaseLoader)
        except (yaml.YAMLError, ValueError):
            return
        places = _places(data)
        if places:
            change(places, random)
            files[name] = json.dumps(data, ensure_ascii=random.random() < 0.2, indent=1).encode("utf-8", "replace")

    return mutation


def _places(data: Any) -> list[Any]:
    pairs = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    return [place for key, value in pairs for place in ((data, key), *_places(value))]


def _hostile_value(places: list[Any], random: Random) -> None:
    holder, key = random.choice(places)
    holder[key] = random.choice(HOSTILE)


def _other_value(places: list[Any], random: Random) -> None:
    (holder, key), (other, name) = random.choice(places), random.choice(places)
    holder[key] = json.loads(json.dumps(other[name]))


def _other_kind(places: list[Any], random: Random) -> None:
    holder, key = random.choice(places)
    holder[key] = random.choice([[holder[key]], {"a": holder[key]}, [], {}, [[], []], None, [{}]])


def _without(places: list[Any], random: Random) -> None:
    holder, key = random.choice(places)
    del holder[key]


def _twice(places: list[Any], random: Random) -> None:
    lists = [(holder, key) for holder, key in places if isinstance(holder, list)]
    if lists:
        holder, key = random.choice(lists)
        holder.insert(random.randrange(len(holder) + 1), json.loads(json.dumps(holder[key])))


def _other_key(places: list[Any], random: Random) -> None:
    groups = [(holder, key) for holder, key in places if isinstance(holder, dict)]
    if groups:
        holder, key = random.choice(groups)
        names = [name for _, name in groups]
        holder[random.choice([*HOSTILE[:20], *names, key + "x", key[:-1]])] = holder.pop(key)


# --- prose --------------------------------------------------------------------------------------------------------


def _hostile_text(files: Files, name: str, random: Random) -> None:
    rows = files[name].decode("utf-8", "replace").split("\n")
    at = random.randrange(len(rows) + 1)
    rows.insert(at, random.choice(["", "> ", "- ", "1. ", "| ", "    ", "# "]) + random.choice(HOSTILE))
    files[name] = "\n".join(rows).encode("utf-8", "replace")


def _shuffle_words(files: Files, name: str, random: Random) -> None:
    words = files[name].decode("utf-8", "replace").split(" ")
    at = random.randrange(len(words))
    piece = words[at : at + 30]
    random.shuffle(piece)
    files[name] = " ".join([*words[:at], *piece, *words[at + 30 :]]).encode("utf-8", "replace")


_ANY: tuple[Mutation, ...] = (_flip, _cut, _insert, _recode, _repeat, _indent, _swap, _copy, _lose)
_STRUCTURE: tuple[Mutation, ...] = tuple(
    _restructure(change) for change in (_hostile_value, _other_value, _other_kind, _without, _twice, _other_key)
)
_STRUCTURE += (_mistyped, _mistyped, _mistyped)
_PROSE: tuple[Mutation, ...] = (_hostile_text, _hostile_text, _shuffle_words, _insert)
