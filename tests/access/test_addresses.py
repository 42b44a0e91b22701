"""Whose address counts when tries of a password are counted."""

import pytest

from people.accounts.addresses import place_of

PROXIES = ("127.0.0.1", "10.0.0.2")


@pytest.mark.parametrize(
    ("peer", "forwarded", "place"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "1.2.3.4, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "not an address", "unknown"),
        ("", "", "unknown"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", "2001:db8:1:2::/64"),
    ],
)
def test_only_what_a_trusted_proxy_saw_counts(peer: str, forwarded: str, place: str) -> None:
    assert place_of(peer=peer, forwarded=forwarded, trusted_proxies=PROXIES) == place
