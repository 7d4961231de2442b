"""Calls that change a file in, each with a signal before it; out: whether anything is half done after the next run.

    .venv/bin/python -m benchmarks.kill_matrix [--program] [--every 1]

Without options, the functions that write are killed in forks of this process (fifteen seconds); with `--program`, whole
runs of build, edition and merge (half an hour). Signals: KILL, which nobody can answer, TERM and HUP, which end the
program as Ctrl-C does. A run that KILL ended may leave anything, but whoever looks next finds all files of one state.
The other two leave one at once, the previous if the program says so. Ends with 1 where that does not hold.
"""

from __future__ import annotations

import argparse
import os
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.files.interrupts import raise_for_all
from pipeline.files.journal import is_open
from pipeline.files.publish import Output, publish, publish_file, publish_once
from pipeline.files.replace import at_rest, replace_files, replaced

ROOT = Path(__file__).resolve().parents[1]
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
# Events of Python's audit, raised before the call; what is opened is opened to write where its flags or mode say so.
CHANGING = {"os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"}
NOTHING_WRITTEN, WRITTEN, FAILED = 130, 131, 1  # how a task ends that a signal or an error has ended

State = Mapping[str, bytes]


class Injector:
    """Sends this process a signal before its n-th call that changes a file below a folder; counts them."""

    def __init__(self, folder: Path, nth: int, number: int) -> None:
        self.folder, self.nth, self.number = str(folder), nth, number
        self.calls = 0

    def install(self) -> None:
        """From now on, for good."""
        self.process = os.getpid()
        real = os.fsync

        def fsync(descriptor: int) -> None:
            self.count()
            real(descriptor)

        os.fsync = fsync  # type: ignore[assignment]
        sys.addaudithook(self._heard)

    def count(self) -> None:
        """One more call; where it is the one, the signal comes."""
        if os.getpid() == self.process:
            self.calls += 1
            if self.calls == self.nth:
                os.kill(self.process, self.number)

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            writes = bool(flags & (os.O_WRONLY | os.O_RDWR)) if isinstance(flags, int) else "r" not in str(mode or "r")
            if writes and self._inside(path):
                self.count()
        elif event in CHANGING and any(self._inside(argument) for argument in arguments[:2]):
            self.count()

    def _inside(self, path: object) -> bool:
        with suppress(TypeError):
            return os.fsdecode(path).startswith(self.folder)  # type: ignore[arg-type]
        return isinstance(path, int)  # a removed folder's files are named from where they lie


