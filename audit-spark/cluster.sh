#!/bin/sh
# A standalone Spark cluster on this machine's loopback: a master and two workers, each a process of its own.
# usage: audit-spark/cluster.sh start [CORES-OF-A-WORKER [MEMORY-OF-A-WORKER]]   (1, 1g)
#        audit-spark/cluster.sh stop | status
# It is for trying and measuring; a cluster of several machines is set up as Spark's documentation says, with the jars of
# audit-spark/target/spark/jars in the jars folder of each machine. Only who can read its secret may send it work.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
state=$root/audit-spark/target/cluster

# Whether the process of a file of $state is one of ours and lives: an id may have been given to another since.
lives() { # $1: name
    [ -f "$state/$1.pid" ] || return 1
    ps -o args= -p "$(cat "$state/$1.pid")" 2>/dev/null | grep -q "org.apache.spark.deploy"
}

stop_one() { # $1: name
    if lives "$1"; then
        pid=$(cat "$state/$1.pid")
        kill "$pid"
        for _ in $(seq 1 100); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        if kill -0 "$pid" 2>/dev/null; then
            kill -9 "$pid"
        fi
    fi
    rm -f "$state/$1.pid"
}

stop() {
    # Workers first: they end what runs on them.
    for name in worker-1 worker-2 master; do
        stop_one "$name"
    done
    rm -f "$state/url" "$state/spark.properties"
}

begin() { # $1: name, $2...: class and arguments
    name=$1
    shift
    # shellcheck disable=SC2086
    nohup "$JAVA_HOME/bin/java" -Xmx256m $spark_opens --sun-misc-unsafe-memory-access=allow \
        --enable-native-access=ALL-UNNAMED -cp "$SPARK_HOME/jars/*" "$@" >"$state/$name.log" 2>&1 </dev/null &
    echo $! >"$state/$name.pid"
}

await() { # $1: name, $2: what its log says when it is ready
    for _ in $(seq 1 600); do
        grep -q "$2" "$state/$1.log" 2>/dev/null && return 0
        lives "$1" || break
        sleep 0.1
    done
    echo "audit-spark: the $1 did not come up; the end of $state/$1.log:" >&2
    tail -n 15 "$state/$1.log" >&2
    stop
    exit 2
}

start() { # $1: cores, $2: memory
    for name in master worker-1 worker-2; do
        if lives "$name"; then
            echo "audit-spark: a cluster runs already at $(cat "$state/url"); end it with: audit-spark/cluster.sh stop" >&2
            exit 2
        fi
    done
    . "$root/audit-spark/home.sh"
    rm -rf "$state"
    mkdir -p "$state"
    SPARK_LOCAL_IP=127.0.0.1
    export SPARK_LOCAL_IP
    (umask 077 && {
        echo "spark.authenticate true"
        echo "spark.authenticate.secret $(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')"
        echo "spark.executor.memory $2"
        echo "spark.driver.host 127.0.0.1"
        echo "spark.driver.bindAddress 127.0.0.1"
    } >"$state/spark.properties")
    begin master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0 \
        --properties-file "$state/spark.properties"
    await master "I have been elected leader"
    url=$(sed -n 's|.*Starting Spark master at \(spark://[^ ]*\).*|\1|p' "$state/master.log" | head -n 1)
    for worker in worker-1 worker-2; do
        begin "$worker" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --port 0 --webui-port 0 \
            --cores "$1" --memory "$2" --work-dir "$state/$worker" --properties-file "$state/spark.properties" "$url"
    done
    for worker in worker-1 worker-2; do
        await "$worker" "Successfully registered with master"
    done
    echo "$url" >"$state/url"
    echo "A master and two workers of $1 core(s) and $2 run at $url; compare with: audit-spark/run.sh --master cluster"
}

case ${1:-} in
    start) start "${2:-1}" "${3:-1g}" ;;
    stop) stop ;;
    status)
        for name in master worker-1 worker-2; do
            if lives "$name"; then echo "$name runs as $(cat "$state/$name.pid")"; else echo "$name does not run"; fi
        done
        ;;
    *)
        sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac
