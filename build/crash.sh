#!/bin/sh
# The crash tests alone: crash.sh POINT CUT MORE SEEDS, each of which may be empty.
# POINT is a failpoint such as 'before Disk.sync(FileChannel)#3', CUT the number of a seed of power cuts.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
tests='CrashTest,*PowerCutTest'
[ -n "$1" ] && tests=CrashTest
[ -n "$2" ] && tests='*PowerCutTest'
exec build/maven.sh -q -pl server -am test "-Dtest=$tests" -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip \
    "-Dholdfast.crash.point=$1" "-Dholdfast.powercut.seed=$2" "-Dholdfast.crash.more=${3:-200}" \
    "-Dholdfast.powercut.seeds=${4:-5000}"
