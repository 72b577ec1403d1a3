#!/usr/bin/env bash
# peers.sh COMMAND…: install the peers of the benchmark under var/bench, beside the office and never into it, then run
# COMMAND with Node on its PATH; quick when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh
. scripts/node.sh

peers=benchmarks/peers
place=var/bench
mkdir -p "$place"

# python_peer NAME TOLD: the packages locked in NAME.lock, in a virtual environment of their own.
python_peer() {
  local sum
  sum=$(checksum "$peers/$1.lock")
  fresh "$place/$1.installed" "$sum" && return
  say "Memasang pembanding $2"
  rm -rf "${place:?}/$1" "$place/$1.installed"
  { .venv/bin/python -m venv --without-pip "$place/$1" &&
    .venv/bin/uv pip install --quiet --python "$place/$1/bin/python" --require-hashes -r "$peers/$1.lock"; } ||
    fail "Pembanding $1 tidak dapat dipasang; periksa jaringan, lalu ulangi." \
      "The peer $1 cannot be installed; check the network and try again."
  echo "$sum" >"$place/$1.installed"
}
python_peer viewflow "django-viewflow (AGPL, hanya untuk pengukuran)"
python_peer due "businesstimedelta dan numpy (hanya untuk pengukuran)"
python_peer crowd "locust (hanya untuk pengukuran)"

sum=$(checksum $peers/package.json $peers/package-lock.json .npmrc)
if ! fresh $place/bpmn-engine.installed "$sum"; then
  say "Memasang pembanding bpmn-engine (hanya untuk pengukuran)"
  rm -rf $place/bpmn-engine $place/bpmn-engine.installed
  mkdir $place/bpmn-engine
  cp $peers/package.json $peers/package-lock.json .npmrc $place/bpmn-engine/
  (cd $place/bpmn-engine && "${npm[@]}" ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
    fail "bpmn-engine tidak dapat dipasang; periksa jaringan, lalu ulangi." \
      "bpmn-engine cannot be installed; check the network and try again."
  echo "$sum" >$place/bpmn-engine.installed
fi
cp $peers/bpmn_engine.mjs $place/bpmn-engine/

exec "$@"
