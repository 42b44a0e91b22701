"""Where a request comes from, as far as it can be trusted."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv6Address, ip_address, ip_network

UNKNOWN = "unknown"


def place_of(*, peer: str, forwarded: str, trusted_proxies: Collection[str]) -> str:
    """The client's address, an IPv6 one as its /64: what one subscriber has to choose from.

    `forwarded` is the X-Forwarded-For header. It counts only when the connection's own `peer` is a
    trusted proxy, and only its last address that is none; whatever a client wrote itself does not.
    """
    address = peer
    if peer in trusted_proxies:
        hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
        address = next((hop for hop in reversed(hops) if hop not in trusted_proxies), peer)
    try:
        parsed = ip_address(address)
    except ValueError:
        return UNKNOWN
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)
