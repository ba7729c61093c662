"""One viewer of the dashboard: speaks Streamlit's protocol over a web socket, draws nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable

    from streamlit.proto.Element_pb2 import Element


class PageError(Exception):
    """The page ended otherwise than with its pictures."""


@dataclass(frozen=True)
class Visit:
    """What one viewer got.

    Attributes
    ----------
    headline : str
        The page's last heading, in which the finding stands.
    picture_seconds : float
        From before the connection is made until the first chart is there.
    page_seconds : float
        From the same moment until the page is complete.
    """

    headline: str
    picture_seconds: float
    page_seconds: float


async def visit(port: int, query: str, before_leaving: Callable[[], Awaitable[object]]) -> Visit:
    """Open the Story on this computer and stay until `before_leaving` returns.

    Parameters
    ----------
    port : int
    query : str
        What stands behind the question mark of the address.
    before_leaving : callable
        Awaited with the connection open, once the page is complete.

    Raises
    ------
    PageError
        If the page shows an error, has no chart, or is never completed.
    """
    start = time.perf_counter()
    picture, headline = None, ""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(address, max_size=None, proxy=None) as socket:
        await socket.send(_asking_for(query))
        async for element in _elements(socket):
            kind = element.WhichOneof("type")
            if kind == "exception":
                raise PageError(f"?{query}: {element.exception.message}")
            if kind == "vega_lite_chart" and picture is None:
                picture = time.perf_counter() - start
            if kind == "heading":
                headline = element.heading.body
        if picture is None:
            raise PageError(f"?{query}: the page has no picture")
        found = Visit(headline, picture, time.perf_counter() - start)
        await before_leaving()
    return found


def _asking_for(query: str) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = query
    written: bytes = message.SerializeToString()
    return written


async def _elements(socket: AsyncIterable[str | bytes]) -> AsyncIterator[Element]:
    """Yield what the page is made of, in order, until it is complete."""
    async for data in socket:
        message = ForwardMsg()
        message.ParseFromString(data if isinstance(data, bytes) else data.encode())
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            yield message.delta.new_element
        if kind == "script_finished":
            if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise PageError("the page's script did not end well")
            return
    raise PageError("the server left before the page was complete")
