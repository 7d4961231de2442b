"""Contents that could break a PDF in; out: that each is refused by the check or gives a PDF that keeps both standards.

    .venv/bin/python -m benchmarks.pdf_breakers [NAME …]

What breaks PDF/A-2a and PDF/UA-1 in the hands of others: letters of other scripts and of none, structures without
words, pictures of every colour space, drawings with what the standards forbid, names that go into the metadata. Each
stands in a plan of its own; veraPDF looks at all of them at once. Ends with 1 where one breaks a rule.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from benchmarks.plans import write_plan
from pipeline.pdf.verapdf import missing, verdicts

ROOT = Path(__file__).resolve().parents[1]
FEW = 4  # measures
CHAPTER = "texte/ausgangslage.md"
REFUSED = 1  # the exit code of findings in the content
Content = Callable[[Path], None]


def _text(markdown: str) -> Content:
    def write(folder: Path) -> None:
        (folder / CHAPTER).write_text(f"# Ausgangslage\n\n{markdown}\n", encoding="utf-8")

    return write


def _in_data(file: str, old: str, new: str) -> Content:
    def write(folder: Path) -> None:
        path = folder / file
        before = path.read_text(encoding="utf-8")
        assert old in before, (file, old)
        path.write_text(before.replace(old, new, 1), encoding="utf-8")

    return write


def _shown(name: str, data: bytes) -> Content:
    def write(folder: Path) -> None:
        (folder / "bilder").mkdir(exist_ok=True)
        (folder / "bilder" / name).write_bytes(data)
        _text(f"Ein Bild:\n\n![Was es zeigt](../bilder/{name})")(folder)

    return write


def _saved(mode: str, kind: str, **more: object) -> bytes:
    image, target = Image.new("RGB", (90, 60), (40, 120, 200)).convert(mode), io.BytesIO()
    image.save(target, kind, **more)
    return target.getvalue()


def _drawing(inside: str, head: str = "") -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 60" '
        f'width="90" height="60" {head}>{inside}</svg>'
    ).encode()


LETTERS: Mapping[str, str] = {
    "private use": "\ue000",
    "emoji": "😀 und 👩‍👩‍👧 und 🇩🇪",
    "Hebrew": "שלום",
    "Arabic": "مرحبا",
    "Devanagari": "नमस्ते",
    "Chinese": "你好",
    "combining marks": "a\u0308\u0323\u0301 e\u0336",
    "joiners": "ein\u200dWort\u200cund\u200bTeile\ufeff",
    "replacement": "\ufffd",
    "soft hyphen": "Zu\u00adsam\u00admen\u00adset\u00adzung",
    "line separator": "eins\u2028zwei\u2029drei",
    "spaces of all kinds": "a\u2002b\u2003c\u2009d\u200ae\u202ff\u3000g",
    "mathematics": "𝒜 ∑ ∞ ≠ √ ½ ₂ ³",
    "ligatures": "ﬁ ﬂ ﬀ",
    "control": "a\x07b",
    "other direction": "\u202eabc\u202c",
    "variation": "☺\ufe0f",
    "unassigned": "\u0378",
    "beyond the basic plane": "𐍈 𝄞",
    "arrows and boxes": "→ ← ↔ ☐ ☑ ✓ ✗ • ■",
    "phonetics": "ʃ ə ŋ",
    "Greek and Cyrillic": "Ωμέγα Москва",
    "Turkish and Polish": "İstanbul Łódź Ğ ş",
}
STRUCTURES: Mapping[str, str] = {
    "link without words": "Vorher [](https://example.org) nachher.",
    "link around a picture": "[![Bild](../bilder/x.png)](https://example.org)",
    "empty list item": "- eins\n-\n- drei",
    "empty cells": "| a | b |\n|---|---|\n|   |   |\n| 1 |   |",
    "table without a head": "|  |  |\n|---|---|\n| 1 | 2 |",
    "table of 30 columns": "|" + " a |" * 30 + "\n|" + "---|" * 30 + "\n|" + " 1 |" * 30,
    "lists in lists": "\n".join(f"{'  ' * depth}- Ebene {depth}" for depth in range(7)),
    "list in a quote in a list": "- a\n\n  > b\n  >\n  > - c\n  >   1. d",
    "heading in a quote": "> ## Titel\n>\n> Text",
    "skipped level": "## Eins\n\n#### Drei",
    "note in a heading": "## Titel[^a]\n\nText.\n\n[^a]: Anmerkung.",
    "note in a table": "| a[^a] | b |\n|---|---|\n| 1 | 2 |\n\n[^a]: Anmerkung.",
    "note with a list": "Text[^a].\n\n[^a]: Eins.\n\n    - zwei\n    - drei",
    "note called twice": "Text[^a] und noch einmal[^a].\n\n[^a]: Anmerkung.",
    "code": "```\nx = 1\n```\n\nund `y`.",
    "rule": "Eins.\n\n---\n\nZwei.",
    "long word": "W" * 900,
    "long address": f"<https://example.org/{'a/' * 300}>",
    "addresses": "Mail an amt@example.org oder Telefon 02041 70-0.",
    "definitions": "Begriff\n: Erklärung\n: noch eine",
    "tasks": "- [ ] offen\n- [x] fertig",
    "letters": "~~weg~~ H~2~O m^2^ ***beides*** **[Link](https://example.org)**",
    "open mark": "Text [offen: Zahl prüfen] weiter.",
    "only a picture": "![Bild](../bilder/x.png)",
    "part inside": "Text.\n\n<!-- teil: straenge -->\n\nText.",
    "thousand paragraphs": "\n\n".join(f"Absatz {number}." for number in range(1000)),
}
PICTURES: Mapping[str, tuple[str, bytes]] = {
    "four inks": ("a.jpg", _saved("CMYK", "JPEG")),
    "grey": ("a.jpg", _saved("L", "JPEG")),
    "progressive": ("a.jpg", _saved("RGB", "JPEG", progressive=True)),
    "palette": ("a.png", _saved("P", "PNG")),
    "grey with holes": ("a.png", _saved("LA", "PNG")),
    "with holes": ("a.png", _saved("RGBA", "PNG")),
    "one bit": ("a.png", _saved("1", "PNG")),
    "16 bits": ("a.png", _saved("I;16", "PNG")),
    "broken profile": ("a.png", _saved("RGB", "PNG", icc_profile=b"kein Profil" * 20)),
    "WebP": ("a.webp", _saved("RGBA", "WEBP")),
    "one point": ("a.png", _saved("RGB", "PNG")[:0] or _saved("RGB", "PNG")),
    "JPEG 2000": ("a.jp2", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(200)),
    "GIF": ("a.gif", _saved("P", "GIF")),
    "TIFF": ("a.tif", _saved("RGB", "TIFF")),
}
DRAWINGS: Mapping[str, bytes] = {
    "words": _drawing('<text x="5" y="20" font-family="Comic Sans MS" font-weight="900">Größe ≥ 3</text>'),
    "words of no font": _drawing('<text x="5" y="20">\ue000 你</text>'),
    "see through": _drawing('<rect width="50" height="30" fill="red" fill-opacity=".4"/>', 'opacity=".5"'),
    "gradient": _drawing(
        '<linearGradient id="g"><stop offset="0" stop-color="red" stop-opacity=".2"/><stop offset="1"/>'
        '</linearGradient><rect width="60" height="40" fill="url(#g)"/>'
    ),
    "mask": _drawing(
        '<mask id="m"><rect width="9" height="9" fill="white"/></mask><rect width="9" height="9" mask="url(#m)"/>'
    ),
    "clip": _drawing('<clipPath id="c"><circle r="9"/></clipPath><rect width="60" height="40" clip-path="url(#c)"/>'),
    "pattern": _drawing(
        '<pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><circle r="2"/></pattern>'
        '<rect width="60" height="40" fill="url(#p)"/>'
    ),
    "filter": _drawing(
        '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><rect width="9" height="9" filter="url(#f)"/>'
    ),
    "blending": _drawing('<rect width="60" height="40" style="mix-blend-mode: multiply" fill="blue"/>'),
    "used again": _drawing(
        '<defs><circle id="k" r="3"/></defs><use href="#k" x="9" y="9"/><use xlink:href="#k" x="20"/>'
    ),
    "link": _drawing('<a href="https://example.org"><rect width="9" height="9"/></a>'),
    "picture inside": _drawing(
        f'<image width="9" height="9" href="data:image/png;base64,{b64encode(_saved("RGBA", "PNG")).decode()}"/>'
    ),
    "print colours": _drawing('<rect width="9" height="9" fill="device-cmyk(0,1,1,0)"/>'),
    "nothing": _drawing(""),
    "title": _drawing("<title>Ein Titel</title><desc>Mehr</desc><rect width='9' height='9'/>"),
    "words on a path": _drawing('<path id="w" d="M0 20h80"/><text><textPath href="#w">Text am Weg</textPath></text>'),
    "script of a style": _drawing(
        "<style>@import url(https://example.org/a.css); rect{fill:red}</style><rect width='9' height='9'/>"
    ),
}
NAMES: Mapping[str, str] = {
    "markup": "Plan <b> & \"Zitat\" 'so' ]]>",
    "emoji": "Plan 😀 der Stadt",
    "private use": "Plan \ue000 der Stadt",
    "brackets": "Plan (eins) \\ zwei) der Stadt",
    "other script": "Plan שלום der Stadt",
    "long": "Wort " * 23,
}


def contents() -> Mapping[str, Content]:
    """All of them by name."""
    found: dict[str, Content] = {}
    for name, letters in LETTERS.items():
        found[f"letters in a text: {name}"] = _text(f"Ein Satz mit {letters} darin.\n\n## Titel {letters}\n\nText.")
        found[f"letters in a name: {name}"] = _in_data("glossar.yaml", "begriff: ", f'begriff: "{_quoted(letters)}" # ')
    found |= {f"structure: {name}": _with_picture(_text(markdown)) for name, markdown in STRUCTURES.items()}
    found |= {f"picture: {name}": _shown(*picture) for name, picture in PICTURES.items()}
    found |= {f"drawing: {name}": _shown("a.svg", drawing) for name, drawing in DRAWINGS.items()}
    for name, title in NAMES.items():
        found[f"title: {name}"] = _in_data("plan.yaml", "titel: ", f'titel: "{_quoted(title)}" # ')
    return found


def _quoted(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"')


def _with_picture(write: Content) -> Content:
    def both(folder: Path) -> None:
        (folder / "bilder").mkdir(exist_ok=True)
        (folder / "bilder" / "x.png").write_bytes(_saved("RGB", "PNG"))
        write(folder)

    return both


def _built(folder: Path, write: Content) -> tuple[int, str]:
    """The exit code of a build of a plan with that content, and what it says."""
    write_plan(folder / "content", FEW)
    write(folder / "content")
    command = [sys.executable, str(ROOT / "build.py"), "--quiet", "--format", "pdf"]
    command += ["--content", str(folder / "content"), "--output", str(folder / "output"), "--cache", str(folder / "k")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)
    return done.returncode, done.stderr.strip()


def _few(files: Sequence[Path], size: int = 8) -> Iterator[Sequence[Path]]:
    """So many at once as the validator's time is enough for."""
    yield from (files[start : start + size] for start in range(0, len(files), size))


