"""What can stop a build besides its content: one exception a reason, each with its exit code and a German sentence."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The program's exit codes, complete."""

    OK = 0
    CONTENT = 1
    USAGE = 2
    MISSING_TOOL = 3
    RENDERING = 4
    FILES = 5
    CONFLICT = 6
    INTERRUPTED = 130


class BuildError(Exception):
    """A build that cannot go on; str() is the German sentence: where, what, what to do."""

    exit_code: ExitCode = ExitCode.RENDERING


class MissingToolError(BuildError):
    """A program or library that the set-up should have installed is not there."""

    exit_code = ExitCode.MISSING_TOOL


class RenderingError(BuildError):
    """WeasyPrint, pandoc or the finishing failed, or warned of something."""

    exit_code = ExitCode.RENDERING


class OverdueError(RenderingError):
    """Something took longer than it may; the message names the place at which it was."""


class FileAccessError(BuildError):
    """A file or folder cannot be read or written."""

    exit_code = ExitCode.FILES


class RestoreError(FileAccessError):
    """Replacing files failed, and so did putting the previous ones back; the message says where they are."""


class UnsettledError(BuildError):
    """Conflicts of an earlier merge still stand in the sources."""

    exit_code = ExitCode.CONFLICT


class RefusedFileError(BuildError):
    """A file that came back is not opened: it is no sound Word document, too large, or holds what may do harm."""

    exit_code = ExitCode.FILES

    def __init__(self, name: str, what: str, remedy: str) -> None:
        super().__init__(f"{name}: {what}; {remedy}.")
        self.what, self.remedy = what, remedy


class PuzzlingFileError(RefusedFileError):
    """A file with which the program did not reckon: something in it leads to a fault of the program."""


class UnknownScopeError(BuildError):
    """What a file may change was named by something that there is not."""

    exit_code = ExitCode.USAGE
