"""A release is what its sources give; who signed is told, and whatever was changed since, in whichever way."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from pipeline.actions.aloud import read_aloud
from pipeline.actions.verify import Expected, Verified, held_against
from pipeline.console.commands import run
from pipeline.errors import ExitCode
from pipeline.signing.sign import Key, free_fields, signed
from tests.signing.authority import PASSPHRASE, authority
from tests.signing.samples import Signed, folders, signed_release, two_publishers, without_verapdf


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    return signed_release(tmp_path_factory.mktemp("release"))


def look(release: Signed, data: bytes, *, trusting: bool = True) -> Verified:
    """What `verify` says of these bytes, without building the plan once more."""
    fields = {"unterschrift-amt": "Wirtschaftsamt", "unterschrift-verein": "Unternehmensverein"}
    expected = Expected(release.built, "die Freigabe des Plans", "0" * 64, "musterplan-quellen.zip", fields)
    return held_against(release.file, data, expected, [release.authority.file.read_bytes()] if trusting else [])


NAMES = ["Unterschrift: Wirtschaftsamt", "Unterschrift: Unternehmensverein"]


# --- as it should be ----------------------------------------------------------------------------------------------


def test_signing_changes_nothing_of_what_was_built(release: Signed) -> None:
    assert release.once.startswith(release.built)
    assert release.twice.startswith(release.once)
    assert release.stamped.startswith(release.twice)
    assert free_fields(release.built) == ("unterschrift-amt", "unterschrift-verein")
    assert free_fields(release.twice) == ()


def test_a_field_is_named_seen_and_tagged(release: Signed) -> None:
    with pikepdf.open(io.BytesIO(release.built)) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert [str(field.TU) for field in fields] == [
            "Unterschrift: Wirtschaftsamt",
            "Unterschrift: Unternehmensverein",
        ]
        page = pdf.pages[-1]
        assert {item.objgen for item in page.obj.Annots} >= {field.objgen for field in fields}
        forms = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Form"]
        assert sorted(str(form.Alt) for form in forms) == sorted(NAMES)
        assert all(isinstance(form.K, pikepdf.Dictionary) for form in forms)  # of a list, a second signature objects


def test_the_same_release_is_the_same_bytes(release: Signed, tmp_path: Path) -> None:
    flags = ["--content", str(release.folder / "content"), "--output", str(tmp_path), "--cache", str(tmp_path / "c")]
    with without_verapdf():
        assert run(["release", *flags, "--quiet"]) is ExitCode.OK
    assert (tmp_path / "freigabe" / "musterplan.pdf").read_bytes() == release.built


def test_who_signed_is_told_and_counts_only_where_believed(release: Signed) -> None:
    for data, names, complete in (
        (release.once, ["Amt der Stadt"], False),
        (release.twice, ["Amt der Stadt", "Werk GmbH"], True),
        (release.stamped, ["Amt der Stadt", "Werk GmbH", "Zeitstempel"], True),
    ):
        found = look(release, data)
        assert found.holds is complete, found.sentences
        assert ("Noch nicht unterschrieben ist für: Unternehmensverein." in found.sentences) is not complete
        assert [name for name in names if any(f"„{name}“" in line for line in found.sentences)] == names
        assert sum("bestätigt, seither ist nichts geändert" in line for line in found.sentences) == len(names)
        doubtful = look(release, data, trusting=False)
        assert not doubtful.holds
        assert any("unbewiesen" in line for line in doubtful.sentences)
        assert any("ohne das zählt keine Unterschrift" in line for line in doubtful.sentences)


def test_the_whole_way_from_the_command_line(release: Signed, capsys: pytest.CaptureFixture[str]) -> None:
    secret = release.folder / "wort.txt"
    secret.write_bytes(PASSPHRASE + b"\n")
    key, file = release.folder / "Amt der Stadt.p12", str(release.file)
    assert run(["verify", file]) is ExitCode.OK
    assert capsys.readouterr().out.startswith("Unterschrieben ist die Datei nicht.\nDie Datei ist Byte für Byte")
    assert run(["sign", file, "--p12", str(key), "--passphrase-file", str(secret), "--for", "verein"]) is ExitCode.OK
    assert "Feld verein.\nNoch frei: amt." in capsys.readouterr().out
    trust = ["--trust", str(release.authority.file)]
    assert run(["verify", file, *trust]) is ExitCode.CONTENT
    told = capsys.readouterr().out
    assert "Unterschrift von „Amt der Stadt“ für Unternehmensverein, " in told
    assert "bestätigt, seither ist nichts geändert" in told
    assert "Noch nicht unterschrieben ist für: Wirtschaftsamt." in told
    assert run(["sign", file, "--p12", str(key), "--passphrase-file", str(secret), "--for", "verein"]) is ExitCode.USAGE
    assert "Ein freies Feld „verein“ gibt es nicht. Frei: amt." in capsys.readouterr().err
    secret.write_bytes(b"falsch\n")
    assert run(["sign", file, "--p12", str(key), "--passphrase-file", str(secret)]) is ExitCode.USAGE
    assert "oder die Passphrase ist falsch" in capsys.readouterr().err
    assert run(["verify", file, "--trust", str(secret)]) is ExitCode.USAGE
    assert "kein Zertifikat" in capsys.readouterr().err
    release.file.write_bytes(release.built)


# --- as it should not be ------------------------------------------------------------------------------------------


def updated(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The file with something changed behind it, as programs do that leave signatures whole."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _page(writer: IncrementalPdfFileWriter) -> Any:
    node = writer.root["/Pages"]
    while "/Kids" in node:
        node = node["/Kids"][0].get_object()
    return node


def paint(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer)
    added = writer.add_object(generic.StreamObject(stream_data=b"q 1 0 0 RG 0 0 300 300 re f Q"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), added])
    writer.update_container(page)


def set_in_root(key: str, value: Any) -> Callable[[IncrementalPdfFileWriter], None]:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name(key)] = value(writer)
        writer.update_root()

    return change


def _script(_: IncrementalPdfFileWriter) -> Any:
    words = generic.TextStringObject("app.alert(1)")
    return generic.DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): words})


def _metadata(writer: IncrementalPdfFileWriter) -> Any:
    return writer.add_object(generic.StreamObject(stream_data=b"<x:xmpmeta/>"))


def retitle(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    info["/Title"] = generic.TextStringObject("Etwas anderes")
    writer.update_container(info)


def drop_first_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"] = generic.ArrayObject(list(pages["/Kids"])[1:])
    writer.update_container(pages)


def _field(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/AcroForm"]["/Fields"][0].get_object()


def empty_field(writer: IncrementalPdfFileWriter) -> None:
    field = _field(writer)
    del field["/V"]
    writer.update_container(field)


def repaint_field(writer: IncrementalPdfFileWriter) -> None:
    field = _field(writer)
    field["/AP"]["/N"] = writer.add_object(
        generic.StreamObject({pdf_name("/Subtype"): pdf_name("/Form")}, stream_data=b"0 0 9 9 re f")
    )
    writer.update_container(field)


def move_field(writer: IncrementalPdfFileWriter) -> None:
    field = _field(writer)
    field["/Rect"] = generic.ArrayObject(map(generic.FloatObject, (0, 0, 500, 500)))
    writer.update_container(field)


def remove_fields(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    form["/Fields"] = generic.ArrayObject()
    writer.update_container(form)


def add_note(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer)
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.FloatObject, (10, 10, 200, 60))),
            pdf_name("/Contents"): generic.TextStringObject("gilt nicht"),
        }
    )
    page["/Annots"] = generic.ArrayObject([*page.get("/Annots", ()), writer.add_object(note)])
    writer.update_container(page)


def untag(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/StructTreeRoot"]
    writer.update_root()


CHANGES = {
    "a page painted over": paint,
    "a note on a page": add_note,
    "a page taken away": drop_first_page,
    "a script": set_in_root("/OpenAction", _script),
    "other metadata": set_in_root("/Metadata", _metadata),
    "another title": retitle,
    "a signature emptied": empty_field,
    "a signature painted over": repaint_field,
    "a signature moved": move_field,
    "all fields taken away": remove_fields,
    "another language": set_in_root("/Lang", lambda _: generic.TextStringObject("en")),
    "without tags": untag,
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_changed_behind_the_signatures_is_found(release: Signed, name: str) -> None:
    data = updated(release.twice, CHANGES[name])
    assert data.startswith(release.built)
    found = look(release, data)
    assert not found.holds, found.sentences


@pytest.mark.parametrize("name", ["a page painted over", "another title", "a script"])
def test_what_was_added_to_an_unsigned_release_is_found(release: Signed, name: str) -> None:
    found = look(release, updated(release.built, CHANGES[name]))
    assert not found.holds
    assert "einen Nachtrag ohne Unterschrift" in found.sentences[0]


@pytest.mark.parametrize("name", ["other metadata", "another title"])
def test_what_the_file_says_of_itself_stays_even_where_a_second_one_signs_it(release: Signed, name: str) -> None:
    data = updated(release.once, CHANGES[name])
    key = Key(release.authority.key_file("Werk GmbH"), PASSPHRASE)
    found = look(release, signed(data, key, "unterschrift-verein", "Freigabe"))
    assert not found.holds
    assert any("Was die Datei über sich selbst sagt" in line for line in found.sentences)


@pytest.mark.parametrize("name", ["a page painted over", "a note on a page", "a script", "without tags"])
def test_what_was_changed_before_the_first_signature_is_found(release: Signed, name: str) -> None:
    data = updated(release.built, CHANGES[name])
    key = Key(release.authority.key_file("Werk GmbH"), PASSPHRASE)
    found = look(release, signed(data, key, "unterschrift-verein", "Freigabe"))
    assert not found.holds, found.sentences


def test_a_file_cut_back_to_fewer_signatures_is_told(release: Signed) -> None:
    found = look(release, release.twice[: len(release.once)])
    assert not found.holds
    assert "Noch nicht unterschrieben ist für: Unternehmensverein." in found.sentences


def test_a_signature_in_a_field_of_its_own_counts_nothing(release: Signed) -> None:
    """Any program adds one, and leaves the others whole."""
    signer: Any = signers.SimpleSigner.load_pkcs12(
        str(release.authority.key_file("Amt der Stadt")), passphrase=PASSPHRASE
    )
    target = io.BytesIO()
    about = signers.PdfSignatureMetadata(field_name="Unterschrift1")
    signers.PdfSigner(about, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(release.twice)), output=target)
    found = look(release, target.getvalue())
    assert not found.holds
    assert any("zählt keine Unterschrift: Unterschrift1." in line for line in found.sentences), found.sentences


def test_what_happened_after_which_signature_is_told(release: Signed) -> None:
    first, *_ = look(release, updated(release.once, CHANGES["a page painted over"])).sentences
    assert first.endswith("danach ist an der Datei etwas anderes geändert als unterschrieben.")


def test_who_asks_for_a_signature_gets_no_unsigned_file_for_good(release: Signed) -> None:
    assert not look(release, release.built).holds
    assert look(release, release.built, trusting=False).holds


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


BYTES: dict[str, Callable[[Signed], bytes]] = {
    "a byte of the built part": lambda release: _flipped(release.twice, 5000),
    "a byte of the first signature": lambda release: _flipped(
        release.twice, release.twice.index(b"/Contents <", len(release.built)) + 400
    ),
    "a byte between the signatures": lambda release: _flipped(release.twice, len(release.once) + 40),
    "cut off": lambda release: release.twice[:-300],
    "something behind": lambda release: release.twice + b"\n% angehaengt",
    "the middle cut out": lambda release: release.built + release.twice[len(release.once) :],
}


@pytest.mark.parametrize("name", BYTES)
def test_another_byte_is_found(release: Signed, name: str) -> None:
    found = look(release, BYTES[name](release))
    assert not found.holds, found.sentences


def test_a_certificate_of_the_same_name_by_another_authority_counts_nothing(release: Signed, tmp_path: Path) -> None:
    forger = authority(tmp_path, "Behörde").key_file("Amt der Stadt")
    data = signed(release.built, Key(forger, PASSPHRASE), "unterschrift-amt", "Freigabe")
    found = look(release, data)
    assert not found.holds
    assert "unbewiesen, dem Zertifikat wird nicht vertraut" in found.sentences[0]


def test_other_sources_are_other_sources(release: Signed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A record of the release that says something else, and one that says nothing that can be read."""
    packed = release.file.with_name("musterplan-quellen.zip")
    for record, code, told in (
        (json.dumps({"replaces": "0.9", "reason": ""}), ExitCode.CONTENT, "nicht die, die hier aus"),
        ("kaputt", ExitCode.FILES, "ist beschädigt"),
    ):
        other = tmp_path / "andere-quellen.zip"
        with zipfile.ZipFile(packed) as archive, zipfile.ZipFile(other, "w") as target:
            for entry in archive.namelist():
                data = archive.read(entry)
                target.writestr(entry, record if entry == ".nachbau/freigabe.json" else data)
        assert run(["verify", str(release.file), "--sources", str(other)]) is code
        streams = capsys.readouterr()
        assert told in streams.out + streams.err


