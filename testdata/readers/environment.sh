#!/bin/sh
# environment.sh NAME makes the Python environment out/python/NAME with the
# packages of NAME.txt, unless it is there with those very packages, and prints
# the path of its interpreter. What is missing is said.
set -eu
here=$(dirname "$0")
wanted=$here/$1.txt
made=$here/../../out/python/$1

if [ -x "$made/bin/python" ] && cmp -s "$wanted" "$made/wanted.txt"; then
  echo "$made/bin/python"
  exit 0
fi
if ! python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
  echo "Python 3.10 or later with venv is missing; on Debian: apt-get install python3-venv" >&2
  exit 1
fi
rm -rf "$made"
python3 -m venv "$made" >&2
if ! "$made/bin/python" -m pip install --quiet --disable-pip-version-check -r "$wanted" >&2; then
  echo "the packages of $wanted cannot be installed: is there a network?" >&2
  exit 1
fi
cp "$wanted" "$made/wanted.txt"
echo "$made/bin/python"
