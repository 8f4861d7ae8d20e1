"""A neutral chart as a chart of the workbook, on numbers in cells beside the printed area."""

from __future__ import annotations

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import LegendEntry
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.fill import ColorChoice, PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.worksheet.worksheet import Worksheet

from akimat_desk.core.money import half_up
from akimat_desk.reports.charts import ChartLayout, Fill, Marker, Stroke, layout, reaches
from akimat_desk.reports.document import Chart, ChartKind
from akimat_desk.reports.xlsx.looks import Looks
from akimat_desk.reports.xlsx.sheet import put_number, put_text

_BAR = "445F87"
_INK = "202020"
_PATTERN = {Fill.HATCHED: "wdUpDiag", Fill.CROSSED: "openDmnd"}
_DASH = {Stroke.DASHED: "dash", Stroke.SOLID: "solid", Stroke.DOTTED: "sysDot"}
_MARKER = {Marker.DIAMOND: "diamond", Marker.CIRCLE: "circle", Marker.SQUARE: "square"}


def add_chart(
    sheet: Worksheet, chart: Chart, row: int, columns: int, width_points: float, looks: Looks
) -> None:
    """Put the chart at ``row``; its numbers stand to the right of the sheet's ``columns``."""
    left = columns + 2
    _numbers(sheet, chart, row, left, looks)
    plan = layout(chart)
    if chart.kind is ChartKind.WATERFALL:
        main = _waterfall(sheet, chart, row, left, looks)
        _dress(main, plan, width_points)
        sheet.add_chart(main, f"A{row}")
        return
    drawn_as_lines = {line.series for line in plan.lines}
    names = Reference(sheet, min_col=left, min_row=row + 1, max_row=row + len(chart.categories))
    bars, lines = BarChart(), LineChart()
    bars.type, bars.gapWidth = "col", 90
    for index, series in enumerate(chart.series):
        target = lines if index in drawn_as_lines else bars
        column = left + 1 + index
        data = Reference(sheet, min_col=column, min_row=row, max_row=row + len(series.values))
        target.add_data(data, titles_from_data=True)
    for position, made in enumerate(bars.series):
        made.graphicalProperties = _bar_look(list(Fill)[position % len(Fill)])
    for made, line in zip(lines.series, plan.lines, strict=True):
        made.graphicalProperties = GraphicalProperties(
            ln=LineProperties(w=22000, solidFill=_INK, prstDash=_DASH[line.stroke])
        )
        made.marker.symbol, made.marker.size = _MARKER[line.marker], 7
        made.marker.graphicalProperties = GraphicalProperties(solidFill="FFFFFF")
        made.marker.graphicalProperties.line.solidFill = _INK
        made.smooth = False
        if not chart.series[line.series].labelled:
            made.dLbls = DataLabelList(
                showVal=False, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
            )
    main = bars if bars.series else lines
    for made in (bars, lines):
        made.set_categories(names)
        made.dataLabels = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
        )
        made.dataLabels.numFmt = "#,##0.0"
        made.dataLabels.txPr = _letters(900)
    bars.dataLabels.position = "outEnd"
    lines.dataLabels.position = "t"
    if bars.series and lines.series:
        bars += lines
    _dress(main, plan, width_points)
    sheet.add_chart(main, f"A{row}")


def _dress(main: BarChart | LineChart, plan: ChartLayout, width_points: float) -> None:
    """Axes, letters, legend and size."""
    main.x_axis.delete = main.y_axis.delete = False
    main.y_axis.title = None
    main.y_axis.number_format = "General"
    main.y_axis.scaling.min, main.y_axis.scaling.max = float(plan.low), float(plan.high)
    main.y_axis.majorUnit = float((plan.high - plan.low) / (len(plan.ticks) - 1))
    main.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(w=4000, solidFill="D0D0D0"))
    main.x_axis.txPr = main.y_axis.txPr = _letters(900)
    main.legend.position = "b"
    main.legend.txPr = _letters(900)
    main.display_blanks = "gap"
    main.width, main.height = width_points / 72 * 2.54, 8.2


def _waterfall(sheet: Worksheet, chart: Chart, row: int, left: int, looks: Looks) -> BarChart:
    """Stacked columns on an unseen foot; what they stand on is written to the right of the numbers."""
    foot = left + len(chart.series) + 1
    head = looks.of(size=9, bold=True)
    for offset, name in enumerate(("", *(series.name for series in chart.series))):
        cell = sheet.cell(row, foot + offset)
        put_text(cell, name)
        cell._style = head
    for number, ends in enumerate(reaches(chart)):
        for index, reach in enumerate(ends):
            if reach is None:
                continue
            for offset, value in ((0, min(reach)), (number + 1, max(reach) - min(reach))):
                cell = sheet.cell(row + 1 + index, foot + offset)
                put_number(cell, str(half_up(value, 2)))
                cell._style = looks.of(size=9, across="right", number="#,##0.00")
    bars = BarChart()
    bars.type, bars.grouping, bars.overlap, bars.gapWidth = "col", "stacked", 100, 60
    for offset in range(len(chart.series) + 1):
        data = Reference(sheet, min_col=foot + offset, min_row=row, max_row=row + len(chart.categories))
        bars.add_data(data, titles_from_data=True)
    bars.set_categories(Reference(sheet, min_col=left, min_row=row + 1, max_row=row + len(chart.categories)))
    unseen, *seen = bars.series
    unseen.graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    for position, made in enumerate(seen):
        made.graphicalProperties = _bar_look(list(Fill)[position % len(Fill)])
        made.dLbls = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
        )
        made.dLbls.numFmt = ("#,##0.00", '"+"#,##0.00', '"\N{MINUS SIGN}"#,##0.00')[min(position, 2)]
        # Numbers stand inside the columns: on the dark ones in white.
        made.dLbls.txPr = _letters(900, "FFFFFF" if position == 0 else _INK)
    bars.legend.legendEntry = [LegendEntry(idx=0, delete=True)]
    return bars


def _numbers(sheet: Worksheet, chart: Chart, row: int, left: int, looks: Looks) -> None:
    head = looks.of(size=9, bold=True)
    for offset, series in enumerate(chart.series):
        cell = sheet.cell(row, left + 1 + offset)
        put_text(cell, series.name)
        cell._style = head
    for index, category in enumerate(chart.categories):
        cell = sheet.cell(row + 1 + index, left)
        put_text(cell, category)
        cell._style = looks.of(size=9)
        for offset, series in enumerate(chart.series):
            value = series.values[index]
            if value is not None:
                cell = sheet.cell(row + 1 + index, left + 1 + offset)
                put_number(cell, value)
                decimals = len(value.partition(".")[2])
                cell._style = looks.of(size=9, across="right", number="#,##0." + "0" * max(1, decimals))


def _bar_look(fill: Fill) -> GraphicalProperties:
    edge = LineProperties(w=6000, solidFill=_INK)
    if fill is Fill.SOLID:
        return GraphicalProperties(solidFill=_BAR, ln=edge)
    if fill is Fill.LIGHT:
        return GraphicalProperties(solidFill="E6E6E6", ln=edge)
    pattern = PatternFillProperties(
        prst=_PATTERN[fill], fgClr=ColorChoice(srgbClr=_INK), bgClr=ColorChoice(srgbClr="FFFFFF")
    )
    return GraphicalProperties(pattFill=pattern, ln=edge)


def _letters(size: int, colour: str = _INK) -> RichText:
    look = CharacterProperties(sz=size, latin=Font(typeface="Times New Roman"), solidFill=colour)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])
