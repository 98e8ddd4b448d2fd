"""The few calls of the conformance suite's REST interface that we need."""

import json
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request

MODULE_TIMEOUT = 300
"""Seconds a module may take: the slowest waits for a minute, twice, and drives a browser."""


class Suite:
    """A running conformance suite."""

    def __init__(self, address, token=None, ca_file=None):
        self.address = address.rstrip("/")
        self.headers = {"Content-Type": "application/json"}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"
        self.tls = ssl.create_default_context(cafile=ca_file)

    def call(self, method, path, body=None, **query):
        """One request; JSON back."""
        url = f"{self.address}/api/{path}"
        if query:
            url += "?" + urllib.parse.urlencode(query)
        data = body.encode() if body is not None else None
        request = urllib.request.Request(url, data, self.headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60, context=self.tls) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {url}: {error.code} {error.read()[:400]}") from error

    def create_plan(self, name, variant, config):
        """A new plan with its list of modules."""
        return self.call("POST", "plan", config, planName=name, variant=json.dumps(variant))

    def start(self, plan_id, module, variant):
        """Starts a module; returns the id of this run."""
        query = {"test": module, "plan": plan_id}
        if variant:
            query["variant"] = json.dumps(variant)
        return self.call("POST", "runner", **query)["id"]

    def go_on(self, run_id):
        """Lets a module go on that waited for us to do something first."""
        return self.call("POST", f"runner/{run_id}")

    def wait(self, run_id, states):
        """Waits until the run is in one of the states, was interrupted, or took too long."""
        until = time.monotonic() + MODULE_TIMEOUT
        while time.monotonic() < until:
            state = self.info(run_id)["status"]
            if state in states or state == "INTERRUPTED":
                return state
            time.sleep(0.5)
        return "TIMEOUT"

    def info(self, run_id):
        """Status and result of a run."""
        return self.call("GET", f"info/{run_id}")

    def log(self, run_id):
        """Every condition that was checked."""
        return self.call("GET", f"log/{run_id}")
