# Read by run.sh and cluster.sh: finds a JDK, builds the module when it is missing, and lays out a SPARK_HOME.
# Sets SPARK_HOME (with its jars folder), spark_opens (what Spark needs of the JDK's inside) and JAVA_HOME.
module=$root/audit-spark
. "$root/build/jdk.sh"
find_jdk || exit 2

built_freshly() {
    [ -f "$module/target/holdfast-audit-spark.jar" ] && [ -f "$module/target/classpath" ] || return 1
    [ -z "$(find "$root"/core/src/main "$root"/formats/src/main "$module"/src/main "$module/pom.xml" -type f \
        -newer "$module/target/classpath" -print | head -n 1)" ]
}

build_module() {
    echo "audit-spark: building it once (the first time Maven also fetches Spark, about 200 MB) ..." >&2
    log=$(mktemp) || exit 2
    if ! "$root/build/maven.sh" -q -Paudit-spark -pl audit-spark -am -DskipTests package >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "audit-spark: it could not be built, see above. Without a network the libraries must have been fetched" >&2
        echo "before; 'holdfast audit compare' answers the same question on one machine without Spark." >&2
        rm -f "$log"
        exit 2
    fi
    rm -f "$log"
    touch "$module/target/classpath"
}

lay_out() {
    SPARK_HOME=$module/target/spark
    if [ ! -d "$SPARK_HOME/jars" ] || [ "$module/target/classpath" -nt "$SPARK_HOME/jars" ]; then
        rm -rf "$SPARK_HOME/jars"
        mkdir -p "$SPARK_HOME/jars"
        # The list ends without a line's end.
        (tr ':' '\n' <"$module/target/classpath"; echo; echo "$module/target/holdfast-audit-spark.jar") | while read -r jar; do
            [ -n "$jar" ] && ln -sf "$jar" "$SPARK_HOME/jars/"
        done
    fi
}

built_freshly || build_module
lay_out
spark_opens=$(sed -n 's|.*<spark.opens>\(.*\)</spark.opens>.*|\1|p' "$module/pom.xml")
SPARK_SCALA_VERSION=2.13
export SPARK_HOME JAVA_HOME SPARK_SCALA_VERSION
# Names of files are read and written as UTF-8 whatever the locale says.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]-8 | *[Uu][Tt][Ff]8) ;;
    *) LC_ALL=C.UTF-8 && export LC_ALL ;;
esac
