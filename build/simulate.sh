#!/bin/sh
# Plays the simulation of the whole house: seeds 1 to N after all past failures, `N FROM` the later ones of them only, or
# `seed N` one of them, told in full.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
. build/jdk.sh
find_jdk || exit 2
what=holdfast.simulation.seeds
if [ "${1:-}" = seed ]; then
    what=holdfast.simulation.replay
    shift
fi
case "${1:-}" in
'' | *[!A-Z:0-9]*)
    echo "Say which seed: make replay SEED=7. A run that fails prints the seed's number." >&2
    exit 2
    ;;
esac
build/maven.sh -q --batch-mode -Dstyle.color=never -Djacoco.skip -Dcyclonedx.skip -Dspotless.check.skip \
    -pl server -am test -Dtest='SimulationTest#theHouseKeepsItsPromisesOnEverySeed' "-D$what=$1" "-Dholdfast.simulation.from=${2:-1}" -Dholdfast.simulation.minutes=1000 ||
    exit 1
