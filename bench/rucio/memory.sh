#!/bin/sh
# What a server holds: figures for bench/rucio.sh, as lines SIDE WORK MEGABYTES MB less.
# usage: bench/rucio/memory.sh SIDE DATABASE-PORT DATABASE PID...   the server's first processes; their children count too
set -u
side=$1
port=$2
database=$3
shift 3

tree() { # $1: pid; it and all below it
    echo "$1"
    for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do tree "$child"; done
}
total() { # $1: name of a figure in smaps_rollup, the rest: pids; MB
    name=$1
    shift
    for pid in "$@"; do sed -n "s/^$name:[^0-9]*\([0-9]*\) kB/\1/p" "/proc/$pid/smaps_rollup" 2>/dev/null; done \
        | awk '{ s += $1 } END { printf "%.1f", s / 1024 }'
}

all=
for pid in "$@"; do all="$all $(tree "$pid")"; done
backends=$(psql -Atq -h 127.0.0.1 -p "$port" -U postgres -c "SELECT pid FROM pg_stat_activity WHERE datname = '$database' AND pid <> pg_backend_pid()" postgres)
# shellcheck disable=SC2086
{
    rss=$(total Rss $all)
    database_own=$(echo "$(total Private_Dirty $backends) $(total Private_Clean $backends)" | awk '{ print $1 + $2 }')
    echo "$side memory $rss MB less"
    echo "$side memory_shared_once $(total Pss $all) MB less"
    echo "$side memory_with_database $(echo "$rss $database_own" | awk '{ print $1 + $2 }') MB less"
}
