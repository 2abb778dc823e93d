#!/bin/sh
# tools.sh chromium|axe prints the path of the browser, or of axe-core's script in
# the version that is named here. What is not there is installed or fetched where
# that can be done, and otherwise named. axe-core is put into out/ and never shipped.
set -eu
axe_version=4.14.1
axe_hash=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
made=$(cd "$(dirname "$0")/../../.." && pwd)/out/axe

missing() {
  echo "$1 is missing; on Debian: apt-get install $2" >&2
  exit 1
}

# debian PROGRAM PACKAGE... installs packages where root may, and says so otherwise.
debian() {
  program=$1
  shift
  command -v "$program" >/dev/null && return
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    missing "$program" "$*"
  fi
  DEBIAN_FRONTEND=noninteractive
  export DEBIAN_FRONTEND
  { apt-get update -q && apt-get install -y -q --no-install-recommends "$@"; } >&2 || missing "$program" "$*"
}

case ${1-} in
chromium)
  debian chromium chromium fonts-liberation
  command -v chromium
  ;;
axe)
  script=$made/axe-$axe_version.min.js
  if [ ! -s "$script" ]; then
    debian npm npm
    mkdir -p "$made"
    if ! (cd "$made" && npm pack --silent "axe-core@$axe_version") >/dev/null; then
      echo "axe-core $axe_version cannot be fetched: is there a network?" >&2
      exit 1
    fi
    tar -xzf "$made/axe-core-$axe_version.tgz" -C "$made" package/axe.min.js
    mv "$made/package/axe.min.js" "$script"
  fi
  if ! echo "$axe_hash  $script" | sha256sum -c --status; then
    echo "$script is not what axe-core $axe_version is" >&2
    exit 1
  fi
  echo "$script"
  ;;
*)
  echo "usage: tools.sh chromium|axe" >&2
  exit 64
  ;;
esac
