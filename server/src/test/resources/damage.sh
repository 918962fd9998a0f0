# Damages files behind a server's back. Standard input: a kind, a tab, a path; for swaps a second tab and path.
# Sizes and modification times are kept wherever the kind of damage lets them.
set -eu
tab=$(printf '\t')
mark=$(mktemp)
while IFS="$tab" read -r kind path other; do
  case $kind in
    flipped)
      touch -r "$path" "$mark"
      byte=$(od -An -tu1 -j 17 -N 1 "$path")
      printf "\\$(printf '%03o' $((byte ^ 8)))" | dd of="$path" bs=1 seek=17 conv=notrunc status=none
      touch -r "$mark" "$path" ;;
    deleted) rm "$path" ;;
    truncated)
      touch -r "$path" "$mark"
      truncate -s -1 "$path"
      touch -r "$mark" "$path" ;;
    unreadable)
      # Root reads everything; a folder in the file's place gives an error to anybody.
      rm "$path" && mkdir "$path" ;;
    swapped)
      mv "$path" "$mark" && mv "$other" "$path" && mv "$mark" "$other" && : > "$mark" ;;
    *) echo "unknown kind of damage: $kind" >&2; exit 2 ;;
  esac
done
rm -f "$mark"
