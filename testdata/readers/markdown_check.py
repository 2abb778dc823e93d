"""Reads report.md of releases as GitHub does and compares it with index.html.

    python markdown_check.py PUBLIC...

Each PUBLIC is the public folder of a release. GitHub's own renderer (cmark-gfm)
makes HTML of report.md; its tables must be the page's, cell by cell and in the same
order, its headings must be the page's, its pictures and links files of the release, and
nothing in it may be markup that a label brought along. Ends with 1 otherwise.
"""

import html.parser
import pathlib
import re
import sys

import cmarkgfm
from cmarkgfm.cmark import Options

PLAIN = {
    "h1", "h2", "h3", "h4", "p", "strong", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "img", "a", "br", "code", "em", "hr",
}

FILES = re.compile("Files?: |$")  # beside each figure and table of the page; the report links what it shows


def squeeze(text):
    """Words with single spaces; what keeps directions apart is no word."""
    return " ".join(re.sub("[\u2066-\u2069]", "", text).split())


class Reader(html.parser.HTMLParser):
    """Gathers the tables, headings, links and pictures of a page."""

    def __init__(self, unread=()):
        super().__init__()
        self.tables, self.headings, self.links, self.pictures, self.tags = [], [], [], [], set()
        self.paragraphs, self.paragraph, self.words = [], None, []
        self.unread = unread  # classes of elements that are not part of the text
        self.skipping, self.text = 0, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.add(tag)
        if self.skipping or tag in ("svg", "style", "script") or set((attrs.get("class") or "").split()) & set(self.unread):
            if tag not in ("img", "br", "meta", "link", "input", "hr"):
                self.skipping += 1
            return
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("th", "td", "h1", "h2", "h3", "h4"):
            self.text = []
        elif tag == "p":
            self.paragraph = []
        elif tag == "a":
            self.links.append(attrs.get("href", ""))
        elif tag == "img":
            self.pictures.append(attrs.get("src", ""))
            self.words.append(attrs.get("alt", ""))

    def handle_endtag(self, tag):
        if self.skipping:
            self.skipping -= 1
            return
        if tag in ("th", "td") and self.text is not None:
            self.tables[-1][-1].append(squeeze("".join(self.text)))
            self.text = None
        elif tag in ("h1", "h2", "h3", "h4") and self.text is not None:
            self.headings.append(squeeze("".join(self.text)))
            self.text = None
        elif tag == "p" and self.paragraph is not None:
            self.paragraphs.append(squeeze("".join(self.paragraph)))
            self.paragraph = None

    def handle_data(self, data):
        if not self.skipping:
            self.words.append(data)
            if self.paragraph is not None:
                self.paragraph.append(data)
        if self.text is not None and not self.skipping:
            self.text.append(data)


def read(text, unread=()):
    reader = Reader(unread)
    reader.feed(text)
    return reader


def check(public):
    rendered = cmarkgfm.github_flavored_markdown_to_html((public / "report.md").read_text("utf-8"), options=Options.CMARK_OPT_UNSAFE)
    report, page = read(rendered), read((public / "index.html").read_text("utf-8"), unread=["vh"])
    wrong = []
    if extra := report.tags - PLAIN:
        wrong.append(f"markup came through: {sorted(extra)}")
    if len(report.tables) != len(page.tables):
        wrong.append(f"{len(report.tables)} tables, on the page {len(page.tables)}")
    for i, (own, other) in enumerate(zip(report.tables, page.tables)):
        if own != other:
            at = next((n for n, (a, b) in enumerate(zip(own, other)) if a != b), min(len(own), len(other)))
            wrong.append(f"table {i + 1}, row {at}: {own[at:at + 1]}, on the page {other[at:at + 1]}")
    for path in report.links + report.pictures:
        if not re.match(r"[a-z]+:|//", path) and (public / path.split("#")[0]).exists():
            continue
        wrong.append(f"{path} is no file of the release")
    own = [h.replace(":", "") for h in report.headings]
    titles = [h for h in page.headings if h.replace(":", "") not in own and h != "Contents"]
    wrong += [f"the heading {h!r} is on the page and not in the report" for h in titles]
    words = squeeze(" ".join(report.words))
    wrong += [f"the paragraph {p!r} is on the page and not in the report" for p in page.paragraphs if p not in words and not FILES.match(p)]
    print(f"{public}: {len(report.tables)} tables, {len(report.headings)} headings, {len(report.pictures)} pictures, {len(wrong)} problems")
    return [f"{public}: {w}" for w in wrong]


def main(folders):
    wrong = [w for folder in folders for w in check(pathlib.Path(folder))]
    for w in wrong[:100]:
        print(w)
    return 1 if wrong or not folders else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
