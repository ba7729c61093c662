"""`mosaic dashboard` starts at once, and asks nobody anything."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from urllib.request import urlopen

import pytest

from simulator.cli.dashboard import ADDRESS, is_free
from simulator.cli.main import main

COMMAND = "import sys; from simulator.cli.main import main; sys.exit(main(['dashboard']))"


def test_who_opens_it_for_the_first_time_is_neither_asked_nor_offered_anything(tmp_path):
    # a home where Streamlit never ran, a terminal that waits for an answer, no browser to open
    server = subprocess.Popen(
        [sys.executable, "-c", COMMAND],
        env={**os.environ, "HOME": str(tmp_path), "PATH": str(tmp_path), "BROWSER": "true"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdin is not None
    assert server.stdout is not None
    ends = threading.Timer(40, server.kill)  # a question would be waited for without end
    ends.start()
    try:
        said = []
        for line in server.stdout:
            said.append(line)
            if "server started" in line:
                with urlopen(f"{said[0].split()[0]}/_stcore/health", timeout=20):
                    pass  # whoever answers has said all that is said at the start
                server.terminate()
        assert said[0].startswith(f"http://{ADDRESS}:")
        assert any("server started" in line for line in said), "".join(said)
        offered = ("mail", "install", "streamlit")
        assert not [line for line in said if any(word in line.lower() for word in offered)]
    finally:
        ends.cancel()
        server.kill()
        server.wait(timeout=20)
        server.stdin.close()
        server.stdout.close()


@pytest.fixture
def listener():
    with socket.create_server((ADDRESS, 0)) as server:
        yield server


def test_a_port_that_is_served_is_refused(listener, capsys):
    port = listener.getsockname()[1]
    assert main(["dashboard", "--port", str(port)]) == 2
    assert f"port {port} cannot be used" in capsys.readouterr().err


def test_a_port_whose_server_has_ended_can_be_served_at_once(listener):
    port = listener.getsockname()[1]
    with socket.create_connection((ADDRESS, port)) as visitor:
        listener.accept()[0].close()  # the side that closes first waits a minute
        visitor.recv(1)
    listener.close()
    assert is_free(port)
