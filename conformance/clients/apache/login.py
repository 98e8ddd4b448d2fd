"""Apache's mod_auth_openidc in front of a real page. Start it through conformance/clients/run."""

import os
import pathlib
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

import bs4
import requests

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "python"))
from chromium import Chromium
from person import Person  # the same browser as Authlib's

ISSUER = os.environ["ISSUER"]
SERVER = requests.get(f"{ISSUER}/.well-known/openid-configuration").json()
CHROMIUM = shutil.which("chromedriver") is not None
FRAMES = SERVER.get("frontchannel_logout_supported", False)
BY_QUERY = "http://localhost:8480"
BY_FORM_POST = "http://localhost:8481"


def newcomer():
    """Somebody with an account, in a new browser."""
    return Person(ISSUER, os.environ["PERSON_IDENTIFIER"], os.environ["PERSON_PASSWORD"])


def email_on(page):
    """The address that Apache shows the person, or nothing when the page is not the app's."""
    element = bs4.BeautifulSoup(page.text, "html.parser").find(id="email")
    return element and element.get_text(strip=True)


def signed_in(site, person):
    """Opens the private page, signing in on the way."""
    page = person.read(f"{site}/private/")
    assert page.status_code == 200, f"{page.status_code} at {page.url}"
    assert email_on(page) == os.environ["PERSON_IDENTIFIER"], f"the page at {page.url} shows {email_on(page)}"
    return page


def code_and_userinfo():
    signed_in(BY_QUERY, newcomer())


def form_post():
    signed_in(BY_FORM_POST, newcomer())


def stays_signed_in():
    person = newcomer()
    first = signed_in(BY_QUERY, person)
    time.sleep(1.5)  # so that the module asks the userinfo endpoint again
    again = person.browser.get(f"{BY_QUERY}/private/", allow_redirects=False)
    assert again.status_code == 200 and email_on(again) == email_on(first)


def sign_out():
    person = newcomer()
    signed_in(BY_QUERY, person)
    after = urllib.parse.quote(f"{BY_QUERY}/bye.html", safe="")
    page = person.read(f"{BY_QUERY}/private/callback?logout={after}")
    assert 'id="bye"' in page.text, f"ended at {page.url}"
    answer = person.browser.get(f"{BY_QUERY}/private/", allow_redirects=False)
    assert answer.status_code == 302, "Apache still knows the person"
    page = person.browser.get(answer.headers["Location"])
    assert "sign-in-submit" in page.text, f"the server still knows the person: {page.url}"


def backchannel_logout():
    person = newcomer()
    signed_in(BY_QUERY, person)
    person.read(SERVER["end_session_endpoint"])  # at the server itself, not at Apache
    for _ in range(100):
        if person.browser.get(f"{BY_QUERY}/private/", allow_redirects=False).status_code == 302:
            return
        time.sleep(0.1)
    raise AssertionError("Apache still knows the person, ten seconds after the server forgot them")


def in_chromium(site):
    """The same in a real browser, which runs scripts and holds to what the pages forbid."""
    with Chromium(os.environ["PERSON_IDENTIFIER"], os.environ["PERSON_PASSWORD"], newcomer().newest_code) as browser:
        browser.open(f"{site}/private/")
        shown = browser.walk(until="email")
        assert shown == os.environ["PERSON_IDENTIFIER"], f"the page shows {shown}"


def frontchannel_logout():
    with Chromium(os.environ["PERSON_IDENTIFIER"], os.environ["PERSON_PASSWORD"], newcomer().newest_code) as browser:
        browser.open(f"{BY_FORM_POST}/private/")
        browser.walk(until="email")
        browser.open(SERVER["end_session_endpoint"])
        browser.walk(until="signed-out")
        browser.open(f"{BY_FORM_POST}/private/")
        browser.walk(until="sign-in-submit")


FLOWS = [
    ("code with PKCE, secret, userinfo", True, code_and_userinfo),
    ("response_mode=form_post", True, form_post),
    ("userinfo again, later", True, stays_signed_in),
    ("code, in Chromium", CHROMIUM, lambda: in_chromium(BY_QUERY)),
    ("response_mode=form_post, in Chromium", CHROMIUM, lambda: in_chromium(BY_FORM_POST)),
    ("RP-initiated logout", "end_session_endpoint" in SERVER, sign_out),
    ("front-channel logout, in Chromium", CHROMIUM and FRAMES, frontchannel_logout),
    ("back-channel logout", SERVER.get("backchannel_logout_supported", False), backchannel_logout),
]


def start(scratch):
    """Starts Apache in the foreground with our configuration; returns when it answers."""
    environment = {
        **os.environ,
        "SCRATCH": scratch,
        "SITE": shutil.copytree(HERE / "site", f"{scratch}/site"),
        "PASSPHRASE": secrets.token_hex(16),
        "RUN_AS": "www-data" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name,
    }
    command = ["apache2", "-D", "FOREGROUND", "-f", str(HERE / "apache.conf")]
    apache = subprocess.Popen(command, env=environment)
    for _ in range(100):
        try:
            requests.get(f"{BY_QUERY}/bye.html", timeout=1)
            return apache
        except requests.ConnectionError:
            time.sleep(0.1)
    apache.terminate()
    log = pathlib.Path(scratch) / "error.log"
    why = log.read_text() if log.exists() else ""
    raise SystemExit(f"FAIL  mod_auth_openidc: Apache did not start: {why}")


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o777)
        apache = start(scratch)
        for name, offered, flow in FLOWS:
            if not offered:
                print(f"SKIP  mod_auth_openidc: {name} (not offered in discovery, or no chromedriver)")
                continue
            try:
                flow()
                print(f"PASS  mod_auth_openidc: {name}", flush=True)
            except Exception as error:
                failed += 1
                why = " ".join(f"{type(error).__name__}: {error}".split())
                print(f"FAIL  mod_auth_openidc: {name}: {why}", flush=True)
        apache.terminate()
        apache.wait()
        if failed:
            print((pathlib.Path(scratch) / "error.log").read_text()[-2000:], file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
