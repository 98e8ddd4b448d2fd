// oauth4webapi 3: the lowest level, which checks every answer against the letter of its specification.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import * as oauth from 'oauth4webapi'
import { given, keyOfOurs, newcomer, run, signed } from './flows.mjs'

const REDIRECT_URI = given('REDIRECT_URI')
const SCOPE = 'openid profile email offline_access'
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const insecure = { [oauth.allowInsecureRequests]: true }

const issuer = new URL(given('ISSUER'))
const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
const bare = await oauth.processDiscoveryResponse(
  issuer, await oauth.discoveryRequest(issuer, { ...insecure, algorithm: 'oauth2' }),
).catch((error) => error)

const web = { client: { client_id: given('WEB_CLIENT_ID') }, auth: oauth.ClientSecretBasic(given('WEB_CLIENT_SECRET')) }
const webByPost = { ...web, auth: oauth.ClientSecretPost(given('WEB_CLIENT_SECRET')) }
const native = { client: { client_id: given('NATIVE_CLIENT_ID') }, auth: oauth.None() }
const device = { client: { client_id: given('DEVICE_CLIENT_ID') }, auth: oauth.None() }
const grants = server.grant_types_supported ?? []
const methods = server.token_endpoint_auth_methods_supported ?? []

/** Asks for an authorization in a new browser; returns what the app is told, checked, and the secrets to go on. */
async function authorize(app, { extra = {}, pushed = false, person = newcomer() } = {}) {
  const asked = { state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce(), verifier: oauth.generateRandomCodeVerifier() }
  const parameters = {
    client_id: app.client.client_id, redirect_uri: REDIRECT_URI, response_type: 'code', scope: SCOPE, prompt: 'consent',
    state: asked.state, nonce: asked.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(asked.verifier), code_challenge_method: 'S256', ...extra,
  }
  const url = new URL(server.authorization_endpoint)
  url.search = new URLSearchParams(pushed ? await push(app, parameters) : parameters)
  const answer = await person.visit(url, REDIRECT_URI)
  const told = answer instanceof Request ? new URLSearchParams(await answer.text()) : answer.searchParams
  return { ...asked, told: oauth.validateAuthResponse(server, app.client, told, asked.state) }
}

async function push(app, parameters) {
  const response = await oauth.pushedAuthorizationRequest(server, app.client, app.auth, parameters, insecure)
  const { request_uri } = await oauth.processPushedAuthorizationResponse(server, app.client, response)
  return { client_id: app.client.client_id, request_uri }
}

/** Redeems the code; every claim, hash and the signature of the ID token are checked. */
async function redeem(app, { told, verifier, nonce }) {
  const response = await oauth.authorizationCodeGrantRequest(server, app.client, app.auth, told, REDIRECT_URI, verifier, insecure)
  const checks = { expectedNonce: nonce, requireIdToken: true }
  const tokens = await oauth.processAuthorizationCodeResponse(server, app.client, response, checks)
  await oauth.validateApplicationLevelSignature(server, response, insecure)
  return tokens
}

const signIn = async (app, how) => redeem(app, await authorize(app, how))

async function refresh(app, token) {
  const response = await oauth.refreshTokenGrantRequest(server, app.client, app.auth, token, insecure)
  return oauth.processRefreshTokenResponse(server, app.client, response)
}

async function introspect(app, token) {
  const response = await oauth.introspectionRequest(server, app.client, app.auth, token, insecure)
  return oauth.processIntrospectionResponse(server, app.client, response)
}

async function linked(started) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000 * (started.interval ?? 5)))
    const response = await oauth.deviceCodeGrantRequest(server, device.client, device.auth, started.device_code, insecure)
    try {
      return await oauth.processDeviceCodeResponse(server, device.client, response)
    } catch (error) {
      if (error.error !== 'authorization_pending') throw error
    }
  }
}

/** Any other grant, by its name. */
async function grant(app, type, parameters) {
  const response = await oauth.genericTokenEndpointRequest(server, app.client, app.auth, type, parameters, insecure)
  return oauth.processGenericTokenEndpointResponse(server, app.client, response)
}

const refusedWith = (code) => (error) => error.error === code

