"""How what people are told leaves the site: one interface, and an adapter for each way out.

`rows` and `queueing` write down in the transaction of the notice what is to leave, `sending`
claims, sends outside every transaction, and marks; `adapters` speak to the providers.
A channel that is not set up is not there; one set up by half is an error that names the setting.
"""
