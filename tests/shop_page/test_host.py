"""What a look at a host finds, on a host of this machine."""

import hashlib
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from caringstreet.rules.page_checks import OURS, PageFound
from caringstreet.shop_page.host import look_at
from caringstreet.shop_page.page import PAGE_FILE, WORKER_FILE, html_of, write_page
from tests.shop_page.host import Host
from tests.shop_page.phone import some_facts

EARLIER = hashlib.sha256(html_of(some_facts(team="前隊")).encode()).hexdigest()


@pytest.fixture
def made(host: Host) -> list[str]:
    """The hashes of the pages made, the last one last; it is what the host serves."""
    return [EARLIER, hashlib.sha256((host.folder / PAGE_FILE).read_bytes()).hexdigest()]


def test_the_page_made_last_is_known_through_the_hosts_own_redirect(host: Host, made: list[str]) -> None:
    assert look_at(host.origin, made) is PageFound.SAME


def test_an_earlier_page_of_ours_is_told_from_the_last_and_from_a_stranger(host: Host, made: list[str]) -> None:
    write_page(some_facts(team="前隊"), host.folder)
    assert look_at(host.origin, made) is PageFound.EARLIER
    assert look_at(host.origin, made[1:]) is PageFound.OTHER


@pytest.mark.parametrize("changed", [b" ", b"<script src=//x></script>", b"x" * (1 << 21)])
def test_a_page_with_anything_added_is_another(host: Host, made: list[str], changed: bytes) -> None:
    path = host.folder / PAGE_FILE
    path.write_bytes(path.read_bytes() + changed)
    assert look_at(host.origin, made) is PageFound.OTHER


def test_a_page_without_its_worker_is_ours_and_said_so(host: Host, made: list[str]) -> None:
    (host.folder / WORKER_FILE).write_text("another", encoding="utf-8")
    assert look_at(host.origin, made) is PageFound.NO_WORKER
    (host.folder / WORKER_FILE).unlink()
    assert look_at(host.origin, made) is PageFound.NO_WORKER
    assert PageFound.NO_WORKER in OURS


def test_a_host_without_the_page(host: Host, made: list[str]) -> None:
    (host.folder / PAGE_FILE).unlink()
    assert look_at(host.origin, made) is PageFound.ABSENT


def test_a_host_that_does_not_answer_is_not_reached(made: list[str]) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert look_at(address, made) is PageFound.UNREACHABLE
        silent.listen()
        assert look_at(address, made, patience=0.3) is PageFound.UNREACHABLE
    assert look_at("https://no-such-host.invalid", made, patience=5) is PageFound.UNREACHABLE


class _Trickle(BaseHTTPRequestHandler):
    """A host that sends a byte now and then, or leads somewhere else."""

    def do_GET(self) -> None:
        if self.path == "/v":
            self.send_response(302)
            self.send_header("location", "http://127.0.0.2:1/v")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            if self.server.stopping.wait(0.05):  # type: ignore[attr-defined]
                return

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def trickle() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Trickle)
    server.stopping = Event()  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.stopping.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_address_that_leads_to_another_host_is_not_followed(trickle: HTTPServer, made: list[str]) -> None:
    assert look_at(f"http://127.0.0.1:{trickle.server_port}", made) is PageFound.ELSEWHERE


def test_a_host_that_never_ends_is_left(trickle: HTTPServer, made: list[str]) -> None:
    assert look_at(f"http://127.0.0.1:{trickle.server_port}/slow", made, patience=0.5) is PageFound.UNREACHABLE


def test_a_certificate_that_nobody_vouches_for_is_unsafe(tmp_path: Path, made: list[str]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path / "host.pem"
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server = HTTPServer(("127.0.0.1", 0), _Trickle)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    assert look_at(f"https://127.0.0.1:{server.server_port}", made) is PageFound.UNSAFE
    server.shutdown()
    server.server_close()
    thread.join()