await run('oauth4webapi', [
  ['OAuth metadata (RFC 8414) agrees with discovery', true, async () => {
    if (bare instanceof Error) throw bare
    for (const name of ['issuer', 'token_endpoint', 'authorization_endpoint', 'jwks_uri']) assert.equal(bare[name], server[name])
  }],
  ['code with PKCE, client_secret_basic, userinfo', true, async () => {
    const tokens = await signIn(web)
    const { sub } = oauth.getValidatedIdTokenClaims(tokens)
    const response = await oauth.userInfoRequest(server, web.client, tokens.access_token, insecure)
    const who = await oauth.processUserInfoResponse(server, web.client, sub, response)
    assert.equal(who.email, given('PERSON_IDENTIFIER'))
  }],
  ['code with PKCE, client_secret_post', methods.includes('client_secret_post'), async () => {
    assert.ok((await signIn(webByPost)).id_token)
  }],
  ['code with PKCE, public client', true, async () => {
    assert.ok((await signIn(native)).id_token)
  }],
  ['response_mode=form_post', (server.response_modes_supported ?? []).includes('form_post'), async () => {
    assert.ok((await signIn(web, { extra: { response_mode: 'form_post' } })).id_token)
  }],
  ['max_age brings auth_time', true, async () => {
    const tokens = await signIn(web, { extra: { max_age: '300' } })
    assert.equal(typeof oauth.getValidatedIdTokenClaims(tokens).auth_time, 'number')
  }],
  ['a code is good once, and its replay ends its tokens', true, async () => {
    const authorized = await authorize(web)
    const tokens = await redeem(web, authorized)
    await assert.rejects(redeem(web, authorized), refusedWith('invalid_grant'))
    await assert.rejects(refresh(web, tokens.refresh_token), refusedWith('invalid_grant'))
  }],
  ['a wrong verifier is refused', true, async () => {
    const authorized = await authorize(web)
    const verifier = oauth.generateRandomCodeVerifier()
    await assert.rejects(redeem(web, { ...authorized, verifier }), refusedWith('invalid_grant'))
  }],
  ['refresh', grants.includes('refresh_token'), async () => {
    const first = await signIn(web)
    const second = await refresh(web, first.refresh_token)
    assert.notEqual(second.access_token, first.access_token)
  }],
  ['introspection and revocation', Boolean(server.introspection_endpoint && server.revocation_endpoint), async () => {
    const tokens = await signIn(web)
    assert.equal((await introspect(web, tokens.access_token)).active, true)
    const response = await oauth.revocationRequest(server, web.client, web.auth, tokens.access_token, insecure)
    await oauth.processRevocationResponse(response)
    assert.equal((await introspect(web, tokens.access_token)).active, false)
  }],
  ['pushed authorization request', Boolean(server.pushed_authorization_request_endpoint), async () => {
    assert.ok((await signIn(web, { pushed: true })).id_token)
  }],
  ['private_key_jwt', methods.includes('private_key_jwt'), async () => {
    const { jwk, key } = await keyOfOurs()
    const auth = oauth.PrivateKeyJwt({ key, kid: jwk.kid })
    assert.ok((await signIn({ client: { client_id: given('KEYED_CLIENT_ID') }, auth })).id_token)
  }],
  ['client_secret_jwt', methods.includes('client_secret_jwt'), async () => {
    const auth = oauth.ClientSecretJwt(given('HMAC_CLIENT_SECRET'))
    assert.ok((await signIn({ client: { client_id: given('HMAC_CLIENT_ID') }, auth })).id_token)
  }],
  ['device', grants.includes('urn:ietf:params:oauth:grant-type:device_code'), async () => {
    const response = await oauth.deviceAuthorizationRequest(server, device.client, device.auth, { scope: 'openid profile' }, insecure)
    const started = await oauth.processDeviceAuthorizationResponse(server, device.client, response)
    const tokens = linked(started)
    await newcomer().visit(started.verification_uri, REDIRECT_URI, { userCode: started.user_code })
    assert.ok((await tokens).id_token)
  }],
  ['client credentials', grants.includes('client_credentials'), async () => {
    const machine = { client: { client_id: given('MACHINE_CLIENT_ID') }, auth: oauth.ClientSecretBasic(given('MACHINE_CLIENT_SECRET')) }
    const response = await oauth.clientCredentialsGrantRequest(server, machine.client, machine.auth, {}, insecure)
    const tokens = await oauth.processClientCredentialsResponse(server, machine.client, response)
    assert.equal(tokens.refresh_token, undefined)
  }],
  ['token exchange between APIs', grants.includes(EXCHANGE), async () => {
    const api = (name) => ({ client: { client_id: given(`${name}_CLIENT_ID`) }, auth: oauth.ClientSecretBasic(given(`${name}_CLIENT_SECRET`)) })
    const first = await signIn(web, { extra: { scope: 'openid orders', resource: 'https://orders.example/' } })
    const asked = { subject_token: first.access_token, subject_token_type: ACCESS_TOKEN, audience: given('STOCK_CLIENT_ID') }
    const second = await grant(api('ORDERS'), EXCHANGE, asked)
    const told = await introspect(api('STOCK'), second.access_token)
    assert.deepEqual([told.active, told.act], [true, { sub: given('ORDERS_CLIENT_ID') }])
    await assert.rejects(grant(api('STOCK'), EXCHANGE, asked), refusedWith('invalid_request'))
  }],
  ['JWT bearer, for the client itself', grants.includes(BEARER), async () => {
    const { jwk, key } = await keyOfOurs()
    const app = { client: { client_id: given('KEYED_CLIENT_ID') }, auth: oauth.PrivateKeyJwt({ key, kid: jwk.kid }) }
    const assertion = await signed({ iss: app.client.client_id, sub: app.client.client_id, aud: server.token_endpoint })
    const tokens = await grant(app, BEARER, { assertion })
    assert.equal(tokens.refresh_token, undefined)
    await assert.rejects(grant(app, BEARER, { assertion }), refusedWith('invalid_grant'))
  }],
  ['dynamic registration', Boolean(server.registration_endpoint), async () => {
    const metadata = { client_name: `Registered ${randomUUID()}`, redirect_uris: [REDIRECT_URI] }
    const response = await oauth.dynamicClientRegistrationRequest(server, metadata, insecure)
    const client = await oauth.processDynamicClientRegistrationResponse(response)
    const app = { client, auth: oauth.ClientSecretBasic(client.client_secret) }
    assert.ok((await signIn(app, { extra: { scope: 'openid profile' } })).id_token)
  }],
])
