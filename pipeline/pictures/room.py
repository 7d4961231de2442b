"""The room that a layout gives a picture in, the size that a picture has in it out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """The most that a layout gives a picture: width and height in inches, and dots an inch."""

    width: float
    height: float
    dots: int

    def printed(self, inches: tuple[float, float]) -> tuple[float, float]:
        """Width and height on paper of a picture that has so many inches by itself."""
        share = min(1.0, self.width / inches[0], self.height / inches[1])
        return inches[0] * share, inches[1] * share
