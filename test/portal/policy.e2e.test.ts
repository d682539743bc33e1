import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Employee } from '../../scripts/lab/employee.ts'
import { complaintsOfAxe } from '../helpers/accessibility.ts'
import { overflows, picture } from '../journey/harness/chromium.ts'
import { createOu } from '../server/policy/world.ts'
import { openPortal, type Portal, type PortalLook, signIn } from './visit.ts'

// What the rule of somebody's OU makes of the first thing that the portal says.

let portal: Portal
let strict: Employee
let shut: Employee

beforeAll(async () => {
  portal = await openPortal()
  const { backend, lab } = portal.stack
  const [strictOu, shutOu] = [await createOu(lab), await createOu(lab)]
  strict = await portal.stack.hire({ parent: strictOu })
  shut = await portal.stack.hire({ parent: shutOu })
  const methods = ['passkey', 'securityKey', 'totp', 'email']
  const rule = { methods, strength: 'phishing-resistant', enrolWithinDays: 14 }
  const policy = {
    everyone: { methods },
    rules: [
      { id: 'strict', name: 'Strict', scope: { ous: [strictOu] }, ...rule },
      { id: 'shut', name: 'Shut', scope: { ous: [shutOu] }, methods, enabled: false },
    ],
  }
  const file = join(dirname(backend.configFile), 'policy.json')
  writeFileSync(file, JSON.stringify(policy))
  const applied = await backend.cli('policy', 'apply', file, '--reason', 'for a test')
  expect(applied).toMatchObject({ code: 0 })
}, 120_000)

afterAll(() => portal?.stop())

const looks = [
  ['en', {}],
  ['de', { language: 'de', colorScheme: 'dark', width: 320, height: 640 }],
] as const satisfies readonly (readonly [string, PortalLook])[]

test.each(looks)('what is missing, and by when (%s)', async (name, look) => {
  const said = {
    en: ['One more to go', 'a passkey or a security key', 'within 14 days'],
    de: ['Eines fehlt noch', 'einen Passkey oder einen Sicherheitsschlüssel', 'von 14 Tagen'],
  }
  await visit(strict, 'almostResistant', `strict-${name}`, look, said[name])
})

test.each(looks)('that it is not switched on (%s)', async (name, look) => {
  const said = { en: ['Not available to you yet'], de: ['Das steht Ihnen noch nicht offen'] }
  await visit(shut, 'off', `off-${name}`, look, said[name])
})

async function visit(
  { account, password }: Employee,
  state: string,
  screen: string,
  look: PortalLook,
  said: readonly string[],
): Promise<void> {
  const { page, complaints, close } = await portal.visit(look)
  try {
    await signIn(page, account, password)
    const meter = page.locator(`.readiness-${state}`)
    await meter.waitFor()
    for (const words of said) expect(await meter.textContent()).toContain(words)
    await picture(page, `portal/policy/${screen}`)
    expect(await complaintsOfAxe(page)).toEqual([])
    expect(await overflows(page)).toBe(false)
    expect(complaints).toEqual([])
  } finally {
    await close()
  }
}
