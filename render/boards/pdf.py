"""Pages as PDF, with reportlab: text stays text, pictures are JPEG."""

import io
from collections.abc import Sequence
from typing import Any

from render.boards.marks import Colour, Page, Picture, Shape, Text
from render.cut.fonts import font_name, font_path

_QUALITY = 85


def to_pdf(pages: Sequence[Page], title: str) -> bytes:
    """The pages as one PDF file. The same pages give the same bytes."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont(font_name(), str(font_path())))
    file = io.BytesIO()
    # ``invariant`` leaves out the time of making and random ids.
    canvas = Canvas(file, pageCompression=1, invariant=1)
    canvas.setTitle(title)
    canvas.setCreator("shotgraph")
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        for mark in page.marks:
            _draw(canvas, mark, page.height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _rgb(colour: Colour) -> tuple[float, float, float]:
    return colour[0] / 255, colour[1] / 255, colour[2] / 255


def _draw(canvas: Any, mark: Text | Shape | Picture, height: float) -> None:
    if isinstance(mark, Text):
        canvas.setFont(font_name(), mark.size)
        canvas.setFillColorRGB(*_rgb(mark.colour))
        write = canvas.drawRightString if mark.align == "right" else canvas.drawString
        write(mark.x, height - mark.y, mark.text)
    elif isinstance(mark, Picture):
        canvas.drawImage(_jpeg(mark), mark.x, height - mark.y - mark.height, mark.width, mark.height)
    else:
        path = canvas.beginPath()
        (x, y), *rest = mark.points
        path.moveTo(x, height - y)
        for x, y in rest:
            path.lineTo(x, height - y)
        path.close()
        if mark.fill is not None:
            canvas.setFillColorRGB(*_rgb(mark.fill))
        if mark.edge is not None:
            canvas.setStrokeColorRGB(*_rgb(mark.edge))
            canvas.setLineWidth(mark.width)
        canvas.drawPath(path, stroke=int(mark.edge is not None), fill=int(mark.fill is not None))


def _jpeg(mark: Picture) -> Any:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    file = io.BytesIO()
    Image.fromarray(mark.pixels).save(file, "JPEG", quality=_QUALITY)
    file.seek(0)
    return ImageReader(file)
