#!/usr/bin/env bash
# frontend.sh [NODE-ARGUMENTS]: install the locked npm packages and build the bundles; quick when nothing changed.
# With arguments it runs node with them instead, after installing.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh
. scripts/node.sh

sum=$(checksum package.json package-lock.json .npmrc)
if ! fresh node_modules/.installed "$sum"; then
  say "Memasang paket npm yang dikunci"
  "${npm[@]}" ci --ignore-scripts --no-audit --no-fund --loglevel=error ||
    fail "paket npm tidak dapat dipasang; periksa jaringan, lalu ulangi." \
      "the npm packages cannot be installed; check the network and try again."
  echo "$sum" >node_modules/.installed
fi

if [ $# -gt 0 ]; then exec node "$@"; fi

sum=$(find frontend -type f -print0 | sort -z | xargs -0 cat package-lock.json | sha256sum | cut -d' ' -f1)
if ! fresh app/static/built/.built "$sum"; then
  say "Membangun berkas tampilan"
  node frontend/build.mjs || fail "berkas tampilan tidak dapat dibangun." "the front-end bundles cannot be built."
  echo "$sum" >app/static/built/.built
fi
