"""The unified budget classification as dated packs: codes, names, kinds, parents, "became" links."""
