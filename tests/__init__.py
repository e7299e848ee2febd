"""The specification of shotgraph, as tests."""
