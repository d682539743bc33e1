import { describe, expect, test } from 'vitest'
import type { CodeContent } from '../../../../src/server/domain/mail-content.ts'
import { isOneMessage } from '../../../../src/server/notify/sms/segments.ts'
import { smsText } from '../../../../src/server/notify/sms/text.ts'

const templates = ['recovery_code', 'confirm_address_code', 'step_up_code'] as const
const content = (template: CodeContent['template']): CodeContent => ({
  ...{ template, code: '123456', validMinutes: 10 },
})
const sender = { organisation: 'Example Corporation', host: 'reset.example.com' }

describe.each(['en', 'de'] as const)('in %s', (language) => {
  test.each(templates)(
    '%s is one message that ends with the code for this site alone',
    (template) => {
      const text = smsText(content(template), { ...sender, language })
      expect(isOneMessage(text)).toBe(true)
      expect(text.split('\n')).toEqual([
        expect.stringMatching(/^123456 .*Example Corporation.*\.$/),
        '@reset.example.com #123456',
      ])
    },
  )

  test.each(templates)('%s does without a name that would make it two', (template) => {
    const hostile = [`Long ${'x'.repeat(95)}`, 'Пример', '例'.repeat(20), '€'.repeat(60)]
    for (const organisation of hostile) {
      const text = smsText(content(template), { ...sender, organisation, language })
      expect(text).toContain('Latchkey')
      expect(isOneMessage(text)).toBe(true)
    }
  })
})

test('each says what it is good for, so that nobody reads it out for something else', () => {
  const texts = templates.map((template) =>
    smsText(content(template), { ...sender, language: 'en' }),
  )
  expect(new Set(texts).size).toBe(3)
  expect(texts[0]).toContain('recover your account')
})

describe('the length of a message', () => {
  test('is 160 of the usual characters, and no more', () => {
    expect(isOneMessage('ä'.repeat(160))).toBe(true)
    expect(isOneMessage('a'.repeat(161))).toBe(false)
  })

  test('counts some of them twice', () => {
    expect(isOneMessage('€'.repeat(80))).toBe(true)
    expect(isOneMessage('€'.repeat(81))).toBe(false)
  })

  test('is 70 as soon as one is unusual', () => {
    expect(isOneMessage(`${'a'.repeat(69)}ł`)).toBe(true)
    expect(isOneMessage(`${'a'.repeat(70)}ł`)).toBe(false)
  })
})
