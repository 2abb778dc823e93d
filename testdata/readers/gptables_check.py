"""Compares the workbooks of releases with what gptables writes of the same tables.

    python gptables_check.py PUBLIC...

Each PUBLIC is the public folder of a release. Its caregap.xlsx is read, the same
texts and tables are given to gptables - the Government Analysis Function's own
package for accessible spreadsheets - and the two workbooks are compared sheet by
sheet and cell by cell. Whatever gptables' workbook has must be in caregap.xlsx:
sheets in the same order, texts, marked-up tables, cells with the same values and
types, links, notes with the same numbers, and looks. Ends with 1 otherwise.

What differs on purpose, and is not compared: widths of columns (gptables fits them to the
longest text, caregap wraps texts over 40 characters), and the order of the lines
above a table.
"""

import pathlib
import re
import sys
import tempfile
import warnings

import gptables
import openpyxl
import pandas

FIRST = ["Cover", "Contents", "Notes"]
LATIN = "latin: "
HEADING = "Introductoryinformation"  # gptables puts it above the texts of every cover
CODE = re.compile(r"(\[[a-z]\])+")
MARKER = re.compile(r"\[note (\d+)\]")


def table_of(sheet):
    """The one table of a sheet: its name, and its rows as cells."""
    (table,) = sheet.tables.values()
    return table.name, list(sheet[table.ref])


def above(sheet):
    """The texts above a sheet's table; all texts where it has none."""
    top = table_of(sheet)[1][0][0].row if sheet.tables else sheet.max_row + 1
    return [row[0].value for row in sheet.iter_rows(min_row=1, max_row=top - 1, max_col=1)]


def unnumbered(title):
    """A title whose notes gptables is to number itself."""
    words = latin(MARKER.sub("", title).strip())
    return " ".join([words, *(f"$$n{n}$$" for n in MARKER.findall(title))])


def as_gptable(sheet):
    name, rows = table_of(sheet)
    title, instructions, *rest = above(sheet)
    legend = [line for line in rest if line.startswith("Some shorthand")]
    source = [line for line in rest if line.startswith("Source: ")]
    subtitles = [line for line in rest if line not in legend + source]
    # Years and answer codes are numbers that name a row: to gptables index columns,
    # of which it has three, the first in bold.
    names = [i for i, c in enumerate(rows[1]) if isinstance(c.value, (int, float)) and c.alignment.horizontal == "left"]
    data = pandas.DataFrame([[latin(c.value) for c in row] for row in rows[1:]], columns=[c.value for c in rows[0]], dtype=object)
    return gptables.GPTable(
        table=data, table_name=name, title=unnumbered(title), instructions=instructions,
        legend=legend, source=source[0] if source else None, subtitles=subtitles, index_columns=dict(zip((2, 3), names)),
    )


def latin(value):
    """A text as gptables takes it, to which Hebrew, say, is all special characters."""
    return LATIN + value if isinstance(value, str) and not re.search("[A-Za-z0-9]", value) else value


def same(text):
    """A text without its spaces: gptables leaves some about note markers."""
    return re.sub(r"\s", "", text.removeprefix(LATIN)) if isinstance(text, str) else text


def as_cover(sheet):
    title, *lines = above(sheet)
    return gptables.Cover(title=latin(title), intro=lines, cover_label=sheet.title)


