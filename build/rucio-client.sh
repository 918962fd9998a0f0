#!/bin/sh
# Installs the published Rucio client of one pinned version below target/, for the interoperability suite; skips what is there.
# Prints the folder of the virtual environment. Ends with 3, and one sentence why, where Python or the registry is missing.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
mkdir -p "$root/target"
"$root/build/venv.sh" "$root/target/rucio-client" "$root/build/rucio/client-requirements.txt" || exit $?
echo "$root/target/rucio-client"
