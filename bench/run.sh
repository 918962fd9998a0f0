#!/bin/sh
# Every bench, one after the other; each says what it measures. Figures are of this machine and this moment.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime)"
status=0
bench/digests || status=1
bench/judgement || status=1
bench/loss || status=1
bench/ingest.sh || status=1
bench/rucio.sh || status=1
exit "$status"
