// What every script here shares: who we are, and one line of outcome for each flow.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Person } from './person.mjs'

/** A setting that conformance/clients/run gives. */
export function given(name) {
  assert.ok(process.env[name], `${name} is not set: start this through conformance/clients/run`)
  return process.env[name]
}

/** Somebody with an account, in a browser that was never used before. */
export const newcomer = () =>
  new Person({ identifier: given('PERSON_IDENTIFIER'), password: given('PERSON_PASSWORD'), issuer: given('ISSUER') })

/** The key of the app that proves itself by one. */
export async function keyOfOurs() {
  const jwk = JSON.parse(given('KEYED_CLIENT_KEY'))
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  return { jwk, key }
}

/** A JWT under that key, good for a minute and once. */
export async function signed(claims) {
  const { jwk, key } = await keyOfOurs()
  const now = Math.floor(Date.now() / 1000)
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'ES256', kid: jwk.kid })}.${part({ iat: now, exp: now + 60, jti: randomUUID(), ...claims })}`
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(text))
  return `${text}.${Buffer.from(signature).toString('base64url')}`
}

/** A flow's names, in order: what it does, then whether the server offers it. */
export async function run(library, flows) {
  let failed = 0
  for (const [name, offered, work] of flows) {
    if (!offered) {
      console.log(`SKIP  ${library}: ${name} (not offered in discovery)`)
      continue
    }
    try {
      await work()
      console.log(`PASS  ${library}: ${name}`)
    } catch (error) {
      failed += 1
      console.log(`FAIL  ${library}: ${name}: ${sentence(error)}`)
    }
  }
  process.exitCode = failed ? 1 : 0
}

/** An error with its causes, on one line. */
function sentence(error) {
  const own = [error?.code, error?.error, error?.error_description, error?.message].filter(Boolean).join(': ')
  const cause = error?.cause instanceof Error ? ` <- ${sentence(error.cause)}` : causeText(error?.cause)
  return `${own}${cause}`.replace(/\s+/g, ' ')
}

const causeText = (cause) => (cause ? ` <- ${JSON.stringify(cause).slice(0, 300)}` : '')
