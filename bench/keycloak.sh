#!/bin/bash
# Logs in through a real Keycloak: in a browser (authorization code with PKCE) and on the command line (device code), and prints
# what was seen at each step. Keycloak comes from the Maven registry, pinned, below target/ (177 MB, once); all listens on loopback.
# usage: bench/keycloak.sh
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
. build/jdk.sh
find_jdk || exit 2
build/jars.sh --if-missing || exit 2

version=26.7.3
sum=27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f
home=target/keycloak/keycloak-$version
if [ ! -f "$home/.whole" ]; then
    echo "Fetching Keycloak $version below target/keycloak (once) ..."
    rm -rf target/keycloak
    build/maven.sh -q -N org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dmdep.useBaseVersion=true \
        -Dartifact="org.keycloak:keycloak-quarkus-dist:$version:zip" -DoutputDirectory="$root/target/keycloak" || exit 3
    zip=target/keycloak/keycloak-quarkus-dist-$version.zip
    echo "$sum  $zip" | sha256sum -c --quiet || exit 3
    (cd target/keycloak && "$JAVA_HOME/bin/jar" xf "${zip##*/}") && rm "$zip" && touch "$home/.whole" || exit 3
fi

work=$(mktemp -d) || exit 2
chmod 711 "$work"
keycloak=
house=
cleanup() {
    for process in $house $keycloak; do kill "$process" 2>/dev/null && wait "$process" 2>/dev/null; done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

free() { "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 bench/keycloak/FreePort.java; }
at=$(free)
issuer=http://127.0.0.1:$at/realms/lab
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
cat >"$work/issuers.yaml" <<END
holdfast-issuers: 1
issuers:
  lab:
    url: "$issuer"
    audiences: https://data.example.org
    profile: plain
    client: { id: holdfast, device-id: holdfast-cli }
END
./holdfast serve --data "$work/house" --port 0 --plan plans/small-lab.yaml --issuers "$work/issuers.yaml" >"$work/serve.log" 2>"$work/serve.err" &
house=$!
url=
for _ in $(seq 1 600); do
    url=$(sed -n 's/^ready \(http[^ ]*\).*/\1/p' "$work/serve.log" | head -n 1)
    [ -n "$url" ] && break
    kill -0 "$house" 2>/dev/null || { tail -n 5 "$work/serve.err" >&2; exit 2; }
    sleep 0.1
done
url=${url%/}

# Everything that it writes lies in the folder of this run: the unpacked one stays as it came.
mkdir -p "$work/keycloak"
cp -r "$home/." "$work/keycloak" && mkdir -p "$work/keycloak/data/import"
sed "s|HOUSE|$url|; s|PASSWORD|$password|" bench/keycloak/realm.json >"$work/keycloak/data/import/lab-realm.json"
env JAVA_OPTS_APPEND="-Xmx512m" sh "$work/keycloak/bin/kc.sh" start-dev --http-host=127.0.0.1 --http-port="$at" --import-realm >"$work/keycloak.log" 2>&1 &
keycloak=$!
for _ in $(seq 1 1200); do
    curl -sf -o /dev/null "$issuer/.well-known/openid-configuration" && break
    kill -0 "$keycloak" 2>/dev/null || { tail -n 20 "$work/keycloak.log" >&2; exit 2; }
    sleep 0.1
done
echo "Keycloak $version at $issuer, the house at $url"
"$JAVA_HOME/bin/java" bench/keycloak/Login.java "$url" "$issuer" "$(cat "$work/house/admin.secret")" "$password" "$work"
