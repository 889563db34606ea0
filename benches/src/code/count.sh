#!/bin/sh
# $S
set -eu

log=${1:-$A.csv}
limit=#1
seen=0

while IFS=, read -r day name seconds; do
    case $day in
        '' | \#*) continue ;;
        $B*) echo "skip $name" >&2 ;;
    esac
    if [ "${seconds:-0}" -gt "$limit" ]; then
        seen=$((seen + 1))
        printf '%s\t%s\n' "$day" "$name" >> "$C.txt"
    fi
done < "$log"

trap 'rm -f "$C.txt"' EXIT
sort -u "$C.txt" | head -n #2 | sed 's/$D/#3/g'
echo "$seen too long"
