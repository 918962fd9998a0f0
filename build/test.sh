#!/bin/sh
# Every test of the project: Maven's, then the shell's; ends with a table of suites, times and skips.
# HOLDFAST_SKIPS=fail (set by .ci/run) lets no skip pass; else a skip passes only when it states its reason.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
. build/jdk.sh
find_jdk || exit 2

build/setup.sh
# The test that wants it says so where it could not be had.
build/fts-client.sh >/dev/null || true
# Rucio's client, for a test that carries files with it; where it cannot be had, that test and build/test-rucio.sh say so.
build/rucio-client.sh >/dev/null 2>&1
# Reports of tests that no longer exist would count again.
rm -rf ./*/target/surefire-reports ./target/shell-tests.tsv
status=0
# What failed is told by the table at the end, so that one failure hides no other.
build/maven.sh --batch-mode --no-transfer-progress -Dstyle.color=never -Dcyclonedx.skip -Dmaven.test.failure.ignore=true verify || status=1
build/test-shell.sh || status=1
# Side by side, for each waits for servers of its own; built once, so that neither begins to build.
build/jars.sh || status=1
build/test-adopt.sh >target/test-adopt.txt 2>&1 &
adopting=$!
trap 'kill "$adopting" 2>/dev/null; exit 130' INT TERM
build/test-rucio.sh || status=1
wait "$adopting" || status=1
cat target/test-adopt.txt
"$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC build/Suites.java "${HOLDFAST_SKIPS:-reasoned}" || status=1
[ "$status" = 0 ] && echo "All tests passed." || echo "Something failed, see above." >&2
exit "$status"
