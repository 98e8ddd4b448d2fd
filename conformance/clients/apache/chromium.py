"""A real browser, by the WebDriver protocol (W3C): what only a browser does, such as running the script
of a form_post page, holding to a content security policy, loading frames."""

import contextlib
import json
import os
import socket
import subprocess
import time
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The key under which WebDriver names an element."""
PATIENCE = 15
BUTTONS = ("sign-in-submit", "second-factor-submit", "consent-allow", "sign-out-confirm")


class Chromium:
    """One browser with an empty profile, and who sits in front of it."""

    def __init__(self, identifier, password, newest_code):
        self.facts = {"sign-in-identifier": identifier, "sign-in-password": password}
        self.facts["second-factor-code"] = newest_code
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        quiet = subprocess.DEVNULL
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=quiet, stderr=quiet)
        self.base = f"http://127.0.0.1:{port}"
        arguments = ["--headless=new", "--disable-gpu"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
        options = {"alwaysMatch": {"goog:chromeOptions": {"args": arguments}}}
        self.base += "/session/" + self._until(lambda: self._call("POST", "/session", capabilities=options))["sessionId"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self._call("DELETE", "")
        self.driver.terminate()
        self.driver.wait()

    def open(self, url):
        """Goes to an address; does not wait for what its scripts do."""
        self._call("POST", "/url", url=url)

    def walk(self, until):
        """Signs in and allows, as long as that is asked, until an element comes; gives its text."""
        return self._until(lambda: self._step(until))

    def _step(self, until):
        arrived = self._find(until)
        if arrived:
            return self._call("GET", f"/element/{arrived}/text")
        for button in filter(None, map(self._find, BUTTONS)):
            for field in filter(self._find, self.facts):
                self._call("POST", f"/element/{self._find(field)}/clear")
                fact = self.facts[field]
                text = fact() if callable(fact) else fact
                self._call("POST", f"/element/{self._find(field)}/value", text=text)
            self._call("POST", f"/element/{button}/click")
        return None

    def _find(self, element_id):
        query = {"using": "css selector", "value": f"#{element_id}"}
        found = self._call("POST", "/elements", **query)
        return found[0][ELEMENT] if found else None

    def _call(self, method, path, **body):
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def _until(self, look):
        """Looks again and again until there is something; page changes in between are no trouble."""
        trouble = None
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                found = look()
                if found:
                    return found
            except OSError as error:
                trouble = error
            time.sleep(0.1)
        where = None
        with contextlib.suppress(OSError):
            where = self._call("GET", "/url")
        raise AssertionError(f"nothing came in {PATIENCE} s at {where}: {trouble}")
