"""What must be true before the office opens, each with its sentence."""

import errno
import os
import socket
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = "8080"
LOOPBACK = "127.0.0.1"
EVERYWHERE = {LOOPBACK, "0.0.0.0", "::"}


class Refusal(Exception):
    """The office cannot open; both sentences are for the person at the terminal."""

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__(f"{indonesian} / {english}")
        self.indonesian = indonesian
        self.english = english


def check_port(environment: Mapping[str, str]) -> int:
    """The port to open, from PORT; raises Refusal if it is no port, taken, or not ours to take."""
    written = environment.get("PORT", DEFAULT_PORT)
    if not (written.isascii() and written.isdigit() and 0 < int(written[:6]) < 65536):
        raise Refusal(f"PORT harus angka 1 sampai 65535, tertulis “{written}”.", f"PORT must be 1 to 65535: {written}")
    port, host = int(written), environment.get("HOST", LOOPBACK)
    try:
        with socket.create_server((host, port)):
            return port
    except OSError as error:
        raise _port_refusal(error, host, port) from error


def data_folder(environment: Mapping[str, str]) -> Path:
    """The folder of database, files and secrets, from EPERIZINAN_VAR; relative names count from the house."""
    return ROOT / environment.get("EPERIZINAN_VAR", "var")


def check_folder(folder: Path) -> Path:
    """The folder of the office's data, made if missing; raises Refusal if it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            f"folder {folder} tidak dapat dibuat ({error.strerror}).",
            f"the folder {folder} cannot be created ({error.strerror}).",
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refusal(f"folder {folder} tidak dapat ditulisi.", f"the folder {folder} is not writable.")
    return folder


def _port_refusal(error: OSError, host: str, port: int) -> Refusal:
    if error.errno == errno.EADDRINUSE:
        return Refusal(
            f"port {port} sedang dipakai; pilih yang lain, misalnya: make run PORT={port + 1}",
            f"port {port} is in use; choose another, such as: make run PORT={port + 1}",
        )
    return Refusal(
        f"alamat {host}:{port} tidak dapat dibuka ({error.strerror}).",
        f"the address {host}:{port} cannot be opened ({error.strerror}).",
    )
