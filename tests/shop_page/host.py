"""A static host for the shops' page, as free ones behave, and a stand-in for a sync address."""

import threading
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

#: A name that Chromium is told to find on this machine: plain http on it is no secure context.
LAN_NAME = "centre.lan"


class _Server(ThreadingHTTPServer):
    """A phone may close its connection whenever it likes."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


class Host:
    """Serves the files of a folder; `/v` is redirected to `/v/`, as hosts do with a folder's name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: list[str] = []
        self.answer: Callable[[str], str] = lambda line: "accepted"
        self.answers_sync = True
        #: What its clock says; some hosts say nothing.
        self.now: datetime | None = None
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def origin(self) -> str:
        """Loopback counts as a secure context, like https."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def lan_origin(self) -> str:
        return f"http://{LAN_NAME}:{self.port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                if path == "/v":
                    self._reply(301, b"", location="/v/")
                    return
                kinds = {"/v/": ("v/index.html", "text/html"), "/sw.js": ("sw.js", "text/javascript")}
                name, kind = kinds.get(path, ("", ""))
                file = host.folder / name
                if not name or not file.exists():
                    self._reply(404, b"")
                    return
                self._reply(200, file.read_bytes(), content_type=f"{kind}; charset=utf-8")

            def do_POST(self) -> None:
                lines = self.rfile.read(int(self.headers["content-length"])).decode().split("\n")
                host.told += lines
                if not host.answers_sync:
                    self.close_connection = True
                    self.connection.close()
                    return
                said = "\n".join(host.answer(line) for line in lines)
                self._reply(200, said.encode(), content_type="text/plain", access_control_allow_origin="*")

            def _reply(self, status: int, body: bytes, **headers: str) -> None:
                self.send_response_only(status)
                if host.now is not None:
                    self.send_header("date", format_datetime(host.now, usegmt=True))
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        return Handler
