"""Hosts: what the commission decides of them, and what schools keep of them before they place."""
