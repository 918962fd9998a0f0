#!/bin/sh
# Runs script $1 of this repository on fresh jars and a JDK 25, or says that there is none yet.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
if [ ! -x "$1" ]; then
    echo "There is no $1 in this version, so there is nothing to run yet; 'make test' works." >&2
    exit 2
fi
. build/jdk.sh
find_jdk || exit 2
build/jars.sh || exit 2
exec "$@"
