"""Validates the data packages of releases with frictionless.

    python frictionless_check.py PUBLIC...

Each PUBLIC is the public folder of a release. Ends with 1 when one of them is
not a valid package, or when a file of its tables folder is not described.
"""

import json
import pathlib
import sys

from frictionless import Package


def check(public: pathlib.Path) -> list[str]:
    """What is wrong with a release's tables, in words."""
    tables = public / "tables"
    descriptor = tables / "datapackage.json"
    report = Package(str(descriptor)).validate()
    wrong = [f"{descriptor}: {e.message}" for e in report.errors]
    rows = 0
    for task in report.tasks:
        wrong += [f"{tables / task.place}: {e.message}" for e in task.errors]
        wrong += [f"{tables / task.place}: {w}" for w in task.warnings]
        rows += task.stats["rows"]
    described = {r["path"] for r in json.loads(descriptor.read_text("utf-8"))["resources"]}
    found = {f.name for f in tables.glob("*.csv")}
    wrong += [f"{tables / name}: not in the data package" for name in sorted(found - described)]
    wrong += [f"{tables / name}: in the data package and not there" for name in sorted(described - found)]
    print(f"{public}: {len(report.tasks)} files, {rows} rows, {len(wrong)} problems")
    return wrong


def main(folders: list[str]) -> int:
    wrong = [w for folder in folders for w in check(pathlib.Path(folder))]
    for w in wrong:
        print(w)
    return 1 if wrong or not folders else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
