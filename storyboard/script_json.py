"""The parsed script as plain data, for `direct parse --json`."""

from typing import Any

from storyboard.screenplay import Element, ElementType, Screenplay

_MORE = {
    ElementType.SCENE_HEADING: ("scene_number",),
    ElementType.CHARACTER: ("extension", "dual"),
    ElementType.SECTION: ("depth",),
}


def script_json(screenplay: Screenplay) -> dict[str, Any]:
    """``{"title_page": {key: [lines]}, "elements": [{"type", "text", "line", …}]}`` in script order.

    A heading has ``scene_number`` (text or None), a character ``extension`` (text or None) and ``dual``, a
    section ``depth``, and a note within text ``offset``: its place in the text of the element before it.
    """
    return {
        "title_page": {key: list(lines) for key, lines in screenplay.title_page.items()},
        "elements": [_element(element) for element in screenplay.elements],
    }


def _element(element: Element) -> dict[str, Any]:
    plain: dict[str, Any] = {"type": element.type.value, "text": element.text, "line": element.line}
    for name in _MORE.get(element.type, ()):
        plain[name] = getattr(element, name)
    if element.offset is not None:
        plain["offset"] = element.offset
    return plain