def state(folder: Path) -> dict[str, bytes]:
    """What everybody sees: all files that are not hidden, by name."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = ((path.relative_to(folder), path) for path in paths)
    return {str(name): path.read_bytes() for name, path in names if not any(part[0] == "." for part in name.parts)}


def settled(folder: Path) -> str:
    """What the next run does before all else."""
    with at_rest(folder) as told:
        return told


# --- functions, in forks ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Task:
    """Something that writes into a folder, and the folder before; `whole` does the same undisturbed."""

    name: str
    before: State
    write: Callable[[Path], object]
    whole: Callable[[Path], object] | None = None


def _failing(nth: int) -> Callable[[Path], object]:
    """Replaces three files; at the n-th the system refuses, and all goes back."""

    def write(folder: Path) -> None:
        real, left = Path.replace, [nth]

        def move(source: Path, target: Path) -> Path:
            left[0] -= 1
            if left[0] == 0:
                raise OSError(5, "I/O error")
            return real(source, target)

        Path.replace = move  # type: ignore[method-assign,assignment]
        _publish(folder)

    return write


def _publish(folder: Path) -> object:
    return publish(
        (Output("a.pdf", b"new a", 3), Output("b.docx", b"new b"), Output("c.zip", b"new c")), folder, {"x": 1}
    )


def _replace(folder: Path) -> None:
    before = {PurePosixPath("plan.yaml"): b"old plan", PurePosixPath("stadt/ziele.yaml"): b"old goals"}
    replace_files({path: data.replace(b"old", b"new") for path, data in before.items()}, folder, before)


_OUTPUT = {"a.pdf": b"old a", "b.docx": b"old b", "manifest.json": b"old"}
TASKS = (
    Task("publishing a plan", _OUTPUT, _publish),
    Task("publishing into an empty folder", {}, _publish),
    Task("writing what was merged", {"plan.yaml": b"old plan", "stadt/ziele.yaml": b"old goals"}, _replace),
    Task("writing a report", {"bericht.md": b"old"}, lambda folder: publish_file(folder / "bericht.md", b"new")),
    Task("keeping an edition", {"1.0.json": b"old"}, lambda folder: publish_once(folder / "1.1.json", b"new")),
    *(Task(f"refused at file {nth}", _OUTPUT, _failing(nth), _publish) for nth in (1, 2, 4)),
)


@dataclass
class Matrix:
    """What has been tried and what was found."""

    every: int = 1  # 1: each call, 2: each second, …
    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def judge(self, what: str, *, right: bool, found: object = "") -> None:
        """Notes one trial."""
        self.seen["right" if right else "WRONG"] += 1
        if not right:
            self.wrong.append(f"{what}: {found}")

    def try_task(self, task: Task, folder: Path) -> None:
        """Kills a task at each of its calls, and the next run at each of its own."""
        goal = _after(task, task.write, folder / "goal")
        states = (task.before, goal, _after(task, task.whole or task.write, folder / "goal"))
        place = folder / "place"
        for number in range(1, _count(lambda: task.write(place), task, place) + 1, self.every):
            for sign in SIGNALS:
                what = f"{task.name}, {sign.name} at call {number}"
                _laid_out(task.before, place)
                code = _forked(lambda: task.write(place), Injector(place, number, sign))
                found = state(place)
                if sign is not signal.SIGKILL:
                    wanted = task.before if code in (NOTHING_WRITTEN, FAILED) else goal
                    self.judge(what, right=found == wanted, found=(code, found))
                    continue
                self._next_run_killed(what, place, folder / "kept", states)
                told = settled(place)
                self.judge(what, right=state(place) in states, found=(told, state(place)))
                self.judge(f"{what}, told", right=bool(told) is (state(place) != found), found=told)

    def _next_run_killed(self, what: str, place: Path, kept: Path, states: tuple[State, ...]) -> None:
        if not is_open(place):
            return  # it finds nothing to do
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(place, kept, symlinks=True, copy_function=shutil.copy2)
        for number in range(1, 50):
            shutil.rmtree(place)
            shutil.copytree(kept, place, symlinks=True, copy_function=shutil.copy2)
            code = _forked(lambda: settled(place), Injector(place, number, signal.SIGKILL))
            if code == 0:
                break
            settled(place)
            self.judge(f"{what}, next run at call {number}", right=state(place) in states, found=state(place))
        shutil.rmtree(place)
        kept.rename(place)


def _laid_out(files: State, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)


def _after(task: Task, write: Callable[[Path], object], folder: Path) -> dict[str, bytes]:
    _laid_out(task.before, folder)
    _forked(lambda: write(folder), Injector(folder, 0, 0))
    return state(folder)


def _count(task: Callable[[], object], of: Task, folder: Path) -> int:
    """How many calls of a task change a file."""
    _laid_out(of.before, folder)
    reader, writer = os.pipe()
    _forked(task, Injector(folder, 0, 0), writer)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        return int(pipe.read())


def _forked(task: Callable[[], object], injector: Injector, told: int = -1) -> int:
    """How a task ends that gets a signal in a process of its own: its exit code, or less than 0 for a signal."""
    child = os.fork()
    if child == 0:
        code = 0
        try:
            raise_for_all()
            injector.install()
            task()
        except KeyboardInterrupt:
            code = WRITTEN if replaced() else NOTHING_WRITTEN
        except BaseException:  # noqa: BLE001 - a process that ends here
            code = FAILED
        if told >= 0:
            os.write(told, str(injector.calls).encode())
        os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


# --- whole runs of the program ----------------------------------------------------------------------------------------


def _run(folder: Path, arguments: tuple[str, ...], nth: int, sign: int) -> subprocess.CompletedProcess[str]:
    """A run of the program that gets a signal at its n-th call; its last line of output is the number of calls."""
    module = ("-m", "benchmarks.kill_matrix", "--inside", str(folder), "--nth", str(nth), "--signal", str(sign))
    command = [sys.executable, *module, "--", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


def _inside(folder: Path, nth: int, sign: int, arguments: list[str]) -> None:
    injector = Injector(folder, nth, sign)
    injector.install()
    sys.argv = [str(ROOT / "build.py"), *arguments]
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    finally:
        print(f"\n{injector.calls}")


def try_program(folder: Path, matrix: Matrix) -> None:
    """Build, edition and merge of a small plan, each killed at each of its calls in the folder it writes into."""
    from tests.back.draft import Draft  # noqa: PLC0415 - a test's helper; needed here alone

    content, output, cache = folder / "content", folder / "output", folder / "cache"
    usual = ("--content", str(content), "--quiet")
    building = (*usual, "--cache", str(cache))
    shutil.copytree(ROOT / "tests" / "plans" / "small", content)
    build = ("--output", str(output), *building)
    first = _run(folder, build, 0, 0)
    assert first.returncode == 0, first.stderr
    draft = Draft(next(output.glob("*.docx")).read_bytes())
    draft.replace("hat sich", "hatte sich")
    draft.set("1.1.1 Zwischen", "Status", "abgeschlossen")
    edited = folder / "edited.docx"
    edited.write_bytes(draft.to_bytes())
    with (content / "plan.yaml").open("a", encoding="utf-8") as file:
        file.write("# anders\n")
    for name, place, arguments in (
        ("build", output, build),
        ("edition", content, ("edition", *usual)),
        ("merge", content, ("merge", str(edited), *building)),
    ):
        _try_command(name, place, arguments, folder, matrix)


def _try_command(name: str, place: Path, arguments: tuple[str, ...], folder: Path, matrix: Matrix) -> None:
    kept, before = folder / "kept", state(place)
    shutil.copytree(place, kept)
    undisturbed = _run(place, arguments, 0, 0)
    calls = int(undisturbed.stdout.rsplit("\n", 2)[-2])
    goal = state(place)
    assert goal != before, f"{name} changed nothing: {undisturbed.stderr}"
    for number in range(1, calls + 1, matrix.every):
        for sign in SIGNALS:
            shutil.rmtree(place)
            shutil.copytree(kept, place)
            done = _run(place, arguments, number, sign)
            what = f"{name}, {sign.name} at call {number} of {calls}"
            if sign is signal.SIGKILL:
                settled(place)
                matrix.judge(what, right=state(place) in (before, goal), found=done.stderr)
                continue
            nothing = "Halbfertige Dateien sind nicht entstanden" in done.stderr
            wanted = before if nothing else goal
            matrix.judge(what, right=state(place) == wanted and done.returncode in (0, 130), found=done.stderr)
        print(f"{name}: {number} of {calls}, {dict(matrix.seen)}", file=sys.stderr)
    shutil.rmtree(place)
    kept.rename(place)


def main() -> int:
    """Runs the matrix, or one run of the program inside it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--nth", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--signal", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        _inside(given.inside, given.nth, given.signal, given.arguments)
    matrix = Matrix(given.every)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        if given.program:
            try_program(folder, matrix)
        else:
            for task in TASKS:
                matrix.try_task(task, folder)
    for line in matrix.wrong[:20]:
        print(line[:400])
    print(", ".join(f"{count} {what}" for what, count in sorted(matrix.seen.items())))
    return 1 if matrix.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
