#!/bin/bash
# The real Rucio beside Holdfast: its published server package of a pinned version in a virtual environment of its own.
# A bench's material, never a dependency: nothing of it is kept in this repository.
# usage: bench/rucio-peer.sh start [PORT]   on a database of the cluster at PORT, or on a cluster of its own
#        bench/rucio-peer.sh stop | status
#        bench/rucio-peer.sh restart        ends the server and starts it again; prints the seconds until its first answer
#        bench/rucio-peer.sh evaluate       lets the judge-evaluator do what is due, once
#        bench/rucio-peer.sh run COMMAND... runs a command of the environment with the peer's configuration
# Its state is kept in target/rucio-peer. Account root, identity bench, password bench.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
home=$root/target/rucio-peer
venv=$root/target/rucio-server
export RUCIO_CONFIG=$home/etc/rucio.cfg RUCIO_HOME=$home

alive() { [ -f "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null; }

ends() { # $1: file with a process id; waits until the process is gone
    alive "$1" || { rm -f "$1"; return 0; }
    local pid
    pid=$(cat "$1")
    kill "$pid"
    for _ in $(seq 1 300); do
        kill -0 "$pid" 2>/dev/null || { rm -f "$1"; return 0; }
        sleep 0.1
    done
    kill -KILL "$pid"
    rm -f "$1"
}

free_port() { "$venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Rucio keeps its caches in memcached; without one it keeps none at all.
start_memcached() {
    command -v memcached >/dev/null 2>&1 || return 1
    local user=()
    [ "$(id -u)" = 0 ] && user=(-u nobody)
    memcached "${user[@]}" -l 127.0.0.1 -p "$1" -m 256 >"$home/memcached.log" 2>&1 &
    echo $! >"$home/memcached.pid"
}

configure() { # $1: database port, $2: memcached port
    mkdir -p "$home/etc" "$home/log"
    cat >"$RUCIO_CONFIG" <<CFG
[common]
logdir = $home/log
loglevel = ERROR
mailtemplatedir = $venv/rucio/etc/mail_templates
[core]
default_mail_from = bench@example.org
[api]
endpoints_add = archives
[client]
rucio_host = http://127.0.0.1:$(cat "$home/port")
auth_host = http://127.0.0.1:$(cat "$home/port")
auth_type = userpass
username = bench
password = bench
account = root
[database]
default = postgresql+psycopg://postgres@127.0.0.1:$1/rucio
pool_size = 10
max_overflow = 10
pool_recycle = 3600
pool_reset_on_return = rollback
[bootstrap]
userpass_identity = bench
userpass_pwd = bench
userpass_email = bench@example.org
[alembic]
cfg = $home/etc/alembic.ini
[cache]
url = 127.0.0.1:$2
[policy]
permission = generic
schema = generic
lfn2pfn_algorithm_default = hash
extract_scope = dirac
CFG
    # The package brings a template; it says where the migrations lie only in general.
    sed "s|^sqlalchemy.url *=.*|sqlalchemy.url = postgresql+psycopg://postgres@127.0.0.1:$1/rucio|
        /^version_table_schema/d
        s|^script_location *=.*|script_location = rucio.db.sqla:migrate_repo|" \
        "$venv/rucio/etc/alembic.ini.template" >"$home/etc/alembic.ini"
}

bootstrap() {
    "$venv/bin/python" -c '
from rucio.db.sqla.util import build_database, create_base_vo, create_root_account
build_database()
create_base_vo()
create_root_account()' >"$home/bootstrap.log" 2>&1 || {
        echo "Rucio's database could not be made:" >&2
        tail -n 3 "$home/bootstrap.log" >&2
        exit 2
    }
}

serve() { # prints the seconds until the first answer
    local port began
    port=$(cat "$home/port")
    began=$(date +%s.%N)
    # From another folder, so that no configuration of this one is taken.
    (cd "$home" && HOME=$home exec "$venv/bin/gunicorn" --workers 4 --threads 4 --keep-alive 75 --timeout 600 --bind "127.0.0.1:$port" \
        rucio.web.rest.main:application) >"$home/gunicorn.log" 2>&1 &
    echo $! >"$home/server.pid"
    for _ in $(seq 1 600); do
        if (answers "$port") 2>/dev/null; then
            echo "$(date +%s.%N) $began" | awk '{ printf "%.2f\n", $1 - $2 }'
            return 0
        fi
        alive "$home/server.pid" || break
        sleep 0.02
    done
    echo "Rucio did not come up:" >&2
    tail -n 5 "$home/gunicorn.log" >&2
    exit 2
}

answers() { # $1: port
    local line=
    exec 4<>"/dev/tcp/127.0.0.1/$1" || return 1
    printf 'GET /ping HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&4
    read -r -t 30 line <&4 2>/dev/null
    exec 4<&- 4>&-
    case $line in *" 200 "*) return 0 ;; *) return 1 ;; esac
}

start() { # $1: port of a cluster, or nothing
    alive "$home/server.pid" && { status; return; }
    "$root/build/venv.sh" "$venv" "$root/bench/rucio/server-requirements.txt" || exit $?
    rm -rf "$home"
    mkdir -p "$home"
    local database=${1:-} cache
    if [ -z "$database" ]; then
        mktemp -d >"$home/cluster" || exit 2
        database=$("$root/bench/cluster.sh" start "$(cat "$home/cluster")") || exit $?
    fi
    free_port >"$home/port"
    cache=$(free_port)
    if start_memcached "$cache"; then
        echo "memcached" >"$home/cache"
    else
        echo "no memcached on this machine: no cache" >"$home/cache"
    fi
    configure "$database" "$cache"
    psql -q -h 127.0.0.1 -p "$database" -U postgres -c 'CREATE DATABASE rucio' || exit 2
    bootstrap
    serve >"$home/start-seconds" || exit 2
    status
}

status() {
    if alive "$home/server.pid"; then
        echo "ready http://127.0.0.1:$(cat "$home/port") pid $(cat "$home/server.pid"), $(cat "$home/cache"), first answer after $(cat "$home/start-seconds") s"
    else
        echo "the peer does not run"
        return 1
    fi
}

stop() {
    ends "$home/server.pid"
    ends "$home/memcached.pid"
    if [ -f "$home/cluster" ]; then
        "$root/bench/cluster.sh" stop "$(cat "$home/cluster")"
        rm -rf "$(cat "$home/cluster")" "$home/cluster"
    fi
}

case "${1:-}" in
    start) start "${2:-}" ;;
    stop) stop ;;
    status) status ;;
    restart) ends "$home/server.pid" && serve | tee "$home/start-seconds" ;;
    evaluate) cd "$home" && "$venv/bin/rucio-judge-evaluator" --run-once >"$home/evaluator.log" 2>&1 ;;
    run) shift && cd "$home" && exec "$venv/bin/$1" "${@:2}" ;;
    *) sed -n '4,9s/^# //p' "$0" >&2; exit 2 ;;
esac
