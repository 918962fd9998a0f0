#!/bin/bash
# What PostgreSQL itself can do with the rows that Holdfast keeps: the limit column of bench/rucio.sh.
# usage: bench/limits.sh PORT DATABASE   a database in which the bench has left its last dataset of files
# Prints lines `limit WORK NUMBER UNIT more`. The tables are copied, structure and indexes, into a database of its own.
#   add_replicas          COPY of the same rows of file and copy, 1,000 files a transaction
#   add_files_to_dataset  COPY of the same rows of member, likewise
#   list_replicas         member, file and copy of the dataset read in order of their keys, and thrown away
#   list_files/_content   member and file, likewise
#   get_did               the row of a file by its key, pgbench, 16 clients
set -u
port=$1
database=$2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"; psql -q -h 127.0.0.1 -p "$port" -U postgres -c "DROP DATABASE IF EXISTS limits" postgres 2>/dev/null' EXIT
sql() { psql -Atq -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U postgres "$@"; }
cd "$work" || exit 2

dataset=$(sql -c "SELECT dataset_id FROM dataset_home GROUP BY 1 ORDER BY sum(files) DESC, dataset_id DESC LIMIT 1" "$database") || exit 2
[ -n "$dataset" ] || { echo "bench/limits.sh: $database holds no dataset with files" >&2; exit 2; }
homes="SELECT home FROM dataset_home WHERE dataset_id = $dataset"
files=$(sql -c "SELECT sum(files) FROM dataset_home WHERE dataset_id = $dataset" "$database")

sql -c 'CREATE DATABASE limits' postgres || exit 2
pg_dump -s -h 127.0.0.1 -p "$port" -U postgres -t file -t copy -t member "$database" 2>/dev/null \
    | grep -v -i 'foreign key\|^ *references' | psql -q -h 127.0.0.1 -p "$port" -U postgres limits >/dev/null 2>&1
for table in file copy; do
    sql -c "COPY (SELECT t.* FROM $table t WHERE home IN ($homes) ORDER BY home, leaf) TO STDOUT" "$database" >"$table"
done
sql -c "COPY (SELECT * FROM member WHERE dataset_id = $dataset ORDER BY home, leaf) TO STDOUT" "$database" >member
# A directory holds 1,000 files here; the rows of as many directories as make a call.
for table in file copy member; do split -n "l/$(((files + 999) / 1000))" -d -a 4 "$table" "$table."; done

# $1: work, $2: unit, the rest: tables; three loads into empty tables, the median.
loaded() {
    local work=$1 unit=$2 n part table seconds=()
    shift 2
    {
        echo "SELECT extract(epoch FROM clock_timestamp());"
        for part in "$1".????; do
            n=${part##*.}
            echo "BEGIN;"
            for table in "$@"; do echo "\\copy $table FROM '$table.$n'"; done
            echo "COMMIT;"
        done
        echo "SELECT extract(epoch FROM clock_timestamp());"
    } >load.sql
    for _ in 1 2 3; do
        sql -c "TRUNCATE file, copy, member CASCADE" limits || return
        seconds+=("$(sql -f load.sql limits | awk 'NR == 1 { a = $1 } END { print $1 - a }')")
    done
    echo "limit $work $(median "$files" "${seconds[@]}") $unit more"
}

median() { # $1: number of things, the rest: seconds; things a second
    local things=$1
    shift
    printf '%s\n' "$@" | sort -n | awk -v n="$things" '{ a[NR] = $1 } END { printf "%.1f", n / a[int((NR + 1) / 2)] }'
}

read_in_order() { # $1: work, $2: unit, the rest: tables
    local work=$1 unit=$2 table seconds=()
    shift 2
    {
        echo "SELECT 'at', extract(epoch FROM clock_timestamp());"
        for table in "$@"; do
            case $table in
                member) echo "COPY (SELECT home, leaf FROM member WHERE dataset_id = $dataset AND home IN ($homes) ORDER BY home, leaf) TO STDOUT;" ;;
                *) echo "COPY (SELECT * FROM $table WHERE home IN ($homes) ORDER BY home, leaf) TO STDOUT;" ;;
            esac
        done
        echo "SELECT 'at', extract(epoch FROM clock_timestamp());"
    } >read.sql
    for _ in 1 2 3 4 5; do
        seconds+=("$(sql -f read.sql "$database" | grep -a '^at|' | awk -F'|' 'NR == 1 { a = $2 } END { print $2 - a }')")
    done
    echo "limit $work $(median "$files" "${seconds[@]}") $unit more"
}

loaded add_replicas files/s file copy
loaded add_files_to_dataset files/s member
read_in_order list_replicas files/s member file copy
read_in_order list_files rows/s member file
read_in_order list_content rows/s member file

sql -c "CREATE TABLE IF NOT EXISTS bench_key AS SELECT row_number() OVER () AS i, home, leaf FROM member WHERE dataset_id = $dataset; CREATE INDEX IF NOT EXISTS bench_key_i ON bench_key (i); ANALYZE bench_key" "$database"
cat >get.sql <<SQL
\set i random(1, $files)
SELECT f.* FROM bench_key k JOIN file f USING (home, leaf) WHERE k.i = :i;
SQL
pgbench -n -h 127.0.0.1 -p "$port" -U postgres -c 16 -j 2 -M prepared -T 5 -f get.sql "$database" 2>/dev/null \
    | sed -n 's/^tps = \([0-9.]*\).*/limit get_did \1 1\/s more/p'
sql -c "DROP TABLE bench_key" "$database"
