"""A style in, what Pango needs to know of it out: made ready once a style, for all its words.

WeasyPrint makes a context, a description of the font and a list of its features anew for every stretch of text, once
to break it into lines and once to draw it.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from weasyprint.layout import block, inline
from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

_setup: Final = line_break.Layout.setup
_reactivate: Final = line_break.Layout.reactivate
_strut: Final = line_break.strut
_READY: Final = "_text_ready"  # on a style
_HEIGHTS: Final = "_strut"
ANY_WIDTH: Final = -1  # a line is not broken again
_FEATURES: Final = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)


class Ready(NamedTuple):
    """What text of a style is set with."""

    context: Any
    language: Any
    description: Any
    features: bytes


def make_ready_once() -> None:
    """From now on text of one style shares what it is set with."""
    line_break.Layout.setup = _setup_ready
    line_break.Layout.deactivate = _keep
    line_break.Layout.reactivate = _go_on
    for module in (line_break, inline, block):
        if getattr(module, "strut", None) is not None:
            module.strut = _strut_once


def _setup_ready(layout: Any, style: Any) -> None:
    """What `Layout.setup` does; lines through or below the words need a font's measures, which it takes itself."""
    if style["text_decoration_line"] != "none":
        _setup(layout, style)
        return
    ready = style.__dict__.get(_READY)
    if ready is None:
        ready = style.__dict__[_READY] = _ready(style)
    layout.style = style
    layout.first_line_direction = 0
    layout.language = ready.language
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    layout.layout = ffi.gc(pango.pango_layout_new(ready.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, ready.description)
    if ready.features:
        known = style.font_config.font_features
        if ready.features not in known:
            known[ready.features] = pango.pango_attr_font_features_new(ready.features)
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, known[ready.features])
        pango.pango_layout_set_attributes(layout.layout, attributes)


def _keep(layout: Any) -> None:
    """A line that was broken is kept as it is until it is drawn; a unit's pages are few, so they take little room."""


def _go_on(layout: Any, style: Any) -> None:
    """What `Layout.reactivate` does; a line that is not stretched is the one that was broken."""
    if layout.justification_spacing or layout.style is not style:
        _reactivate(layout, style)
    else:
        pango.pango_layout_set_width(layout.layout, ANY_WIDTH)


def _ready(style: Any) -> Ready:
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    own = style["font_language_override"]
    name = LST_TO_ISO.get(own.lower(), own) if own != "normal" else style["lang"]
    if name:
        pointer, _kept = unicode_to_char_p(name)
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    features = font_features(*(style[name] for name in _FEATURES))
    written = ",".join(f"{key} {value}" for key, value in features.items()).encode()
    return Ready(context, language, get_font_description(style), written)


def _strut_once(style: Any) -> tuple[float, float]:
    heights: tuple[float, float] | None = style.__dict__.get(_HEIGHTS)
    if heights is None:
        heights = _strut(style)
        style.__dict__[_HEIGHTS] = heights
    return heights
