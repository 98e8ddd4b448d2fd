package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

const mostSteps = 20

// Person is somebody with a browser that was never used before. Pages are recognised by the element
// ids of the outside interface; no script runs on them.
type Person struct {
	issuer  string
	facts   map[string]string
	browser *http.Client
}

// NewPerson opens a new browser for somebody with an account.
func NewPerson(issuer, identifier, password string) *Person {
	jar, _ := cookiejar.New(nil)
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Person{
		issuer:  issuer,
		facts:   map[string]string{"identifier": identifier, "password": password},
		browser: &http.Client{Jar: jar, CheckRedirect: stay},
	}
}

// Visit walks from an address until the app at end is called, and returns that address. It returns
// nil when the way ends on a page.
func (p *Person) Visit(address, end, userCode string) (*url.URL, error) {
	answer, err := p.browser.Get(address)
	for step := 0; err == nil && step < mostSteps; step++ {
		at := answer.Request.URL
		if location := answer.Header.Get("Location"); location != "" {
			answer.Body.Close()
			next, bad := at.Parse(location)
			if bad != nil {
				return nil, bad
			}
			if strings.HasPrefix(next.String(), end) {
				return next, nil
			}
			answer, err = p.browser.Get(next.String())
			continue
		}
		page, bad := html.Parse(answer.Body)
		answer.Body.Close()
		if bad != nil {
			return nil, bad
		}
		action, fields, bad := p.fill(page, at, userCode)
		if bad != nil || action == nil {
			return nil, bad
		}
		answer, err = p.submit(action, at, fields)
	}
	if err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("did not arrive at %s after %d steps", end, mostSteps)
}

func (p *Person) submit(action, from *url.URL, fields url.Values) (*http.Response, error) {
	request, err := http.NewRequest(http.MethodPost, action.String(), strings.NewReader(fields.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", from.Scheme+"://"+from.Host)
	return p.browser.Do(request)
}

// fill answers what the page asks for: where the form goes and its fields; nil when it asks nothing.
func (p *Person) fill(page *html.Node, at *url.URL, userCode string) (*url.URL, url.Values, error) {
	if title := find(page, "error-title"); title != nil {
		return nil, nil, errors.New("error page: " + text(title))
	}
	var button *html.Node
	for _, id := range []string{"sign-in-submit", "second-factor-submit", "consent-allow", "device-allow", "device-submit"} {
		if button = find(page, id); button != nil {
			break
		}
	}
	if button == nil {
		return nil, nil, nil
	}
	form := button
	for form != nil && form.Data != "form" {
		form = form.Parent
	}
	if form == nil {
		return nil, nil, fmt.Errorf("%s stands in no form", attribute(button, "id"))
	}
	fields := url.Values{}
	collect(form, fields)
	for name, value := range p.facts {
		if fields.Has(name) {
			fields.Set(name, value)
		}
	}
	if fields.Has("user_code") && userCode != "" {
		fields.Set("user_code", userCode)
	}
	if attribute(button, "id") == "second-factor-submit" {
		fields.Set("code", p.newestCode())
	}
	if name := attribute(button, "name"); name != "" {
		fields.Set(name, attribute(button, "value"))
	}
	action, err := at.Parse(attribute(form, "action"))
	return action, fields, err
}

// newestCode is the newest one-time code in the inbox of a server that delivers nothing.
func (p *Person) newestCode() string {
	request, _ := http.NewRequest(http.MethodGet, p.issuer+"/inbox", nil)
	request.Header.Set("Accept", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return ""
	}
	defer answer.Body.Close()
	var messages []struct{ Code string }
	if json.NewDecoder(answer.Body).Decode(&messages) != nil {
		return ""
	}
	for _, message := range messages {
		if message.Code != "" {
			return message.Code
		}
	}
	return ""
}

func find(node *html.Node, id string) *html.Node {
	if attribute(node, "id") == id {
		return node
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		if found := find(child, id); found != nil {
			return found
		}
	}
	return nil
}

func collect(node *html.Node, fields url.Values) {
	if node.Data == "input" {
		name, box := attribute(node, "name"), attribute(node, "type") == "checkbox"
		if name != "" && (!box || has(node, "checked")) {
			fields.Add(name, attribute(node, "value"))
		}
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		collect(child, fields)
	}
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(node *html.Node, name string) bool {
	for _, a := range node.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func text(node *html.Node) string {
	if node.Type == html.TextNode {
		return strings.TrimSpace(node.Data)
	}
	all := ""
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		all += text(child)
	}
	return all
}
