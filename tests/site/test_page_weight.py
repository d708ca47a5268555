"""An entry's page weighs at most 150 KB over the wire on its first load."""

import gzip

import pytest
from playwright.sync_api import Response

pytestmark = pytest.mark.browser

LIMIT = 150_000
"""Bytes, with every file compressed as a host does it."""


@pytest.mark.parametrize("address", ["claude-code/extra-usage-400/", "docker/cannot-connect-to-daemon/"])
def test_the_first_load_of_an_entry_stays_below_the_limit(page, repository, address):
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - it takes no built-in
    page.goto(repository.url + address, wait_until="networkidle")
    # Read only now: a handler that waits for a body may still be at it when the page is there.
    weights = {response.url: len(gzip.compress(response.body())) for response in responses}
    assert len(weights) >= 4
    assert sum(weights.values()) <= LIMIT, weights


def test_every_entrys_own_html_is_a_small_part_of_that(repository):
    heavy = {
        address: size
        for address in repository.entries()
        if (size := len(gzip.compress(repository.html(address).encode()))) > LIMIT // 5
    }
    assert heavy == {}
