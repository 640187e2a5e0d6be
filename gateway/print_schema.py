"""Prints the schema: `python -m gateway.print_schema > gateway/schema.graphql`."""

import sys

from gateway.schema.build import printed_schema

if __name__ == "__main__":
    sys.stdout.write(printed_schema())
