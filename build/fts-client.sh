#!/bin/sh
# Installs the published FTS client of one pinned version below target/, which holds the FTS endpoint of the tests true; skips what
# is there. Prints the program to run. Ends with 3, and one sentence why, where Python, M2Crypto or the registry is missing.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
# M2Crypto is Debian's, and so has to be the Python.
if ! /usr/bin/python3 -c 'import M2Crypto' 2>/dev/null; then
    echo "no M2Crypto: build/setup.sh installs it (python3-m2crypto)" >&2
    exit 3
fi
mkdir -p "$root/target"
HOLDFAST_PYTHON=/usr/bin/python3 "$root/build/venv.sh" "$root/target/fts-client" "$root/build/fts/client-requirements.txt" || exit $?
echo "$root/target/fts-client/bin/python"
