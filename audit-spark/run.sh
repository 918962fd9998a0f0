#!/bin/sh
# Compares dumps on Spark: the same question and the same findings as `holdfast audit compare`.
# usage: audit-spark/run.sh --catalogue FILE --listing FILE [--out FINDINGS] [--json]
#            [--master local[N]|spark://HOST:PORT|cluster] [--ranges N] [--temporary DIR]
# --master cluster is the one that audit-spark/cluster.sh started. Exit codes: 0 nothing found, 1 found, 2 wrong use.
# HOLDFAST_SPARK_MEMORY: heap of this process (2g). HOLDFAST_SPARK_PROPERTIES: a file with more settings of Spark.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
. "$root/audit-spark/home.sh"

state=$module/target/cluster
count=$#
while [ "$count" -gt 0 ]; do
    word=$1
    shift
    count=$((count - 1))
    if [ "$word" = cluster ] && [ "${before:-}" = --master ]; then
        if [ ! -f "$state/url" ]; then
            echo "audit-spark: no cluster runs here; start one with: audit-spark/cluster.sh start" >&2
            exit 2
        fi
        word=$(cat "$state/url")
        HOLDFAST_SPARK_PROPERTIES=$state/spark.properties
        SPARK_LOCAL_IP=127.0.0.1
        export HOLDFAST_SPARK_PROPERTIES SPARK_LOCAL_IP
    fi
    [ "${before:-}" = --master ] && master=$word
    before=$word
    set -- "$@" "$word"
done

# Who runs in one process needs no address that others can reach.
case ${master:-local} in
    local*) SPARK_LOCAL_IP=127.0.0.1 && export SPARK_LOCAL_IP ;;
esac
# shellcheck disable=SC2086
exec "$JAVA_HOME/bin/java" -Xmx"${HOLDFAST_SPARK_MEMORY:-2g}" $spark_opens --sun-misc-unsafe-memory-access=allow \
    --enable-native-access=ALL-UNNAMED -Dlog4j2.configurationFile="$module/log4j2.properties" \
    -cp "$SPARK_HOME/jars/*" holdfast.spark.AuditSpark "$@"
