#!/bin/bash
# The big audit: dumps of many rows with planted differences, compared by one process, by Spark in one process, and by a
# standalone Spark cluster of two workers; says what each found, how long it took and how much memory it held.
# usage: bench/big-audit.sh [FILES [SEED]]   (default: 10000000 1)
# Some 400 bytes a file are written below a temporary folder (TMPDIR), which is removed at the end. Not a part of
# `make bench`: it takes minutes, and needs Spark's libraries.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
files=${1:-10000000}
seed=${2:-1}
. build/jdk.sh
find_jdk || exit 2
export JAVA_HOME
build/jars.sh --if-missing || exit 2
work=$(mktemp -d) || exit 2
trap 'audit-spark/cluster.sh stop; rm -rf "$work"' EXIT
status=0
ticks=$(getconf CLK_TCK)

# What each process of a measurement held and used so far, as lines "pid kB-at-its-highest clock-ticks", until $1 ends.
watch() { # $1: pid, $2: file, $3...: further pids whose children are looked at too
    local pid=$1 to=$2 p
    shift 2
    while kill -0 "$pid" 2>/dev/null; do
        for p in "$pid" "$@" $(for w in "$@"; do cat /proc/"$w"/task/*/children 2>/dev/null; done); do
            echo "$p $(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$p/status" 2>/dev/null)" \
                "$(awk '{ print $14 + $15 }' "/proc/$p/stat" 2>/dev/null)"
        done | awk 'NF == 3' >>"$to"
        sleep 0.2
    done
}
# The sum over all processes of column $2's highest, divided by $3.
sum() { # $1: file of watch
    awk -v c="$2" -v d="$3" '{ if ($c > high[$1]) high[$1] = $c } END { for (p in high) s += high[p]; printf "%d", s / d }' "$1"
}

measure() { # $1: name, $2: findings file, $3: pids to look at too, $4...: command
    local name=$1 findings=$2 more=$3 begin seconds pid code wrong
    shift 3
    begin=$(date +%s.%N)
    "$@" >"$work/said" 2>"$work/err" &
    pid=$!
    # shellcheck disable=SC2086
    watch "$pid" "$work/memory" $more
    wait "$pid"
    code=$?
    seconds=$(echo "$(date +%s.%N) $begin" | awk '{ printf "%.1f", $1 - $2 }')
    if [ "$code" != 1 ]; then
        echo "bench/big-audit.sh: $name ended with $code:" >&2
        cat "$work/said" "$work/err" >&2
        status=1
        return
    fi
    # Missed ones and invented ones alike.
    wrong=$(grep -v '^#' "$findings" | cut -f1,2 | LC_ALL=C sort | LC_ALL=C comm -3 - "$work/planted.sorted" | wc -l)
    [ "$wrong" = 0 ] || status=1
    printf '  %-46s %8s %7s %8s %9s %6s  %s\n' "$name" "$seconds" "$(sum "$work/memory" 3 "$ticks")" \
        "$(sum "$work/memory" 2 1024)" "$(grep -vc '^#' "$findings")" "$wrong" "$(sha256sum <"$findings" | cut -c1-16)"
    rm -f "$work/memory"
}

echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"
"$JAVA_HOME/bin/java" bench/BigAuditDumps.java "$files" "$seed" "$work" || exit 2
LC_ALL=C sort "$work/planted.tsv" >"$work/planted.sorted"
cut -f1 "$work/planted.tsv" | sort | uniq -c | awk '{ printf "  planted %s %s\n", $2, $1 }'
dumps=(--catalogue "$work/catalogue.tsv" --listing "$work/listing.tsv" --temporary "$work")
audit-spark/run.sh --help >/dev/null || exit 2 # builds it when it is missing
cat "$work/catalogue.tsv" "$work/listing.tsv" >/dev/null # the page cache is warm for all

printf '  %-46s %8s %7s %8s %9s %6s  %s\n' "load $(cut -d' ' -f1 /proc/loadavg)" seconds "CPU s" "peak MB" findings wrong \
    "findings' SHA-256"
export HOLDFAST_JAVA_OPTIONS=-Xmx512m
measure "built in, heap 512 MB" "$work/built-in.tsv" "" \
    ./holdfast audit compare "${dumps[@]}" --out "$work/built-in.tsv"
unset HOLDFAST_JAVA_OPTIONS
export HOLDFAST_SPARK_MEMORY=2g
measure "Spark local[2], heap 2 GB" "$work/local.tsv" "" \
    audit-spark/run.sh --master 'local[2]' "${dumps[@]}" --out "$work/local.tsv"
export HOLDFAST_SPARK_MEMORY=512m
if audit-spark/cluster.sh start 1 1g >/dev/null; then
    workers="$(cat audit-spark/target/cluster/worker-1.pid) $(cat audit-spark/target/cluster/worker-2.pid)"
    measure "Spark cluster, two workers of 1 core and 1 GB" "$work/cluster.tsv" \
        "$workers $(cat audit-spark/target/cluster/master.pid)" \
        audit-spark/run.sh --master cluster "${dumps[@]}" --out "$work/cluster.tsv"
    audit-spark/cluster.sh stop
else
    status=1
fi
cmp "$work/built-in.tsv" "$work/local.tsv" && cmp "$work/built-in.tsv" "$work/cluster.tsv" \
    && echo "  all three wrote the same bytes" || status=1
exit "$status"