def main() -> int:
    """Builds each, looks at all of them at once; a line for each that is neither refused nor sound."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="only those with one of these in their name")
    wanted = parser.parse_args().names
    if reason := missing():
        print(reason, file=sys.stderr)
        return 2
    chosen = {name: write for name, write in contents().items() if not wanted or any(word in name for word in wanted)}
    with tempfile.TemporaryDirectory(prefix="breakers-") as scratch:
        folders = {name: Path(scratch) / str(number) for number, name in enumerate(chosen)}
        for folder in folders.values():
            folder.mkdir()
        with ThreadPoolExecutor(max(1, (os.cpu_count() or 2) // 2)) as pool:
            ends = dict(zip(chosen, pool.map(lambda name: _built(folders[name], chosen[name]), chosen), strict=True))
        files = {next((folders[name] / "output").glob("*.pdf")): name for name, (code, _) in ends.items() if code == 0}
        told = {path: rules for few in _few(list(files)) for path, rules in verdicts(few).items()}
        broken = {
            files[path]: sorted(set().union(*rules.values())) for path, rules in told.items() if any(rules.values())
        }
        odd = {name: said for name, (code, said) in ends.items() if code not in (0, REFUSED)}
    for name, rules in broken.items():
        print(f"{name}: breaks {', '.join(rules)}")
    for name, said in odd.items():
        print(f"{name}: neither refused nor built: {said}")
    refused = [name for name, (code, _) in ends.items() if code == REFUSED]
    print(f"{len(chosen)} contents: {len(files) - len(broken)} sound, {len(refused)} refused, {len(broken)} broken.")
    print(f"Refused: {'; '.join(refused)}")
    return 1 if broken or odd else 0


if __name__ == "__main__":
    sys.exit(main())
