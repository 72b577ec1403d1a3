# How the scripts of this folder speak: a line for each long step, one sentence for a failure.
say() { printf '\033[1m==>\033[0m %s\n' "$1"; }
fail() { printf 'Gagal: %s\nFailed: %s\n' "$1" "$2" >&2; exit 1; }

checksum() { cat "$@" | sha256sum | cut -d' ' -f1; }

# fresh STAMP SUM: whether STAMP was written for SUM.
fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# install PACKAGE: install a Debian package where that is permitted, else answer no.
install_package() {
  command -v apt-get >/dev/null || return 1
  local as=""
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as="sudo"
  fi
  say "Memasang paket Debian $1"
  export DEBIAN_FRONTEND=noninteractive
  $as apt-get install -y --no-install-recommends "$1" >/dev/null 2>&1 && return
  $as apt-get update >/dev/null 2>&1
  $as apt-get install -y --no-install-recommends "$1" >/dev/null
}
