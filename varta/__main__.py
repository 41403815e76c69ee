"""`python -m varta` is the `varta` command."""

from varta.cli import main

main(prog_name="varta")