def test_an_edition_that_says_something_else_is_told(
    release: Signed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plan is the same without it; whoever compares a later plan with it would compare with what never was."""
    packed, other = release.file.with_name("musterplan-quellen.zip"), tmp_path / "andere-quellen.zip"
    with zipfile.ZipFile(packed) as archive, zipfile.ZipFile(other, "w") as target:
        for entry in archive.namelist():
            data = archive.read(entry)
            said = data.replace(b"Verzeichnis liegt vor", b"Verzeichnis fehlt") if "ausgaben" in entry else data
            target.writestr(entry, said)
    assert run(["verify", str(release.file), "--sources", str(other)]) is ExitCode.CONTENT
    assert "Die Fassung 1.0, wie sie in andere-quellen.zip festgehalten ist, sagt anderes" in capsys.readouterr().out


# --- taking one back ----------------------------------------------------------------------------------------------


def test_a_release_is_taken_back_and_a_corrected_one_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = two_publishers(tmp_path)
    with without_verapdf():
        assert run(["release", *folders(tmp_path)]) is ExitCode.OK
        assert "Nicht geprüft: ob das PDF PDF/A-2a und PDF/UA-1 einhält. Java fehlt." in capsys.readouterr().err
        withdraw = ["release", *folders(tmp_path), "--withdraw", "1.0", "--date", "01.12.2026"]
        assert run(withdraw) is ExitCode.USAGE
        assert "mit --reason sagen" in capsys.readouterr().err
        assert run([*withdraw, "--reason", "falscher Betrag"]) is ExitCode.OK
        record = json.loads((content / "ausgaben" / "freigaben" / "1.0.json").read_text("utf-8"))
        assert record["zurueckgezogen"] == {"am": "2026-12-01", "grund": "falscher Betrag"}
        assert run(["release", *folders(tmp_path)]) is ExitCode.USAGE
        assert "Die Freigabe der Fassung 1.0 ist zurückgezogen." in capsys.readouterr().err
        plan = content / "plan.yaml"
        plan.write_text(plan.read_text("utf-8").replace('fassung: "1.0"', 'fassung: "1.1"\nersetzt: "1.0"'), "utf-8")
        assert run(["release", *folders(tmp_path), "--reason", "Betrag berichtigt."]) is ExitCode.OK
    heard = "\n".join(read_aloud(tmp_path / "output" / "freigabe" / "musterplan.pdf")).replace("\u00a0", " ")
    assert "Sie ersetzt die Freigabe der Fassung 1.0. Grund: Betrag berichtigt." in heard
    assert run(["check", "--content", str(content), "--quiet"]) is ExitCode.OK
