import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewUser } from '../../../scripts/lab/domain-controller/index.ts'
import { uniqueName } from '../../helpers/lab.ts'
import { openStack, type Stack } from '../../helpers/stack.ts'
import { newClient, signedIn } from './portal-client.ts'

let stack: Stack
const lockoutPolicies: string[] = []

beforeAll(async () => {
  stack = await openStack({ sections: { limits: { requestsFromAddress: 100_000 } } })
})

afterAll(async () => {
  for (const name of lockoutPolicies) await stack.lab.directory.deletePso(name)
  await stack?.stop()
})

async function newUser(user: Partial<NewUser> = {}) {
  const created = await stack.lab.directory.createUser({ name: uniqueName('in'), ...user })
  return { ...created, account: created.name }
}

/** Somebody whom the directory locks after five wrong passwords, as is usual. */
async function newLockableUser(user: Partial<NewUser> = {}) {
  const created = await newUser(user)
  const policy = uniqueName('lockout')
  const precedence = 200 + lockoutPolicies.push(policy)
  const rules = { lockoutThreshold: 5, lockoutMinutes: 30 }
  await stack.lab.directory.createPso(policy, precedence, rules, [created.name])
  return created
}

async function tryPassword(account: string, password: string) {
  const client = newClient(stack)
  try {
    return await client.send('POST', '/session', { account, password })
  } finally {
    client.close()
  }
}

async function badPwdCount(dn: string): Promise<number> {
  return Number(await stack.lab.directory.readAttribute(dn, 'badPwdCount'))
}

describe('nobody gets in', () => {
  it('with an empty password, which a directory would take for an anonymous bind', async () => {
    const user = await newUser()
    const { status, body, headers } = await tryPassword(user.account, '')
    expect(status).toBe(400)
    expect(body.code).toBe('invalid_request')
    expect(headers['set-cookie']).toBeUndefined()
  })

  it('and a stranger looks like an employee with a wrong password', async () => {
    const user = await newUser()
    const disabled = await newUser({ disabled: true })
    const expired = await newUser({ accountExpiresAt: Date.now() - 86_400_000 })
    const mustChange = await newUser({ mustChange: true })
    const answers = await Promise.all([
      tryPassword(user.account, 'not the password'),
      tryPassword(uniqueName('nobody'), 'not the password'),
      tryPassword(disabled.account, disabled.password),
      tryPassword(expired.account, expired.password),
      tryPassword(mustChange.account, 'not the password'),
      tryPassword('*)(objectClass=*', 'not the password'),
      tryPassword(`${user.account}@elsewhere.example`, 'not the password'),
    ])
    const shapes = answers.map(({ status, headers, body }) => {
      const { requestId, ...rest } = body
      const names = Object.keys(headers).sort()
      return { status, names, rest, hasRequestId: typeof requestId }
    })
    for (const shape of shapes) expect(shape).toEqual(shapes[0])
    expect(shapes[0]).toMatchObject({ status: 401, rest: { code: 'sign_in_refused' } })
  })

  it('with a member too many in the request', async () => {
    const user = await newUser()
    const client = newClient(stack)
    const body = { account: user.account, password: user.password, accountId: 'another' }
    expect((await client.send('POST', '/session', body)).body.code).toBe('invalid_request')
  })

  it('from another site, whatever the password', async () => {
    const { account, password } = await newUser()
    const client = newClient(stack)
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const { status, body } = await client.send('POST', '/session', { account, password }, headers)
      expect(status).toBe(403)
      expect(body.code).toBe('cross_origin')
    }
    expect(client.cookie).toBe('')
  })
})

