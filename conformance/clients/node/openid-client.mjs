// openid-client 6, a certified relying party library, against a running server.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import * as oidc from 'openid-client'
import { given, keyOfOurs, newcomer, run, signed } from './flows.mjs'

const REDIRECT_URI = given('REDIRECT_URI')
const AFTER_LOGOUT_URI = given('AFTER_LOGOUT_URI')
const SCOPE = 'openid profile email offline_access'
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

const connect = (id, authentication, metadata) =>
  oidc.discovery(new URL(given('ISSUER')), id, metadata, authentication, { execute: [oidc.allowInsecureRequests] })

const web = await connect(given('WEB_CLIENT_ID'), oidc.ClientSecretBasic(given('WEB_CLIENT_SECRET')))
const native = await connect(given('NATIVE_CLIENT_ID'), oidc.None())
const server = web.serverMetadata()
const grants = server.grant_types_supported ?? []
const methods = server.token_endpoint_auth_methods_supported ?? []

/** Signs somebody in; returns the tokens, whose checks (state, nonce, issuer, signature) the library does. */
async function signIn(config, { extra = {}, person = newcomer(), address = oidc.buildAuthorizationUrl, tokenParameters } = {}) {
  const checks = {
    pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
    idTokenExpected: true,
  }
  const url = await address(config, {
    redirect_uri: REDIRECT_URI,
    scope: SCOPE,
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    prompt: 'consent',
    ...extra,
  })
  const answer = await person.visit(url, REDIRECT_URI)
  assert.ok(answer, 'the way ended on a page of the server')
  return oidc.authorizationCodeGrant(config, answer, checks, tokenParameters)
}

/** Refused with this error code, or the flow failed. */
const refusedWith = (code) => (error) => error.error === code

async function keyed() {
  const { jwk, key } = await keyOfOurs()
  return connect(given('KEYED_CLIENT_ID'), oidc.PrivateKeyJwt({ key, kid: jwk.kid }))
}

/** A token of Ada's for the API Orders, which Orders exchanges for one with which it calls Stock. */
async function exchanged() {
  const tokens = await signIn(web, { extra: { scope: 'openid orders', resource: 'https://orders.example/' } })
  const orders = await connect(given('ORDERS_CLIENT_ID'), oidc.ClientSecretBasic(given('ORDERS_CLIENT_SECRET')))
  return oidc.genericGrantRequest(orders, EXCHANGE, {
    subject_token: tokens.access_token, subject_token_type: ACCESS_TOKEN, resource: 'https://stock.example/',
  })
}

const linked = async (config) => {
  const started = await oidc.initiateDeviceAuthorization(config, { scope: 'openid profile' })
  const polling = oidc.pollDeviceAuthorizationGrant(config, started)
  await newcomer().visit(started.verification_uri, REDIRECT_URI, { userCode: started.user_code })
  return polling
}

