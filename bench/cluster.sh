#!/bin/sh
# A PostgreSQL 15 cluster for benches, from the system's programs: loopback only, on a free port, every connection trusted,
# synchronous as in production. Both sides of a comparison run on one such cluster.
# usage: bench/cluster.sh start FOLDER    makes and starts it in a new folder; prints its port
#        bench/cluster.sh stop FOLDER     ends it; the folder stays
set -u
case "${1:-}" in start | stop) ;; *) sed -n '4,5s/^# //p' "$0" >&2; exit 2 ;; esac
folder=${2:?usage: bench/cluster.sh start|stop FOLDER}

bin=${HOLDFAST_POSTGRES15_BIN:-}
for one in /usr/lib/postgresql/15/bin /usr/pgsql-15/bin /usr/local/pgsql-15/bin; do
    [ -z "$bin" ] && [ -x "$one/initdb" ] && bin=$one
done
[ -x "$bin/initdb" ] || { echo "no PostgreSQL 15 on this machine: build/setup.sh installs it, or HOLDFAST_POSTGRES15_BIN names its programs" >&2; exit 3; }

# PostgreSQL does not run as root.
as_owner() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}

if [ "$1" = stop ]; then
    [ -f "$folder/data/postmaster.pid" ] || exit 0
    cd "$folder" && as_owner "$bin/pg_ctl" -D "$folder/data" -m fast -w -t 60 stop >/dev/null
    exit
fi

mkdir -p "$folder" || exit 2
folder=$(cd "$folder" && pwd)
[ "$(id -u)" = 0 ] && chown 65534:65534 "$folder"
chmod 711 "$folder"
cd "$folder" || exit 2
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])') || exit 3
as_owner "$bin/initdb" -D "$folder/data" -U postgres -A trust --no-sync --locale=C.UTF-8 --encoding=UTF8 >"$folder/initdb.log" 2>&1 || {
    echo "initdb failed: $(tail -n 1 "$folder/initdb.log"); the folder must lie where the account nobody can go" >&2
    exit 2
}
cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = $port
max_connections = 200
shared_buffers = ${HOLDFAST_BENCH_BUFFERS:-512MB}
max_wal_size = 4GB
wal_compression = lz4
jit = off
timezone = 'UTC'
CONF
as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/postgres.log" -w -t 60 start >/dev/null || {
    echo "PostgreSQL did not start: $(tail -n 2 "$folder/postgres.log")" >&2
    exit 2
}
echo "$port"
