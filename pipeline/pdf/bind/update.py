"""A saved PDF and objects written as bytes in, the same PDF with these objects behind its own out.

What a PDF library would keep in memory all at once is packed and let go of object by object. In PDF's own terms this
is an incremental update: a section behind the file that leads to the one before (ISO 32000-1, 7.5.6). Its objects lie
in compressed streams (7.5.7), and a cross-reference stream (7.5.8) says where each is found.
"""

from __future__ import annotations

import hashlib
import io
import zlib

from pikepdf import Pdf

PACKED = 200  # objects in a stream: readers unpack all of them for one
_BY_ITSELF, _IN_STREAM = 1, 2  # where an object is, in the words of a cross-reference stream


class Update:
    """Objects for a PDF: `reserve` numbers, `add` their bytes, then `finish`."""

    def __init__(self, saved: bytes, pdf: Pdf) -> None:
        """`pdf` is `saved`, opened."""
        self._target = io.BytesIO()
        self._target.write(saved)
        if not saved.endswith(b"\n"):
            self._target.write(b"\n")
        self._before = int(saved[saved.rindex(b"startxref") :].split()[1])
        self._next = int(pdf.trailer.Size)
        self._trailer = b"/Root %d 0 R /Info %d 0 R" % (pdf.Root.objgen[0], pdf.trailer.Info.objgen[0])
        self._identity = bytes(pdf.trailer.ID[0])
        self._entries: dict[int, tuple[int, int, int]] = {}
        self._waiting: list[tuple[int, bytes]] = []

    def reserve(self) -> int:
        """A number for an object."""
        self._next += 1
        return self._next - 1

    def add(self, number: int, data: bytes) -> None:
        """An object, which is no stream; under a number that the PDF has already it takes the place of that one."""
        self._waiting.append((number, data))
        if len(self._waiting) == PACKED:
            self._pack()

    def finish(self) -> bytes:
        """The PDF with all objects."""
        self._pack()
        number = self.reserve()
        self._entries[number] = (_BY_ITSELF, self._target.tell(), 0)
        start = self._target.tell()
        # The table lists stretches of numbers that follow each other: 5, 6, 7, 9 are "5 3 9 1".
        numbers = sorted(self._entries)
        first = [number for number in numbers if number - 1 not in self._entries]
        last = [number for number in numbers if number + 1 not in self._entries]
        index = " ".join(f"{begin} {end - begin + 1}" for begin, end in zip(first, last, strict=True))
        width = (start.bit_length() + 7) // 8
        table = b"".join(
            kind.to_bytes(1, "big") + place.to_bytes(width, "big") + within.to_bytes(2, "big")
            for kind, place, within in (self._entries[number] for number in numbers)
        )
        digest = hashlib.md5(self._target.getbuffer(), usedforsecurity=False).hexdigest()
        self._stream(
            number,
            b"/Type /XRef /Size %d /Prev %d /Index [%s] /W [1 %d 2] %s /ID [<%s> <%s>]"
            % (
                self._next,
                self._before,
                index.encode(),
                width,
                self._trailer,
                self._identity.hex().encode(),
                digest.encode(),
            ),
            table,
        )
        self._target.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return self._target.getvalue()

    def _pack(self) -> None:
        """Writes the waiting objects into a stream."""
        if not self._waiting:
            return
        container, place = self.reserve(), 0
        self._entries[container] = (_BY_ITSELF, self._target.tell(), 0)
        heads = []
        for index, (number, data) in enumerate(self._waiting):
            self._entries[number] = (_IN_STREAM, container, index)
            heads.append(f"{number} {place}")
            place += len(data) + 1
        head = " ".join(heads).encode() + b"\n"
        body = b"\n".join(data for _, data in self._waiting)
        self._stream(container, b"/Type /ObjStm /N %d /First %d" % (len(heads), len(head)), head + body)
        self._waiting.clear()

    def _stream(self, number: int, extra: bytes, data: bytes) -> None:
        compressed = zlib.compress(data)
        self._target.write(
            b"%d 0 obj\n<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
            % (number, extra, len(compressed), compressed)
        )
