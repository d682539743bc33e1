import { expect, test } from 'vitest'
import { guidToString } from '../../src/directory/guid.ts'

test.each(['', '00', '00'.repeat(15), '00'.repeat(17)])('refuses %j', (hex) => {
  expect(guidToString(Buffer.from(hex, 'hex'))).toBeNull()
})

// The example of the Windows GUID structure, and two rights of [MS-ADTS] 5.1.3.2.1.
test.each([
  ['40fc296b47ca6710b31d00dd010662da', '6b29fc40-ca47-1067-b31d-00dd010662da'],
  ['709529006d24d011a76800aa006e0529', '00299570-246d-11d0-a768-00aa006e0529'],
  ['531a72ab2f1ed011981900aa0040529b', 'ab721a53-1e2f-11d0-9819-00aa0040529b'],
])('reads %s', (hex, text) => {
  const bytes = Buffer.from(hex, 'hex')
  expect(guidToString(bytes)).toBe(text)
  expect(bytes.toString('hex'), 'the input is left as it was').toBe(hex)
})
