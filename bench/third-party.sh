#!/bin/sh
# Copies files at once between two real XRootD servers by HTTP third-party copy, the manager under 512 MB, and lets gfal-copy do the
# same for the ratio. In a network of its own, since XRootD listens on every interface.
# usage: bench/third-party.sh [FILES [BYTES]]   (default: 1,000 files of 1,000,000 bytes)
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
. build/jdk.sh
find_jdk || exit 2
classes=server/target/test-classes:server/target/classes:core/target/classes:formats/target/classes
if [ ! -f server/target/test-classes/holdfast/server/grid/ThirdPartyBench.class ]; then
    echo "bench/third-party.sh: nothing is built yet: run make test first" >&2
    exit 2
fi
tests=$(find "$HOME/.m2/repository/org/junit/jupiter" "$HOME/.m2/repository/org/opentest4j" "$HOME/.m2/repository/org/junit/platform" -name '*.jar' 2>/dev/null | tr '\n' ':')
work=$(mktemp -d) || exit 2
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"
build/loopback/bin/java -Xmx384m -cp "$classes:server/target/lib/*:$tests" holdfast.server.grid.ThirdPartyBench "${1:-1000}" "${2:-1000000}" "$work"
