import fc from 'fast-check'
import { expect, it } from 'vitest'
import { maskedPlace } from '../../../src/server/domain/push/masked-place.ts'

it.each([
  ['203.0.113.77', '203.0.113.x'],
  ['::ffff:203.0.113.77', '203.0.113.x'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:x'],
  ['2001:db8::1', '2001:db8:0:x'],
  ['::1', '0:0:0:x'],
  ['fe80::1%eth0', 'fe80:0:0:x'],
  ['', 'x'],
  ['0', 'x'],
  ['1.2.3.4.5', 'x'],
  ['a proxy that says nonsense', 'x'],
])('%s is shown as %s', (address, shown) => {
  expect(maskedPlace(address)).toBe(shown)
})

it('never shows all of an address, nor anything else that was sent for one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (address) => {
      const shown = maskedPlace(address)
      expect(shown).toMatch(/^([\d.]+\.x|[\da-f]+:[\da-f]+:[\da-f]+:x|x)$/)
      if (shown !== 'x') expect(shown).not.toBe(address)
    }),
  )
})
