"""What a document says of itself in, the bound PDF's metadata out: PDF/A-2a and PDF/UA-1 in one file."""

from __future__ import annotations

from importlib import resources
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.document.model import Properties

PRODUCER = "WeasyPrint, pikepdf"
PROFILE = "sRGB2014.icc"  # comes with WeasyPrint; the International Color Consortium gives it to everybody


def describe(pdf: Pdf, properties: Properties) -> None:
    """Writes language, view, dates, colour profile and XMP. The dates are the edition's, never the clock's.

    PDF/UA-1 wants the language, and the title shown in place of the file's name (ISO 14289-1, 7.1 and 7.2). PDF/A-2
    wants a colour profile, and in the metadata what the document information says (ISO 19005-2, 6.2 and 6.6).
    """
    date = f"D:{properties.date.replace('-', '')}000000Z"
    for key, value in (
        ("/Title", properties.full_title),
        ("/Author", "; ".join(properties.authors)),
        ("/Subject", properties.subtitle),
        ("/Producer", PRODUCER),
        ("/CreationDate", date),
        ("/ModDate", date),
    ):
        pdf.docinfo[key] = String(value)
    root = pdf.Root
    root.Lang = String(properties.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    profile = pdf.make_stream(resources.files("weasyprint.pdf").joinpath(PROFILE).read_bytes(), N=3)
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, DestOutputProfile=profile)
    intent.OutputConditionIdentifier = intent.Info = String("sRGB")
    root.OutputIntents = Array([intent])
    root.Metadata = pdf.make_stream(_xmp(properties), Type=Name.Metadata, Subtype=Name.XML)


def _xmp(properties: Properties) -> bytes:
    title, subject = escape(properties.full_title), escape(properties.subtitle)
    authors = "; ".join(properties.authors)
    moment = f"{properties.date}T00:00:00Z"
    # A form that is filled in cannot be archived: what draws its fields then is the reader's.
    archived = "" if properties.inputs else "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(authors)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{properties.language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{PRODUCER}</pdf:Producer>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
{archived}<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
{_UA_SCHEMA}
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


# PDF/A knows no PDF/UA: the property that claims it must be described.
_UA_SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
