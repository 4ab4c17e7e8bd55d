"""Reads the bytes of a file that a platform holds, as far as anybody wants them."""

import aiohttp

from bot.files_in import too_big
from dialogs.files import MOST_BYTES_IN
from dialogs.model.problem import Problem


async def at_most(response: aiohttp.ClientResponse, name: str) -> bytes | Problem:
    """Return the body, or that it is larger than any file that is taken in: no more than that is read."""
    if (response.content_length or 0) > MOST_BYTES_IN:
        return too_big(name)
    content = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        content += chunk
        if len(content) > MOST_BYTES_IN:
            return too_big(name)
    return bytes(content)
