// Somebody with a browser: opens addresses, signs in, allows, and stops where the app is called back.
// Pages are recognised by the element ids of the outside interface; no script runs on them.

import { parse } from 'node-html-parser'

const MOST_STEPS = 20

export class Person {
  #cookies = new Map()

  constructor({ identifier, password, issuer }) {
    this.facts = { identifier, password }
    this.issuer = issuer
  }

  /** Opens an address and walks on until the app at `end` is called: a URL, or a POST as a Request. */
  async visit(url, end, { allow = true, userCode } = {}) {
    let next = new Request(url)
    for (let step = 0; step < MOST_STEPS; step += 1) {
      if (next.url.startsWith(end)) return next.method === 'POST' ? next : new URL(next.url)
      const answer = await this.#send(next)
      const location = answer.headers.get('location')
      next = location
        ? new Request(new URL(location, next.url))
        : await this.#answer(parse(await answer.text()), next.url, { allow, userCode })
      if (!next) return undefined
    }
    throw new Error(`did not arrive at ${end} after ${MOST_STEPS} steps`)
  }

  /** What the page asks for: the request that its form makes, or nothing when the way ends here. */
  async #answer(page, url, { allow, userCode }) {
    const error = page.querySelector('#error-title')
    if (error) throw new Error(`error page: ${error.text.trim()} (${url})`)
    const at = (id) => page.querySelector(`#${id}`)
    const decision = allow ? '-allow' : '-deny'
    const button =
      at('sign-in-submit') ?? at('second-factor-submit') ?? at(`consent${decision}`) ??
      at(`device${decision}`) ?? at('device-submit') ?? at('sign-out-confirm')
    if (button) return this.#submit(button, url, userCode)
    if (page.querySelector('form[method=post] input[name=state]')) {
      return this.#submit(page.querySelector('form'), url)
    }
    return undefined
  }

  async #submit(inside, url, userCode) {
    const form = inside.closest('form') ?? inside
    const fields = new URLSearchParams()
    for (const input of form.querySelectorAll('input[name]')) {
      const unticked = input.getAttribute('type') === 'checkbox' && !input.hasAttribute('checked')
      if (!unticked) fields.append(input.getAttribute('name'), input.getAttribute('value') ?? '')
    }
    const known = { ...this.facts, user_code: userCode }
    for (const [name, value] of Object.entries(known)) if (value && fields.has(name)) fields.set(name, value)
    if (fields.has('code') && inside.id === 'second-factor-submit') fields.set('code', await this.#newestCode())
    if (inside.hasAttribute('name')) fields.set(inside.getAttribute('name'), inside.getAttribute('value') ?? '')
    const action = new URL(inside.getAttribute('formaction') ?? form.getAttribute('action') ?? '', url)
    return new Request(action, { method: 'POST', body: fields, headers: { origin: new URL(url).origin } })
  }

  /** The newest one-time code in the inbox of a server that delivers nothing. */
  async #newestCode() {
    const inbox = await fetch(new URL('/inbox', this.issuer), { headers: { accept: 'application/json' } })
    return (await inbox.json()).find((message) => message.code).code
  }

  async #send(request) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (cookie) request.headers.set('cookie', cookie)
    const answer = await fetch(request, { redirect: 'manual' })
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = set.match(/^([^=]+)=([^;]*)/)
      if (value === '' || /max-age=0(;|$)/i.test(set)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return answer
  }
}
