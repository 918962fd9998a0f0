#!/bin/sh
# Lists an element of many files with planted differences (missing, dark, of another size) under a heap of 256 MB, by the house's
# listing round and by dumps; says what was found of what was planted. The element is a real XRootD in a network of its own,
# or with "posix" a folder. The embedded PostgreSQL is the tests', which does not wait for its disk.
# usage: bench/list-element.sh [xrootd|posix [FILES [FILES-IN-A-FOLDER [DIFFERENCES]]]]   (default: xrootd 1000000 1000 3000)
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
. build/jdk.sh
find_jdk || exit 2
classes=server/target/test-classes:server/target/classes:core/target/classes:formats/target/classes
if [ ! -f server/target/test-classes/holdfast/server/work/ScanBench.class ]; then
    echo "bench/list-element.sh: nothing is built yet: run make test first" >&2
    exit 2
fi
tests=$(find "$HOME/.m2/repository/org/junit/jupiter" "$HOME/.m2/repository/org/opentest4j" "$HOME/.m2/repository/org/junit/platform" -name '*.jar' 2>/dev/null | tr '\n' ':')
work=$(mktemp -d) || exit 2
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"
build/loopback/bin/java "-Xmx${HOLDFAST_BENCH_HEAP:-256m}" --enable-native-access=ALL-UNNAMED "-Djava.io.tmpdir=$work" \
    -cp "$classes:server/target/lib/*:$tests" holdfast.server.work.ScanBench \
    "${1:-xrootd}" "${2:-1000000}" "${3:-1000}" "${4:-3000}" "$work"