def written_by_gptables(book, path):
    sheets = {s.title: as_gptable(s) for s in book if s.title not in FIRST}
    notes = None
    if "Notes" in book.sheetnames:
        rows = table_of(book["Notes"])[1]
        notes = pandas.DataFrame(
            [[f"n{MARKER.match(row[0].value)[1]}", row[1].value] for row in rows[1:]], columns=["Note reference", "Note text"]
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gptables.write_workbook(path, sheets, cover=as_cover(book["Cover"]), notes_table=notes)
    return openpyxl.load_workbook(path)


def look(cell):
    """What a reader sees of a cell beside its value, as far as gptables sets it."""
    sides = {"general": "left" if isinstance(cell.value, str) else "right", None: "left" if isinstance(cell.value, str) else "right"}
    horizontal = cell.alignment.horizontal
    return {
        "font": cell.font.name, "size": cell.font.sz, "bold": bool(cell.font.b), "wraps": bool(cell.alignment.wrap_text),
        "line below": cell.border.bottom.style, "side": sides.get(horizontal, horizontal),
    }


def compare_look(theirs, ours, at, wrong, but=()):
    want, got = look(theirs), look(ours)
    if want["font"] == "Calibri":  # the program's default: gptables says nothing of it
        but = [*but, "font", "size"]
    for what, value in want.items():
        if what in but or what in ("bold", "wraps") and not value:
            continue  # more is not missing
        if what == "line below" and value is None:
            continue
        if got[what] != value:
            wrong.append(f"{at}: {what} is {got[what]}, in gptables {value}")


def is_of_counts(column):
    """A count may be known only as "fewer than 5", or no number of a column at all. To
    gptables the column is then one of words; caregap sets numbers and codes right."""
    if column[0].alignment.horizontal != "right":
        return False
    words = [c.value for c in column if isinstance(c.value, str)]
    return len(words) == len(column) or any(not CODE.fullmatch(w) for w in words)


def compare_tables(theirs, ours, wrong):
    name, want = table_of(theirs)
    own, got = table_of(ours)
    at = ours.title
    if name != own:
        wrong.append(f"{at}: table is called {own}, in gptables {name}")
    for sheet in (theirs, ours):
        (table,) = sheet.tables.values()
        if table.autoFilter is not None:
            wrong.append(f"{at}: a table has filter buttons")
    if [c.value for c in want[0]] != [c.value for c in got[0]][: len(want[0])]:
        wrong.append(f"{at}: headers are {[c.value for c in got[0]]}, in gptables {[c.value for c in want[0]]}")
    if len(want) != len(got):
        wrong.append(f"{at}: {len(got)} rows, in gptables {len(want)}")
    counts = [is_of_counts(column) for column in zip(*got[1:])]
    for own_row, their_row in zip(got, want):
        for i, (a, b) in enumerate(zip(own_row, their_row)):
            if type(a.value) is not type(b.value) and not (isinstance(a.value, (int, float)) and isinstance(b.value, (int, float))) or same(a.value) != same(b.value):
                wrong.append(f"{at}!{a.coordinate}: {a.value!r}, in gptables {b.value!r}")
            compare_look(b, a, f"{at}!{a.coordinate}", wrong, ["side"] if counts[i] else [])


def compare_links(theirs, ours, wrong):
    def links(sheet):
        return {c.value: c.hyperlink.location for row in sheet.iter_rows() for c in row if c.hyperlink}

    own = {k: v.replace("'", "") for k, v in links(ours).items()}
    for text, target in links(theirs).items():
        if own.get(text) != target.replace("'", ""):
            wrong.append(f"{ours.title}: {text} leads to {own.get(text)}, in gptables to {target}")


def compare_notes(theirs, ours, wrong):
    """gptables' notes have a number and a text; caregap's also where they are used."""
    want = [[c.value for c in row] for row in table_of(theirs)[1][1:]]
    got = [[MARKER.match(row[0].value)[1], row[1].value] for row in table_of(ours)[1][1:]]
    numbers = {re.sub(r"\D", "", str(n)): text for n, text in want}
    for n, text in got:
        if numbers.get(n) != text:
            wrong.append(f"Notes: note {n} is {text!r}, in gptables {numbers.get(n)!r}")


def compare(public):
    path = pathlib.Path(public) / "caregap.xlsx"
    ours = openpyxl.load_workbook(path)
    with tempfile.TemporaryDirectory() as folder:
        theirs = written_by_gptables(ours, f"{folder}/gptables.xlsx")
    wrong = []
    if theirs.sheetnames != ours.sheetnames:
        wrong.append(f"sheets are {ours.sheetnames}, in gptables {theirs.sheetnames}")
    for sheet in theirs:
        own = ours[sheet.title]
        compare_look(sheet["A1"], own["A1"], f"{own.title}!A1", wrong)
        if not own.sheet_view.showGridLines <= sheet.sheet_view.showGridLines:
            wrong.append(f"{own.title}: gridlines are shown, and hidden in gptables")
        if sheet.title == "Contents":
            compare_links(sheet, own, wrong)
            texts = {c.value for row in table_of(sheet)[1][1:] for c in row}
            have = {same(c.value) for row in table_of(own)[1] for c in row}
            wrong += [f"Contents: {text!r} is missing" for text in sorted(texts) if same(text) not in have]
            continue
        if sheet.title == "Notes":
            compare_notes(sheet, own, wrong)
            continue
        have = [same(t) for t in above(own)] + [HEADING]
        wrong += [f"{own.title}: {t!r} is missing" for t in above(sheet) if t and same(t) not in have]
        if sheet.tables:
            compare_tables(sheet, own, wrong)
    print(f"{path}: {len(ours.sheetnames)} sheets, {len(wrong)} things that gptables has and it has not")
    return [f"{path}: {w}" for w in wrong]


def main(folders):
    wrong = [w for folder in folders for w in compare(folder)]
    for w in wrong[:100]:
        print(w)
    return 1 if wrong or not folders else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
