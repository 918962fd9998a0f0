#!/bin/sh
# The suite of the optional module audit-spark, which no other module needs. Where Spark's libraries (about 200 MB) are not
# in the local repository and cannot be fetched, it leaves a report of a skipped test that says so.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
if build/maven.sh --batch-mode --no-transfer-progress -Dstyle.color=never -Paudit-spark -pl audit-spark -am \
    -Dtest='holdfast.spark.*Test' -Djacoco.skip verify >"$log" 2>&1; then
    grep -E 'Tests run:.*(Time elapsed|Skipped)' "$log" | tail -n 1
    exit 0
fi
if grep -qE 'Could not (resolve dependencies|transfer artifact|find artifact)|Non-resolvable import POM' "$log" &&
    ! grep -q 'There are test failures' "$log"; then
    why="Spark's libraries are not in the local Maven repository and could not be fetched; with a network, run: build/maven.sh -Paudit-spark -pl audit-spark -am -DskipTests package"
    echo "audit-spark: $why" >&2
    mkdir -p audit-spark/target/surefire-reports
    cat >audit-spark/target/surefire-reports/TEST-holdfast.spark.SparkComparisonTest.xml <<REPORT
<testsuite name="holdfast.spark.SparkComparisonTest" tests="1" failures="0" errors="0" skipped="1" time="0">
  <testcase name="all"><skipped message="$why"/></testcase>
</testsuite>
REPORT
    exit 0
fi
cat "$log"
exit 1
