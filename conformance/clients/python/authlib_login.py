"""Authlib against a running server. Start it through conformance/clients/run."""

import json
import os
import secrets
import sys
import urllib.parse

# Authlib refuses http otherwise; the server under test is on this machine.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

import requests
from authlib.integrations.requests_client import OAuth2Session, OAuthError
from authlib.oauth2.rfc7523 import ClientSecretJWT, PrivateKeyJWT
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from person import Person

ISSUER = os.environ["ISSUER"]
REDIRECT_URI = os.environ["REDIRECT_URI"]
AFTER_LOGOUT_URI = os.environ["AFTER_LOGOUT_URI"]
SERVER = requests.get(f"{ISSUER}/.well-known/openid-configuration").json()
GRANTS = SERVER.get("grant_types_supported", [])
METHODS = SERVER.get("token_endpoint_auth_methods_supported", [])
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
JWKS = KeySet.import_key_set(requests.get(SERVER["jwks_uri"]).json())


def newcomer():
    """Somebody with an account, in a new browser."""
    return Person(ISSUER, os.environ["PERSON_IDENTIFIER"], os.environ["PERSON_PASSWORD"])


def app(name, method="client_secret_basic", **more):
    """A client of ours, by the name of its environment variables."""
    return OAuth2Session(
        os.environ[f"{name}_CLIENT_ID"],
        os.environ.get(f"{name}_CLIENT_SECRET"),
        token_endpoint_auth_method=method,
        redirect_uri=REDIRECT_URI,
        scope="openid profile email offline_access",
        code_challenge_method="S256",
        **more,
    )


def sign_in(session, person=None, **extra):
    """Signs somebody in; returns the tokens and the checked claims of the ID token."""
    verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    extra = {"prompt": "consent", **extra}
    url, state = session.create_authorization_url(
        SERVER["authorization_endpoint"], code_verifier=verifier, nonce=nonce, **extra
    )
    answer = (person or newcomer()).visit(url, REDIRECT_URI)
    told = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer).query))
    if "error" in told:
        raise OAuthError(told["error"], told.get("error_description"))
    assert told["iss"] == ISSUER
    tokens = session.fetch_token(
        SERVER["token_endpoint"], authorization_response=answer, state=state, code_verifier=verifier
    )
    return tokens, claims(tokens, session.client_id, nonce)


def claims(tokens, client_id, nonce):
    """The claims of an ID token, after the checks of OpenID Connect Core §3.1.3.7."""
    token = jwt.decode(tokens["id_token"], JWKS, algorithms=SERVER["id_token_signing_alg_values_supported"])
    jwt.JWTClaimsRegistry(
        leeway=5,
        iss={"essential": True, "value": ISSUER},
        aud={"essential": True, "value": client_id},
        nonce={"essential": True, "value": nonce},
        exp={"essential": True},
        sub={"essential": True},
    ).validate(token.claims)
    return token.claims


def refused(code, work):
    """Asserts that the work is refused with this error."""
    try:
        work()
    except OAuthError as error:
        assert error.error == code, f"expected {code}, got {error}"
        return
    raise AssertionError(f"expected {code}, but it was accepted")


def code_and_userinfo():
    session = app("WEB")
    _, who = sign_in(session)
    told = session.get(SERVER["userinfo_endpoint"]).json()
    assert told["sub"] == who["sub"] and told["email"] == os.environ["PERSON_IDENTIFIER"]


def code_by_post():
    assert sign_in(app("WEB", "client_secret_post"))[1]["sub"]


def code_of_a_public_client():
    assert sign_in(app("NATIVE", "none"))[1]["sub"]


def form_post():
    assert sign_in(app("WEB"), response_mode="form_post")[1]["sub"]


def silent_sign_in():
    person = newcomer()
    first, second = sign_in(app("WEB"), person), sign_in(app("WEB"), person, prompt="none")
    assert first[1]["sub"] == second[1]["sub"]
    refused("login_required", lambda: sign_in(app("WEB"), prompt="none"))


