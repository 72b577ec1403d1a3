#!/usr/bin/env bash
# chromium.sh: make sure the browser tests have a Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh

if [ -n "${CHROMIUM:-}" ]; then
  [ -x "$CHROMIUM" ] || fail "CHROMIUM=$CHROMIUM tidak dapat dijalankan." "CHROMIUM=$CHROMIUM cannot be run."
  exit
fi
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then exit; fi
done
install_package chromium || fail "uji peramban memerlukan Chromium; pasang dengan: apt-get install chromium" \
  "the browser tests need Chromium; install it by: apt-get install chromium"
