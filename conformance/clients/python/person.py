"""Somebody with a browser: signs in, allows, and stops where the app is called back.

Pages are recognised by the element ids of the outside interface; no script runs on them.
"""

import urllib.parse

import bs4
import requests

MOST_STEPS = 20


class Person:
    """A browser that was never used before, and who sits in front of it."""

    def __init__(self, issuer, identifier, password):
        self.issuer = issuer
        self.facts = {"identifier": identifier, "password": password}
        self.browser = requests.Session()

    def visit(self, url, end, allow=True, user_code=None):
        """Walks from an address until the app at `end` is called; returns that URL, or its POST as a URL."""
        arrived = self._walk(url, end, allow, user_code)
        return arrived if isinstance(arrived, str) else None

    def read(self, url):
        """Walks from an address until a page asks nothing more; returns that page."""
        return self._walk(url, None, True, None)

    def _walk(self, url, end, allow, user_code):
        answer = self.browser.get(url, allow_redirects=False)
        for _ in range(MOST_STEPS):
            location = answer.headers.get("Location")
            if location:
                location = urllib.parse.urljoin(answer.url, location)
                if end and location.startswith(end):
                    return location
                answer = self.browser.get(location, allow_redirects=False)
                continue
            form = self._form(bs4.BeautifulSoup(answer.text, "html.parser"), allow, user_code)
            if form is None:
                return answer
            action = urllib.parse.urljoin(answer.url, form["action"])
            if end and action.startswith(end):
                return f"{action}?{urllib.parse.urlencode(form['fields'])}"
            origin = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(answer.url))
            answer = self.browser.post(action, form["fields"], headers={"Origin": origin}, allow_redirects=False)
        raise AssertionError(f"did not arrive after {MOST_STEPS} steps, last at {answer.url}")

    def _form(self, page, allow, user_code):
        """What the page asks for, filled in: where it goes and its fields; nothing when the way ends here."""
        error = page.find(id="error-title")
        assert error is None, f"error page: {error.get_text(' ', strip=True)}"
        button = self._button(page, "allow" if allow else "deny")
        form = button.find_parent("form") if button else page.find("form", method="post")
        if form is None or not (button or form.find("input", attrs={"name": "state"})):
            return None
        fields = {
            field["name"]: field.get("value", "")
            for field in form.find_all("input", attrs={"name": True})
            if field.get("type") != "checkbox" or field.has_attr("checked")
        }
        known = {**self.facts, "user_code": user_code}
        fields.update({name: value for name, value in known.items() if value and name in fields})
        if button and button["id"] == "second-factor-submit":
            fields["code"] = self.newest_code()
        if button and button.get("name"):
            fields[button["name"]] = button.get("value", "")
        return {"action": (button or {}).get("formaction") or form.get("action", ""), "fields": fields}

    @staticmethod
    def _button(page, decision):
        names = ("sign-in-submit", "second-factor-submit", f"consent-{decision}")
        names += (f"device-{decision}", "device-submit", "sign-out-confirm")
        return next(filter(None, (page.find(id=name) for name in names)), None)

    def newest_code(self):
        """The newest one-time code in the inbox of a server that delivers nothing."""
        inbox = requests.get(f"{self.issuer}/inbox", headers={"Accept": "application/json"})
        return next(message["code"] for message in inbox.json() if message.get("code"))
