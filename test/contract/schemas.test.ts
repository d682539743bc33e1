import { describe, expect, it } from 'vitest'
import { ipcRequests } from '../../src/contract/ipc.ts'
import { OneTimeCode, Proof } from '../../src/contract/methods.ts'
import { problemCodes, problems } from '../../src/contract/problems.ts'
import {
  PlanRequest,
  RelayRequest,
  StartRecoveryRequest,
  StartRecoveryResponse,
} from '../../src/contract/recovery.ts'

describe('requests with anything unexpected are refused', () => {
  it.each([
    ['an unknown field', { account: 'alice', purpose: 'reset', phone: '+49301234' }],
    ['an empty account', { account: '   ', purpose: 'reset' }],
    ['a purpose that does not exist', { account: 'alice', purpose: 'delete' }],
    ['an account of a thousand characters', { account: 'a'.repeat(1000), purpose: 'reset' }],
    ['an account that is not text', { account: { $ne: null }, purpose: 'reset' }],
  ])('start with %s', (_, body) => {
    expect(StartRecoveryRequest.safeParse(body).success).toBe(false)
  })

  it.each(['12345', '123456789', '12a456', '１２３４５６', ''])('a code %j', (code) => {
    expect(OneTimeCode.safeParse(code).success).toBe(false)
  })

  it('a proof of a kind that does not exist', () => {
    expect(Proof.safeParse({ kind: 'question', code: '123456' }).success).toBe(false)
  })

  it('a plan that names a hundred controllers', () => {
    const reachable = Array.from({ length: 100 }, () => 'dc1')
    expect(PlanRequest.safeParse({ reachable, sealingKey: 'abc' }).success).toBe(false)
  })

  it('a sealed password that is not base64url', () => {
    const sealed = { enc: 'a b', ciphertext: 'x' }
    expect(RelayRequest.safeParse({ keyId: 'key-00001', sealed }).success).toBe(false)
  })

  it('IPC arguments beyond those that are named', () => {
    expect(ipcRequests.unlock.safeParse(['extra']).success).toBe(false)
    expect(ipcRequests.setPassword.safeParse(['']).success).toBe(false)
    expect(ipcRequests.setPassword.safeParse(['x'.repeat(257)]).success).toBe(false)
  })
})

describe('what is accepted', () => {
  it('a code with the spaces that people type', () => {
    expect(OneTimeCode.parse(' 123 456 ')).toBe('123456')
  })

  it('a password with surrounding spaces, unchanged', () => {
    expect(ipcRequests.setPassword.parse(['  two spaces  '])).toEqual(['  two spaces  '])
  })
})

describe('the answer to a start', () => {
  it('has no room for anything that depends on the account', () => {
    // P6: a hint, a name or a phone number here would tell strangers that the account exists.
    expect(Object.keys(StartRecoveryResponse.shape).sort()).toEqual([
      'attemptsLeft',
      'directory',
      'expiresAt',
      'methods',
      'purpose',
      'recoveryId',
      'remaining',
      'required',
      'state',
      'token',
    ])
  })
})

describe('problem codes', () => {
  it('each has an error status and a title', () => {
    for (const code of problemCodes) {
      expect(problems[code].status).toBeGreaterThanOrEqual(400)
      expect(problems[code].title).toMatch(/\.$/)
    }
  })
})
