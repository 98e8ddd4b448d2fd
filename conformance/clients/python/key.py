"""Prints a new ES256 key as a JWK: the private key of the app that proves itself by one."""

import json

from joserfc.jwk import ECKey

key = ECKey.generate_key("P-256", {"kid": "conformance", "alg": "ES256", "use": "sig"})
print(json.dumps(key.as_dict(private=True)))
