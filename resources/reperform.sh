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
# ids.txt has one id on each line, UTF-8, LF. Nothing is written but the items, one on each line.
export LC_ALL=C

sha256() {
  if command -v sha256sum > /dev/null; then sha256sum; else shasum -a 256; fi | cut -c1-64
}

# rank SEED N SKIP: the key of an id is the SHA-256 of seed, vertical bar and id; equal keys go by the ids' bytes.
rank() {
  while IFS= read -r id || [ -n "$id" ]; do
    printf '%s %s\n' "$(printf '%s|%s' "$1" "$id" | sha256)" "$id"
  done | sort | tail -n "+$(($3 + 1))" | head -n "$2" | cut -c66-
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