def refresh():
    session = app("WEB")
    first, _ = sign_in(session)
    second = session.refresh_token(SERVER["token_endpoint"])
    assert second["access_token"] != first["access_token"]
    assert session.get(SERVER["userinfo_endpoint"]).status_code == 200


def introspect_and_revoke():
    session = app("WEB")
    tokens, _ = sign_in(session)
    ask = lambda: session.introspect_token(SERVER["introspection_endpoint"], token=tokens["access_token"]).json()
    assert ask()["active"] is True
    session.revoke_token(SERVER["revocation_endpoint"], token=tokens["refresh_token"])
    assert ask()["active"] is False
    refused("invalid_grant", lambda: session.refresh_token(SERVER["token_endpoint"], tokens["refresh_token"]))


def sign_out():
    person, session = newcomer(), app("WEB")
    tokens, _ = sign_in(session, person)
    asked = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": AFTER_LOGOUT_URI, "state": "é &"}
    url = requests.Request("GET", SERVER["end_session_endpoint"], params=asked).prepare().url
    assert person.visit(url, AFTER_LOGOUT_URI) == f"{AFTER_LOGOUT_URI}?state=%C3%A9+%26"
    refused("login_required", lambda: sign_in(app("WEB"), person, prompt="none"))


def private_key():
    session = app("KEYED", PrivateKeyJWT(SERVER["token_endpoint"], alg="ES256"))
    session.client_secret = ECKey.import_key(json.loads(os.environ["KEYED_CLIENT_KEY"]))
    assert sign_in(session)[1]["sub"]


def secret_jwt():
    assert sign_in(app("HMAC", ClientSecretJWT(SERVER["token_endpoint"])))[1]["sub"]


def client_credentials():
    session = OAuth2Session(os.environ["MACHINE_CLIENT_ID"], os.environ["MACHINE_CLIENT_SECRET"])
    tokens = session.fetch_token(SERVER["token_endpoint"], grant_type="client_credentials")
    assert "refresh_token" not in tokens


def exchange():
    tokens, _ = sign_in(app("WEB"), resource="https://orders.example/")
    api = lambda name: OAuth2Session(os.environ[f"{name}_CLIENT_ID"], os.environ[f"{name}_CLIENT_SECRET"])
    given = api("ORDERS").fetch_token(
        SERVER["token_endpoint"],
        grant_type=EXCHANGE,
        subject_token=tokens["access_token"],
        subject_token_type=ACCESS_TOKEN,
        resource="https://stock.example/",
    )
    assert given["issued_token_type"] == ACCESS_TOKEN
    told = api("STOCK").introspect_token(SERVER["introspection_endpoint"], token=given["access_token"]).json()
    assert told["active"] and told["act"] == {"sub": os.environ["ORDERS_CLIENT_ID"]}, told


FLOWS = [
    ("code with PKCE, client_secret_basic, userinfo", True, code_and_userinfo),
    ("code with PKCE, client_secret_post", "client_secret_post" in METHODS, code_by_post),
    ("code with PKCE, public client", True, code_of_a_public_client),
    ("response_mode=form_post", "form_post" in SERVER.get("response_modes_supported", []), form_post),
    ("silent second sign-in; prompt=none without a session", True, silent_sign_in),
    ("refresh", "refresh_token" in GRANTS, refresh),
    ("introspection and revocation", "revocation_endpoint" in SERVER, introspect_and_revoke),
    ("RP-initiated logout", "end_session_endpoint" in SERVER, sign_out),
    ("private_key_jwt", "private_key_jwt" in METHODS, private_key),
    ("client_secret_jwt", "client_secret_jwt" in METHODS, secret_jwt),
    ("token exchange between APIs", EXCHANGE in GRANTS, exchange),
    ("client credentials", "client_credentials" in GRANTS, client_credentials),
]


def main():
    failed = 0
    for name, offered, flow in FLOWS:
        if not offered:
            print(f"SKIP  authlib: {name} (not offered in discovery)")
            continue
        try:
            flow()
            print(f"PASS  authlib: {name}", flush=True)
        except Exception as error:
            failed += 1
            why = " ".join(f"{type(error).__name__}: {error}".split())
            print(f"FAIL  authlib: {name}: {why}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
