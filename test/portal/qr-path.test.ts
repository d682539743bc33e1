import { create } from 'qrcode'
import { expect, it } from 'vitest'
import { keyGroups } from '../../src/portal/authenticator/key-groups.ts'
import { qrPath } from '../../src/portal/authenticator/qr-path.ts'

const uri = 'otpauth://totp/Example:ada?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example'

it('the path darkens exactly the dark modules, inside a quiet zone of four', () => {
  const { modules } = create(uri, { errorCorrectionLevel: 'M' })
  const { path, size } = qrPath(uri)
  expect(size).toBe(modules.size + 8)
  const dark = new Set<string>()
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let step = 0; step < Number(width); step += 1) dark.add(`${Number(x) + step},${y}`)
  }
  const expected = new Set<string>()
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) expected.add(`${column + 4},${row + 4}`)
    }
  }
  expect(dark).toEqual(expected)
})

it('a key is shown in groups of four, and nothing of it is lost', () => {
  const key = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  expect(keyGroups(key)).toHaveLength(8)
  expect(keyGroups(key).join('')).toBe(key)
  expect(keyGroups('ABCDEF')).toEqual(['ABCD', 'EF'])
})
