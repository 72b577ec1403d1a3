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

sum=$(checksum $peers/viewflow.lock)
if ! fresh $place/viewflow.installed "$sum"; then
  say "Memasang pembanding django-viewflow (AGPL, hanya untuk pengukuran)"
  rm -rf $place/viewflow $place/viewflow.installed
  { .venv/bin/python -m venv --without-pip $place/viewflow &&
    .venv/bin/uv pip install --quiet --python $place/viewflow/bin/python --require-hashes -r $peers/viewflow.lock; } ||
    fail "django-viewflow tidak dapat dipasang; periksa jaringan, lalu ulangi." \
      "django-viewflow cannot be installed; check the network and try again."
  echo "$sum" >$place/viewflow.installed
fi

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
