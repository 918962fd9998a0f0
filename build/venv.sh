#!/bin/sh
# Makes a Python virtual environment with exactly the packages of a locked list (versions and hashes); skips what is there.
# usage: build/venv.sh FOLDER REQUIREMENTS   ends with 3, and one sentence why, where Python or the registry is missing
# HOLDFAST_PYTHON names the Python to take (default: python3).
set -u
[ $# = 2 ] || { echo "usage: build/venv.sh FOLDER REQUIREMENTS" >&2; exit 2; }
folder=$1
list=$2
python=${HOLDFAST_PYTHON:-python3}
wanted=$(sha256sum <"$list") || exit 2

[ "$(cat "$folder/.made-from" 2>/dev/null)" = "$wanted" ] && [ -x "$folder/bin/python" ] && exit 0
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "no Python 3.11 or later: install python3, or name one by HOLDFAST_PYTHON" >&2
    exit 3
fi
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
rm -rf "$folder"
if ! "$python" -m venv "$folder" >"$log" 2>&1; then
    rm -rf "$folder"
    echo "Python's venv does not work here, install python3-venv: $(tail -n 1 "$log")" >&2
    exit 3
fi
echo "Installing the packages of $list below $folder (once) ..." >&2
if ! "$folder/bin/python" -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes -r "$list" >"$log" 2>&1; then
    rm -rf "$folder"
    echo "pip could not install $list, is the package registry reachable? $(grep -m 1 -i error "$log" || tail -n 1 "$log")" >&2
    exit 3
fi
echo "$wanted" >"$folder/.made-from"