describe('guessing stops before the directory locks the account', () => {
  it('after three wrong passwords by one name', async () => {
    const user = await newLockableUser()
    for (let guess = 0; guess < 3; guess += 1) {
      expect((await tryPassword(user.account, `guess ${guess}`)).body.code).toBe('sign_in_refused')
    }
    const paused = await tryPassword(user.account.toUpperCase(), user.password)
    expect(paused.status).toBe(429)
    expect(paused.body).toMatchObject({ code: 'too_many_attempts' })
    expect(paused.body.retryAfterSeconds).toBeGreaterThan(1700)
    expect(await badPwdCount(user.dn)).toBe(3)
  })

  it('by all the names of an account together, without telling that they are one', async () => {
    const mail = `${uniqueName('alias')}@corp.example.com`
    const user = await newLockableUser({ mail })
    const names = [user.account, `CORP\\${user.account}`, user.userPrincipalName, mail]
    for (let guess = 0; guess < 8; guess += 1) {
      const { body } = await tryPassword(names[guess % 4] ?? '', `guess ${guess}`)
      expect(body.code).toBe('sign_in_refused')
    }
    // The right one too, and in the same words.
    const right = await tryPassword(user.userPrincipalName, user.password)
    expect(right.body.code).toBe('sign_in_refused')
    expect(await badPwdCount(user.dn)).toBe(3)
  })

  it('however many ask at once', async () => {
    const user = await newLockableUser()
    const client = newClient(stack)
    const body = { account: user.account, password: 'not the password' }
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client.send('POST', '/session', body)),
    )
    client.close()
    const reached = answers.filter((answer) => answer.body.code === 'sign_in_refused')
    expect(reached).toHaveLength(3)
    expect(await badPwdCount(user.dn)).toBe(3)
  })

  it('and a stranger is stopped just so', async () => {
    const name = uniqueName('nobody')
    const codes: string[] = []
    for (let guess = 0; guess < 4; guess += 1) {
      codes.push((await tryPassword(name, `guess ${guess}`)).body.code)
    }
    expect(codes).toEqual([...Array(3).fill('sign_in_refused'), 'too_many_attempts'])
  })

  it('while two slips and the right password cost nothing', async () => {
    const user = await newUser()
    for (let round = 0; round < 3; round += 1) {
      await tryPassword(user.account, 'slip')
      await tryPassword(user.account, 'slip again')
      expect((await tryPassword(user.account, user.password)).status).toBe(200)
    }
  })
})

describe('an expired password', () => {
  it('is told to whoever knows it, and to nobody else', async () => {
    const user = await newUser({ mustChange: true })
    expect((await tryPassword(user.account, 'not it')).body.code).toBe('sign_in_refused')
    const right = await tryPassword(user.account, user.password)
    expect(right.status).toBe(401)
    expect(right.body.code).toBe('password_must_change')
    expect(right.headers['set-cookie']).toBeUndefined()
  })
})

describe('a session', () => {
  it('begins with a cookie that scripts and other sites do not get', async () => {
    const user = await newUser({ displayName: 'Ada <script>alert(1)</script>' })
    const { status, headers, body } = await tryPassword(user.userPrincipalName, user.password)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      accountName: user.account,
      displayName: 'Ada <script>alert(1)</script>',
      steppedUp: true,
    })
    const [cookie = ''] = [headers['set-cookie'] ?? []].flat()
    expect(cookie).toMatch(
      /^__Host-latchkey=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    )
    expect(headers['cache-control']).toContain('no-store')
    const hours = (Date.parse(body.expiresAt) - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(7.9)
    expect(hours).toBeLessThanOrEqual(8)
  })

  it('is replaced by the next sign-in in the same browser', async () => {
    const user = await newUser()
    const client = await signedIn(stack, user)
    const first = newClient(stack, client.cookie)
    await client.send('POST', '/session', { account: user.account, password: user.password })
    expect(client.cookie).not.toBe(first.cookie)
    expect((await client.send('GET', '/session')).status).toBe(200)
    expect((await first.send('GET', '/session')).body.code).toBe('session_required')
  })

  it('is nothing that a browser can choose', async () => {
    const planted = newClient(stack, `__Host-latchkey=${'A'.repeat(43)}`)
    expect((await planted.send('GET', '/session')).body.code).toBe('session_required')
    const user = await newUser()
    await planted.send('POST', '/session', { account: user.account, password: user.password })
    expect(planted.cookie).not.toContain('AAAA')
  })

  it('is over after signing out, wherever its token went', async () => {
    const client = await signedIn(stack, await newUser())
    const stolen = newClient(stack, client.cookie)
    const { status, headers } = await client.send('DELETE', '/session')
    expect(status).toBe(204)
    expect(String(headers['set-cookie'])).toContain('Max-Age=0')
    for (const path of ['/session', '/me/methods']) {
      const answer = await stolen.send('GET', path)
      expect(answer.status).toBe(401)
      expect(answer.body.code).toBe('session_required')
    }
  })

  it('is wanted by everything but the sign-in', async () => {
    const stranger = newClient(stack)
    const id = 'abcdefgh'
    for (const [method, path, body] of [
      ['GET', '/session', undefined],
      ['POST', `/session/step-up/${id}/challenge`, undefined],
      ['POST', `/session/step-up/${id}/verify`, { kind: 'totp', code: '123456' }],
      ['GET', '/me/methods', undefined],
      ['POST', '/me/methods/totp', { label: 'Phone' }],
      ['POST', '/me/methods/email', { address: 'a@example.com' }],
      ['POST', `/me/methods/${id}/confirm`, { code: '123456' }],
      ['DELETE', `/me/methods/${id}`, undefined],
    ] as const) {
      const answer = await stranger.send(method, path, body)
      expect(answer.body.code, `${method} ${path}`).toBe('session_required')
    }
  })
})
