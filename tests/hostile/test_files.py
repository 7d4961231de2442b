"""What lies in the content folder without being a file of the plan: links, pipes, devices, giants, paths outwards."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest

from pipeline.budget.limits import DATA_FILE, OTHER_FILE, TEXT_FILE
from pipeline.content.read import read
from pipeline.errors import FileAccessError
from tests.cases import BASE
from tests.hostile.room import CANARY, Room

HIDDEN = ("\u202e", "\u2066", "\u200b", "\x1b", "\x07", "\x7f", "\n", "\r", "\t", "\u2028")


@pytest.mark.parametrize("target", ["../geheim.md", "../../geheim.md", "/etc/passwd", "/dev/zero", "nirgendwo.md"])
@pytest.mark.parametrize("name", ["texte/einleitung.md", "texte/zweiter.md", "bilder/punkt.svg", "glossar.yaml"])
def test_a_linked_file_is_not_followed(name: str, target: str, room: Room) -> None:
    path = room.content / name
    path.unlink(missing_ok=True)
    path.symlink_to(target)
    assert ("P114", name) in [(item.code, str(item.location.path)) for item in room.check()]


def test_a_hard_word_of_a_linked_file_cannot_hide_behind_its_ending(room: Room) -> None:
    (room.content / "texte" / "zweiter.md").symlink_to(room.outside("geheim.md"))
    (room.content / "texte" / "dritter.MD").symlink_to(room.outside("geheim.md"))
    assert room.codes() == ["P114", "P114"]


@pytest.mark.parametrize("name", ["texte", "bilder", "stadt", "vorschlaege", "ausgaben", "fremd"])
def test_a_linked_folder_is_not_entered(name: str, room: Room) -> None:
    if (room.content / name).exists():
        (room.content / name).rename(room.folder / "vorher")
    (room.content / name).symlink_to("..")
    found = [(item.code, str(item.location.path)) for item in room.check()]
    assert ("P114", name) in found
    assert not [path for _, path in found if path.startswith(f"{name}/")]


def test_a_link_to_itself_ends(room: Room) -> None:
    (room.content / "kreis").symlink_to("kreis")
    (room.content / "texte" / "oben").symlink_to("../texte")
    assert room.codes() == ["P114", "P114"]


def test_a_pipe_is_not_waited_for(room: Room) -> None:
    os.mkfifo(room.content / "texte" / "leitung.md")
    (room.content / "glossar.yaml").unlink()
    os.mkfifo(room.content / "glossar.yaml")
    assert room.codes() == ["P114", "P114"]


def test_a_socket_is_not_read(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(room.content / "texte")  # such a path must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("anschluss.md")
        assert room.codes() == ["P114"]


def test_a_device_is_not_read(room: Room) -> None:
    device = room.content / "texte" / "nullen.md"
    try:
        os.mknod(device, 0o20600, os.makedev(1, 5))  # what /dev/zero is: it never ends
    except PermissionError:
        pytest.skip("only root may make a device")
    assert room.codes() == ["P114"]


@pytest.mark.parametrize(
    "name", ["glossar.yaml", "texte/einleitung.md", "bilder/punkt.svg", "bilder/foto.png", "x.bin"]
)
def test_a_giant_is_not_read(name: str, room: Room) -> None:
    with (room.content / name).open("wb") as file:
        file.truncate(1 << 40)  # sparse: it takes no room on the disk
    found = {item.code for item in room.check() if str(item.location.path) == name}
    assert found == {"P113"}


@pytest.mark.parametrize("name", ["stadt/mehr.yaml", "stadt/mehr.YAML", "stadt/mehr.yml", "texte/lang.md"])
def test_size_ends_exactly_at_the_limit(name: str, room: Room) -> None:
    limit = (TEXT_FILE if name.endswith(".md") else DATA_FILE).most
    begin = b"ziele: [] # "
    room.write(name, begin + b"x" * (limit - len(begin)))
    assert not room.read_faults()
    room.write(name, begin + b"x" * (limit - len(begin) + 1))
    assert [(item.code, str(item.location)) for item in room.read_faults()] == [("P113", name)]


def test_pictures_end_at_their_limit(room: Room) -> None:
    room.write("bilder/foto.jpg", b"\xff\xd8\xff" + bytes(OTHER_FILE.most - 2))
    (found,) = room.check()
    assert (found.code, str(found.location)) == ("P113", "bilder/foto.jpg")


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("name", ["texte/ein{}leitung.md", "fre{}md/ziele.yaml", "bilder/{}punkt.svg"])
def test_hidden_characters_in_names_are_refused(name: str, hidden: str, room: Room) -> None:
    room.write(name.format(hidden), "# x\n")
    codes = room.codes()
    assert "P115" in codes
    assert set(codes) <= {"P111", "P115"}


def test_bytes_that_are_no_text_in_names_are_refused(room: Room) -> None:
    (room.content / os.fsdecode(b"texte/gr\xfc\xdfe.md")).write_bytes(b"# x\n")
    assert room.codes() == ["P115"]


@pytest.mark.parametrize(
    "address",
    [
        "../../geheim.svg",
        "../bilder/../../geheim.svg",
        "..%2f..%2fgeheim.svg",
        "%2e%2e/%2e%2e/geheim.svg",
        "%252e%252e/%252e%252e/geheim.svg",
        "..\\..\\geheim.svg",
        "/etc/passwd",
        "//etc/passwd",
        "bilder/%00geheim.svg",
        "~/geheim.svg",
        "plan.yaml",
        "../plan.yaml",
        "styles:tokens.json",
        "content:bilder/punkt.svg",
    ],
)
def test_a_path_cannot_leave_the_pictures(address: str, room: Room) -> None:
    room.replace("texte/einleitung.md", "../bilder/punkt.svg", address)
    assert room.codes() == ["P604"]


def test_an_absolute_path_to_a_picture_of_the_plan_is_no_picture_of_the_plan(room: Room) -> None:
    room.replace("texte/einleitung.md", "../bilder/punkt.svg", str(room.content / "bilder/punkt.svg"))
    assert room.codes() == ["P604"]


@pytest.mark.parametrize("name", ["../geheim", "/etc/passwd", "texte/../../geheim", "..", "geheim.md", "a\\n"])
@pytest.mark.parametrize("key", ["kurzname: musterplan", "- text: einleitung", "{id: stadt", 'fassung: "1.0"'])
def test_names_of_files_are_no_paths(key: str, name: str, room: Room) -> None:
    before, _, old = key.rpartition(" ")
    room.replace("plan.yaml", key, f'{before} "{name}"')
    assert old
    assert "P108" in room.codes()


def test_an_edition_is_no_path(room: Room) -> None:
    room.replace("plan.yaml", 'fassung: "1.0"', 'fassung: "1.0"\nersetzt: ../geheim')
    assert room.codes() == ["P108"]


def test_a_file_that_becomes_a_link_meanwhile_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the watch: it would take the attempt, which must be made, for a success."""
    shutil.copytree(BASE, tmp_path / "content")
    (tmp_path / "geheim.yaml").write_text(CANARY, "utf-8")
    target = tmp_path / "content" / "glossar.yaml"
    real = os.open

    def swap_and_open(path: Path, flags: int) -> int:
        if path == target:
            target.unlink()
            target.symlink_to("../geheim.yaml")
        return real(path, flags)

    monkeypatch.setattr(os, "open", swap_and_open)
    with pytest.raises(FileAccessError) as caught:
        read(tmp_path / "content")
    assert CANARY not in str(caught.value)
    assert target.is_symlink()