await run('openid-client', [
  ['code with PKCE, secret, userinfo', true, async () => {
    const tokens = await signIn(web)
    const who = await oidc.fetchUserInfo(web, tokens.access_token, tokens.claims().sub)
    assert.equal(who.email, given('PERSON_IDENTIFIER'))
  }],
  ['code with PKCE, public client on another loopback port', true, async () => {
    const tokens = await signIn(native)
    assert.ok(tokens.claims().sub)
  }],
  ['response_mode=form_post', (server.response_modes_supported ?? []).includes('form_post'), async () => {
    const tokens = await signIn(web, { extra: { response_mode: 'form_post' } })
    assert.ok(tokens.id_token)
  }],
  ['a person who refuses', true, async () => {
    const state = oidc.randomState()
    const verifier = oidc.randomPKCECodeVerifier()
    const url = oidc.buildAuthorizationUrl(web, {
      redirect_uri: REDIRECT_URI, scope: 'openid email', state, prompt: 'consent',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    })
    const answer = await newcomer().visit(url, REDIRECT_URI, { allow: false })
    await assert.rejects(
      oidc.authorizationCodeGrant(web, answer, { pkceCodeVerifier: verifier, expectedState: state }),
      refusedWith('access_denied'),
    )
  }],
  ['prompt=none without a session', true, async () => {
    await assert.rejects(signIn(web, { extra: { prompt: 'none' } }), refusedWith('login_required'))
  }],
  ['silent second sign-in', true, async () => {
    const person = newcomer()
    const first = await signIn(web, { person })
    const second = await signIn(web, { person, extra: { prompt: 'none', scope: 'openid email' } })
    assert.equal(first.claims().sub, second.claims().sub)
  }],
  ['refresh with rotation', grants.includes('refresh_token'), async () => {
    const first = await signIn(web)
    const second = await oidc.refreshTokenGrant(web, first.refresh_token)
    assert.notEqual(second.access_token, first.access_token)
    const third = await oidc.refreshTokenGrant(web, second.refresh_token ?? first.refresh_token)
    await oidc.fetchUserInfo(web, third.access_token, first.claims().sub)
  }],
  ['introspection and revocation', Boolean(server.introspection_endpoint && server.revocation_endpoint), async () => {
    const tokens = await signIn(web)
    assert.equal((await oidc.tokenIntrospection(web, tokens.access_token)).active, true)
    await oidc.tokenRevocation(web, tokens.refresh_token)
    await assert.rejects(oidc.refreshTokenGrant(web, tokens.refresh_token), refusedWith('invalid_grant'))
    assert.equal((await oidc.tokenIntrospection(web, tokens.access_token)).active, false)
  }],
  ['RP-initiated logout', Boolean(server.end_session_endpoint), async () => {
    const person = newcomer()
    const tokens = await signIn(web, { person })
    const state = oidc.randomState()
    const url = oidc.buildEndSessionUrl(web, {
      id_token_hint: tokens.id_token, post_logout_redirect_uri: AFTER_LOGOUT_URI, state,
    })
    const after = await person.visit(url, AFTER_LOGOUT_URI)
    assert.deepEqual([...after.searchParams], [['state', state]])
    await assert.rejects(signIn(web, { person, extra: { prompt: 'none' } }), refusedWith('login_required'))
  }],
  ['pushed authorization request', Boolean(server.pushed_authorization_request_endpoint), async () => {
    const tokens = await signIn(web, { address: oidc.buildAuthorizationUrlWithPAR })
    assert.ok(tokens.claims().sub)
  }],
  ['private_key_jwt', methods.includes('private_key_jwt'), async () => {
    const tokens = await signIn(await keyed())
    assert.ok(tokens.claims().sub)
  }],
  ['client_secret_jwt', methods.includes('client_secret_jwt'), async () => {
    const hmac = await connect(given('HMAC_CLIENT_ID'), oidc.ClientSecretJwt(given('HMAC_CLIENT_SECRET')))
    assert.ok((await signIn(hmac)).claims().sub)
  }],
  ['device', grants.includes('urn:ietf:params:oauth:grant-type:device_code'), async () => {
    const device = await connect(given('DEVICE_CLIENT_ID'), oidc.None())
    assert.ok((await linked(device)).claims().sub)
  }],
  ['client credentials', grants.includes('client_credentials'), async () => {
    const machine = await connect(given('MACHINE_CLIENT_ID'), oidc.ClientSecretBasic(given('MACHINE_CLIENT_SECRET')))
    const tokens = await oidc.clientCredentialsGrant(machine)
    assert.equal(tokens.refresh_token, undefined)
  }],
  ['token exchange between APIs', grants.includes(EXCHANGE), async () => {
    const tokens = await exchanged()
    assert.equal(tokens.issued_token_type, ACCESS_TOKEN)
    const stock = await connect(given('STOCK_CLIENT_ID'), oidc.ClientSecretBasic(given('STOCK_CLIENT_SECRET')))
    const told = await oidc.tokenIntrospection(stock, tokens.access_token)
    assert.deepEqual([told.active, told.aud, told.act.sub], [true, 'https://stock.example/', given('ORDERS_CLIENT_ID')])
  }],
  ['JWT bearer, for a person who is away', grants.includes(BEARER), async () => {
    const config = await keyed()
    const { sub } = (await signIn(config)).claims()
    const assertion = await signed({ iss: given('KEYED_CLIENT_ID'), sub, aud: server.issuer })
    const tokens = await oidc.genericGrantRequest(config, BEARER, { assertion, scope: 'email' })
    assert.deepEqual([tokens.scope, tokens.refresh_token], ['email', undefined])
  }],
  ['dynamic registration', Boolean(server.registration_endpoint), async () => {
    const config = await oidc.dynamicClientRegistration(
      new URL(given('ISSUER')),
      { client_name: `Registered ${randomUUID()}`, redirect_uris: [REDIRECT_URI], scope: SCOPE },
      undefined,
      { execute: [oidc.allowInsecureRequests] },
    )
    assert.ok((await signIn(config, { extra: { scope: 'openid profile' } })).claims().sub)
  }],
])
