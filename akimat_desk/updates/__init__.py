"""Updates without a network: a sealed file with a newer program or newer data, taken in and taken back."""
