# SPDX-License-Identifier: MIT
"""certificates.py [--first] OUT PEM...: the certificates in PEM files, as DER, one behind the other.

PEM is DER in base64 between two lines (RFC 7468); what else is in a file, such as a private key, is
left out. --first: of all that there are, one. Each file must have at least one.
"""

import base64
import binascii
import re
import sys

BLOCK = re.compile(rb"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)


def certificates(path):
    """The certificates of one file; ends the program when it has none, or a damaged one."""
    try:
        with open(path, "rb") as file:
            blocks = BLOCK.findall(file.read())
        if not blocks:
            sys.exit(f"{path}: has no certificate: a block BEGIN CERTIFICATE was expected")
        return [base64.b64decode(b"".join(block.split()), validate=True) for block in blocks]
    except (OSError, binascii.Error) as error:
        sys.exit(f"{path}: cannot read its certificates: {error}")


def main(words):
    first = words[:1] == ["--first"]
    out, *paths = words[first:]
    found = [der for path in paths for der in certificates(path)]
    with open(out, "wb") as file:
        file.write(b"".join(found[:1] if first else found))


main(sys.argv[1:])
