"""Pages behind a signing link: what guardians and signatories of hosts see without an account."""
