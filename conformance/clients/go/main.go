// Logs in with golang.org/x/oauth2 and go-oidc. Start it through conformance/clients/run.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

var (
	issuer      = os.Getenv("ISSUER")
	redirectURI = os.Getenv("REDIRECT_URI")
	provider    *oidc.Provider
	offered     struct {
		Grants []string `json:"grant_types_supported"`
	}
)

func newcomer() *Person {
	return NewPerson(issuer, os.Getenv("PERSON_IDENTIFIER"), os.Getenv("PERSON_PASSWORD"))
}

// client is one of our apps, by the name of its environment variables.
func client(name string) *oauth2.Config {
	return &oauth2.Config{
		ClientID:     os.Getenv(name + "_CLIENT_ID"),
		ClientSecret: os.Getenv(name + "_CLIENT_SECRET"),
		Endpoint:     provider.Endpoint(),
		RedirectURL:  redirectURI,
		Scopes:       []string{oidc.ScopeOpenID, "profile", "email", oidc.ScopeOfflineAccess},
	}
}

// signIn signs somebody in and checks the ID token: issuer, audience, expiry, signature, nonce.
func signIn(ctx context.Context, config *oauth2.Config) (*oauth2.Token, *oidc.IDToken, error) {
	verifier, state, nonce := oauth2.GenerateVerifier(), oauth2.GenerateVerifier(), oauth2.GenerateVerifier()
	prompt := oauth2.SetAuthURLParam("prompt", "consent")
	address := config.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier), prompt)
	answer, err := newcomer().Visit(address, redirectURI, "")
	if err != nil {
		return nil, nil, err
	}
	if answer == nil || answer.Query().Get("state") != state || answer.Query().Get("iss") != issuer {
		return nil, nil, fmt.Errorf("the app was called with %v", answer)
	}
	tokens, err := config.Exchange(ctx, answer.Query().Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		return nil, nil, err
	}
	who, err := verify(ctx, config, tokens)
	if err == nil && who.Nonce != nonce {
		err = errors.New("the nonce is not ours")
	}
	return tokens, who, err
}

func verify(ctx context.Context, config *oauth2.Config, tokens *oauth2.Token) (*oidc.IDToken, error) {
	raw, _ := tokens.Extra("id_token").(string)
	who, err := provider.Verifier(&oidc.Config{ClientID: config.ClientID}).Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	if who.AccessTokenHash != "" {
		err = who.VerifyAccessToken(tokens.AccessToken)
	}
	return who, err
}

func codeAndUserinfo(ctx context.Context) error {
	config := client("WEB")
	tokens, who, err := signIn(ctx, config)
	if err != nil {
		return err
	}
	told, err := provider.UserInfo(ctx, config.TokenSource(ctx, tokens))
	if err == nil && (told.Subject != who.Subject || told.Email != os.Getenv("PERSON_IDENTIFIER")) {
		err = fmt.Errorf("userinfo tells of %s %s", told.Subject, told.Email)
	}
	return err
}

func codeOfAPublicClient(ctx context.Context) error {
	_, _, err := signIn(ctx, client("NATIVE"))
	return err
}

func refresh(ctx context.Context) error {
	config := client("WEB")
	first, _, err := signIn(ctx, config)
	if err != nil {
		return err
	}
	second, err := config.TokenSource(ctx, &oauth2.Token{RefreshToken: first.RefreshToken}).Token()
	if err == nil && second.AccessToken == first.AccessToken {
		err = errors.New("the access token is the old one")
	}
	return err
}

func device(ctx context.Context) error {
	config := client("DEVICE")
	config.Scopes = []string{oidc.ScopeOpenID, "profile"}
	started, err := config.DeviceAuth(ctx)
	if err != nil {
		return err
	}
	if _, err = newcomer().Visit(started.VerificationURI, redirectURI, started.UserCode); err != nil {
		return err
	}
	tokens, err := config.DeviceAccessToken(ctx, started)
	if err == nil {
		_, err = verify(ctx, config, tokens)
	}
	return err
}

func clientCredentials(ctx context.Context) error {
	config := clientcredentials.Config{
		ClientID:     os.Getenv("MACHINE_CLIENT_ID"),
		ClientSecret: os.Getenv("MACHINE_CLIENT_SECRET"),
		TokenURL:     provider.Endpoint().TokenURL,
	}
	tokens, err := config.Token(ctx)
	if err == nil && (tokens.RefreshToken != "" || !strings.EqualFold(tokens.TokenType, "bearer")) {
		err = errors.New("not a plain bearer token")
	}
	return err
}

func main() {
	ctx := context.Background()
	var err error
	if provider, err = oidc.NewProvider(ctx, issuer); err != nil || provider.Claims(&offered) != nil {
		fmt.Println("FAIL  go-oidc: discovery:", err)
		os.Exit(1)
	}
	offers := func(grant string) bool { return slices.Contains(offered.Grants, grant) }
	flows := []struct {
		name    string
		offered bool
		work    func(context.Context) error
	}{
		{"code with PKCE, secret, userinfo", true, codeAndUserinfo},
		{"code with PKCE, public client", true, codeOfAPublicClient},
		{"refresh", offers("refresh_token"), refresh},
		{"device", offers("urn:ietf:params:oauth:grant-type:device_code"), device},
		{"client credentials", offers("client_credentials"), clientCredentials},
	}
	failed := false
	for _, flow := range flows {
		if !flow.offered {
			fmt.Printf("SKIP  go-oidc: %s (not offered in discovery)\n", flow.name)
		} else if err := flow.work(ctx); err != nil {
			failed = true
			fmt.Printf("FAIL  go-oidc: %s: %v\n", flow.name, err)
		} else {
			fmt.Printf("PASS  go-oidc: %s\n", flow.name)
		}
	}
	if failed {
		os.Exit(1)
	}
}