@pytest.mark.parametrize(
    "name", ["bilder/Thumbs.db", "texte/desktop.ini", "Desktop.ini", "__MACOSX/x.yaml", ".DS_Store", "~$plan.yaml"]
)
def test_what_systems_leave_behind_is_passed_over(name: str, room: Room) -> None:
    room.write(name, b"\x00\xff")
    assert room.codes() == []


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("stadt/massnahmen - Kopie.yaml", "stadt/massnahmen.yaml"),
        ("stadt/massnahmen - Kopie (2).yaml", "stadt/massnahmen.yaml"),
        ("stadt/Kopie von massnahmen.yaml", "stadt/massnahmen.yaml"),
        ("stadt/massnahmen (1).yaml", "stadt/massnahmen.yaml"),
        ("stadt/massnahmen copy.yaml", "stadt/massnahmen.yaml"),
        ("texte/einleitung-kopie.md", "texte/einleitung.md"),
        ("vorschlaege/V1 - Kopie.yaml", "vorschlaege/V1.yaml"),
        ("akteure_alt.yaml", "akteure.yaml"),
        ("akteure/alt.yaml", "akteure.yaml"),
    ],
)
def test_a_copy_is_told_once(name: str, original: str, room: Room) -> None:
    room.write(name, (room.content / original).read_bytes())
    assert [(item.code, str(item.location)) for item in room.check()] == [("P122", name)]


def test_a_file_that_every_plan_needs_is_never_the_copy(room: Room) -> None:
    both = (room.content / "akteure.yaml").read_bytes()
    room.write("stadt/a.yaml", both)
    room.write("stadt/akteure-neu.yaml", both)
    assert [(item.code, str(item.location)) for item in room.check()] == [
        ("P122", "stadt/a.yaml"),
        ("P122", "stadt/akteure-neu.yaml"),
    ]


def test_a_file_that_shares_a_single_number_is_no_copy(room: Room) -> None:
    room.write("stadt/weitere.yaml", (room.content / "stadt/massnahmen.yaml").read_bytes())
    assert room.codes() == ["P401"]


def test_of_two_files_that_are_alike_the_one_with_the_longer_name_is_the_copy(room: Room) -> None:
    ziele = "ziele:\n  - {id: Z1.2}\n  - {id: Z1.3}\n"
    room.write("gemeinsam/ziele.yaml", ziele)
    room.write("gemeinsam/alte-ziele.yaml", ziele)
    assert ("P122", "gemeinsam/alte-ziele.yaml") in [(item.code, str(item.location)) for item in room.check()]
