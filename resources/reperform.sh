#!/bin/bash
# Draws a sample again with nothing but bash, sha256sum (or shasum), sort, cut, grep and awk.
#
#   reperform.sh SEED N [SKIP] < ids.txt
#       by rank: N items, after leaving out the first SKIP
#   reperform.sh --systematic SEED N < ids.txt
#       every so many of the ids in byte order
#   reperform.sh --stratified SEED STRATUM N SKIP [STRATUM N SKIP ...] < strata.tsv
#       by rank within each stratum; a line of the list is: stratum, tab, id
#   reperform.sh --next ID USED [USED ...] < ids.txt
#       in byte order the next id after ID that is not in use; from the start again after the last
#
# ids.txt has one id on each line, UTF-8, LF. The items are printed, one on each line. Besides, nothing is written but
# small files in a folder for temporary files, which is removed at the end.
export LC_ALL=C

if command -v sha256sum > /dev/null; then
  sha256() { sha256sum "$@"; }
else
  sha256() { shasum -a 256 "$@"; }
fi

# rank SEED N SKIP: the key of an id is the SHA-256 of seed, vertical bar and id; equal keys go by the ids' bytes.
rank() {
  keys "$1" | sort | tail -n "+$(($3 + 1))" | head -n "$2" | cut -c66-
}

# keys SEED: key and id of each id. A thousand at a time, since starting sha256sum takes longer than its work.
keys() {
  work=$(mktemp -d) || exit 1
  trap 'rm -r "$work"' EXIT
  n=0
  while IFS= read -r id || [ -n "$id" ]; do
    printf '%s|%s' "$1" "$id" > "$work/$n"
    names[n]=$n
    ids[n]=$id
    n=$((n + 1))
    if [ "$n" -eq 1000 ]; then
      hash_batch
      n=0
    fi
  done
  [ "$n" -eq 0 ] || hash_batch
}

hash_batch() {
  at=0
  while read -r key _; do
    printf '%s %s\n' "$key" "${ids[at]}"
    at=$((at + 1))
  done < <(cd "$work" && sha256 "${names[@]:0:n}")
}

# systematic SEED N: of count ids in byte order those at floor((start + j * 2^52) * count / (N * 2^52)), for j from 0.
# Bash counts to 2^63, so start * count / 2^52 is taken in halves of 26 bits and rounded down first, which changes
# nothing: what is cut off is less than one, and is rounded down once more after the division by N.
systematic() {
  frame=$(sort)
  count=$(($(printf '%s\n' "$frame" | wc -l)))
  start=$((16#$(printf '%s|systematic-start' "$1" | sha256 | cut -c1-13)))
  high=$(((start >> 26) * count))
  low=$(((start & 67108863) * count))
  whole=$(((high >> 26) + ((((high & 67108863) << 26) + low) >> 52)))
  for ((j = 0; j < $2; j++)); do
    echo $(((whole + j * count) / $2 + 1))
  done | awk 'NR == FNR { wanted[$1]; next } FNR in wanted' - <(printf '%s\n' "$frame")
}

# stratified SEED STRATUM N SKIP ...
stratified() {
  list=$(cat)
  seed=$1
  shift
  while [ $# -ge 3 ]; do
    if [ "$2" -gt 0 ]; then
      printf '%s\n' "$list" | stratum="$1" awk -F '\t' '$1 "" == ENVIRON["stratum"] ""' | cut -f2- | rank "$seed" "$2" "$3"
    fi
    shift 3
  done
}

# next ID USED ...
next() {
  after=$1
  shift
  frame=$(sort)
  printf '%s\n%s\n' "$frame" "$frame" |
    after="$after" awk 'found { print } $0 "" == ENVIRON["after"] "" { found = 1 }' |
    grep -vFx -f <(printf '%s\n' "$@") | head -n 1
}

case "$1" in
  --systematic) systematic "$2" "$3" ;;
  --stratified) shift && stratified "$@" ;;
  --next) shift && next "$@" ;;
  *) rank "$1" "$2" "${3:-0}" ;;
esac
