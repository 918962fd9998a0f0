#!/bin/sh
# Sends random requests to every route of a server with hidden data, and looks for an answer 500, a leak, and memory that grows.
# usage: bench/fuzz.sh [SECONDS [SEED]]   (default: 1800 seconds, a new seed, which is printed)
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
. build/jdk.sh
find_jdk || exit 2
classes=server/target/test-classes:server/target/classes:core/target/classes:formats/target/classes:cli/target/classes
if [ ! -f server/target/test-classes/holdfast/server/config/Fuzz.class ] || [ ! -d server/target/lib ]; then
    echo "bench/fuzz.sh: nothing is built yet: run make test first" >&2
    exit 2
fi
assertj=$(find "${HOME}/.m2/repository/org/assertj" -name 'assertj-core-*.jar' 2>/dev/null | head -1)
exec "$JAVA_HOME/bin/java" -Xmx768m -Dholdfast.rates=1000,100000,5000,100000 --enable-native-access=ALL-UNNAMED \
    -cp "$classes:server/target/lib/*:$assertj" holdfast.server.config.Fuzz "${1:-1800}" "${2:-0}"
