#!/bin/sh
# Runs Maven on a JDK 25 or later: `build/maven.sh verify`, `build/maven.sh -q -pl core test`.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
. "$root/build/jdk.sh"
find_jdk || exit 2
if ! command -v mvn >/dev/null 2>&1; then
    echo "Holdfast needs Maven 3.8 or later to build: install it (apt install maven, dnf install maven, brew install maven)." >&2
    exit 2
fi
# Only keeps Maven's own libraries from warning on a new JDK.
MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
export MAVEN_OPTS
cd "$root" && exec mvn "$@"
