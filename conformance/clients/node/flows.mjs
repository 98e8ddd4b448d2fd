// What every script here shares: who we are, and one line of outcome for each flow.

import assert from 'node:assert/strict'
import { Person } from './person.mjs'

/** A setting that conformance/clients/run gives. */
export function given(name) {
  assert.ok(process.env[name], `${name} is not set: start this through conformance/clients/run`)
  return process.env[name]
}

/** Somebody with an account, in a browser that was never used before. */
export const newcomer = () =>
  new Person({ identifier: given('PERSON_IDENTIFIER'), password: given('PERSON_PASSWORD'), issuer: given('ISSUER') })

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
