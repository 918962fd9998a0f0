#!/bin/sh
# Takes a picture of a page: docs/screenshot.sh URL PNG [WIDTH [HEIGHT [dark]]]
# Needs Chromium (Debian: apt-get install -y chromium). A sign-in goes into the URL: http://USER:SECRET@host/path
set -eu

if [ $# -lt 2 ]; then
    echo "usage: $0 URL PNG [WIDTH [HEIGHT [dark]]]" >&2
    exit 2
fi
url=$1 png=$2 width=${3:-1280} height=${4:-1600} scheme=${5:-light}

for browser in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$browser" ] && command -v "$browser" >/dev/null 2>&1 && break
    browser=
done
if [ -z "$browser" ]; then
    echo "no Chromium found: install it (Debian: apt-get install -y chromium) or name it in CHROMIUM" >&2
    exit 2
fi

profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
# Chromium follows the value 0 as dark, 1 as light.
case $scheme in dark) preferred=0 ;; *) preferred=1 ;; esac

# Headless windows are at least 500 wide; a narrower page is shown in a frame. Our pages refuse to be framed, so that a
# copy is framed, with the one style sheet beside it.
target=$url
if [ "$width" -lt 500 ]; then
    case $url in
    http://* | https://*)
        host=$(printf '%s' "$url" | sed 's|\(https\{0,1\}://[^/]*\).*|\1|')
        curl -fsS "$url" | sed 's|href="/style.css"|href="style.css"|' > "$profile/page.html"
        curl -fsS "$host/style.css" > "$profile/style.css"
        url="file://$profile/page.html"
        ;;
    esac
    printf '<!doctype html><title>frame</title><body style="margin:0"><iframe src="%s" width="%s" height="%s" style="border:0"></iframe>' \
        "$url" "$width" "$height" > "$profile/frame.html"
    target="file://$profile/frame.html"
fi

"$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --allow-file-access-from-files \
    --user-data-dir="$profile" --blink-settings=preferredColorScheme="$preferred" \
    --window-size="$width,$height" --screenshot="$png" "$target" >"$profile/log" 2>&1 || {
    cat "$profile/log" >&2
    exit 1
}
[ -s "$png" ] || { cat "$profile/log" >&2; exit 1; }
echo "$png"
