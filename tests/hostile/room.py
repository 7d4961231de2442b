"""A plan in a room that is watched: what was opened, whom the program wanted to call, what it said about outside.

Around the content lie files that are nobody's business, with a word that must turn up nowhere; a socket on this machine
listens at the address that attacks name, and must hear nothing. Both are looked at after every test.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.diagnostics import Diagnostic
from tests.building import Built, build_silently
from tests.cases import BASE

CANARY = "Kanarienvogel"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20">'
OUTSIDE = {
    "geheim.md": f"# {CANARY}\n",
    "geheim.yaml": f"titel: {CANARY}\n",
    "geheim.css": f"p::before {{ content: '{CANARY}' }}\n",
    "geheim.svg": f"{SVG}<text y='10'>{CANARY}</text></svg>",
}
_CALLS = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request")


@dataclass
class _Watch:
    """What the process opens, and whom it calls."""

    opened: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)


_watches: list[_Watch] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    for watch in _watches:
        if event == "open" and isinstance(arguments[0], str | bytes | Path):
            watch.opened.append(os.fsdecode(arguments[0]))
        elif event in _CALLS:
            watch.called.append(f"{event} {arguments}")


sys.addaudithook(_hook)  # for the life of the process; without a watch it does nothing


@dataclass
class Room:
    """The faultless plan of the cases in a folder of its own; `port` is that of the listening socket."""

    folder: Path
    port: int
    said: list[str] = field(default_factory=list)

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.folder / "content"

    def outside(self, name: str) -> Path:
        """A file beside the content folder."""
        return self.folder / name

    def addresses(self) -> tuple[str, ...]:
        """Where an attack would like something to be fetched from."""
        remote = (f"{scheme}://127.0.0.1:{self.port}/x.svg" for scheme in ("http", "https", "ftp"))
        return (*remote, f"//127.0.0.1:{self.port}/x.svg", self.outside("geheim.svg").as_uri())

    def write(self, name: str, data: str | bytes) -> None:
        """Puts a file into the content."""
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    def replace(self, name: str, old: str, new: str) -> None:
        """Changes what stands once in a file of the content."""
        text = (self.content / name).read_text("utf-8")
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))

    def check(self) -> tuple[Diagnostic, ...]:
        """All that is found in the content."""
        found = validate(read(self.content)).diagnostics
        self.said += [f"{item.location}: {item.message} {item.hint}" for item in found]
        return found

    def read_faults(self) -> tuple[Diagnostic, ...]:
        """What is found by reading alone."""
        return read(self.content).diagnostics

    def codes(self) -> list[str]:
        """The codes of what is found, in order of their places."""
        return [item.code for item in self.check()]

    def build(self) -> Built:
        """Both documents, with nothing said on the way."""
        built = build_silently(self.content, self.folder / "output")
        self.said += [str(item) for item in built.outcome.diagnostics] + list(built.said)
        assert built.said == ()
        return built


@contextmanager
def watched_room(folder: Path) -> Iterator[Room]:
    """A room; at the end nothing beside the content was opened, nobody was called, and nothing was told of outside."""
    shutil.copytree(BASE, folder / "content")
    for name, text in OUTSIDE.items():
        (folder / name).write_text(text, "utf-8")
    watch = _Watch()
    with _listening() as (port, heard):
        room = Room(folder, port)
        _watches.append(watch)
        try:
            yield room
        finally:
            _watches.remove(watch)
    touched = [path for path in watch.opened if Path(path).resolve() in {folder / name for name in OUTSIDE}]
    told = [text for text in room.said if CANARY in text]
    assert not touched, f"opened: {touched}"
    assert not watch.called, f"called: {watch.called}"
    assert not heard, f"somebody called the address that an attack named: {heard}"
    assert not told, f"told: {told}"


@contextmanager
def _listening() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and who has called there; callers are hung up on, so that none waits for an answer."""
    heard: list[str] = []

    def listen() -> None:
        while True:
            caller, address = listener.accept()
            caller.close()
            if closing.is_set():
                return
            heard.append(str(address))

    closing = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield port, heard
        finally:
            closing.set()
            socket.create_connection(("127.0.0.1", port)).close()  # the last call, which comes after all others
            thread.join()
