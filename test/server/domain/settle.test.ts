import { expect, test } from 'vitest'
import {
  judgeWrite,
  type PasswordMark,
  unknownUsn,
  type WriteMark,
} from '../../../src/server/domain/settle.ts'

const entry = (change: Partial<WriteMark> = {}): WriteMark => ({
  ...{ usnBefore: '100', pwdLastSetBefore: 1000, passwordWrite: '5.a.101', ...change },
})
const after = (change: Partial<PasswordMark> = {}): PasswordMark => ({
  ...{ usn: '101', pwdLastSet: null, passwordWrite: '5.a.101', ...change },
})

const unknown = { passwordWrite: null }

test.each<[string, ReturnType<typeof judgeWrite>, WriteMark, PasswordMark]>([
  ['nothing has changed', 'not_applied', entry(unknown), after({ usn: '100', pwdLastSet: 1000 })],
  ['something else has', 'not_applied', entry(unknown), after({ pwdLastSet: 1000 })],
  [
    'something else may have, on another controller',
    'temporary',
    entry({ ...unknown, usnBefore: unknownUsn }),
    after({ usn: '100', pwdLastSet: 1000 }),
  ],
  ['ours is in place', 'temporary', entry(), after()],
  ['ours is in place and need not be changed', 'temporary', entry(), after({ pwdLastSet: 2000 })],
  ['nobody knows whose it is: not remembered', 'temporary', entry(unknown), after()],
  ['nobody knows whose it is: not readable', 'temporary', entry(), after(unknown)],
  ['another one must be changed', 'replaced', entry(), after({ passwordWrite: '6.a.102' })],
  [
    'another one of the same version, from elsewhere',
    'replaced',
    entry({ usnBefore: unknownUsn }),
    after({ passwordWrite: '5.b.7' }),
  ],
  [
    'the user has chosen one',
    'changed',
    entry(),
    after({ pwdLastSet: 2000, passwordWrite: '6.a.102' }),
  ],
  ['one was chosen, unnamed', 'changed', entry(unknown), after({ pwdLastSet: 2000 })],
])('%s: %s', (_, verdict, before, now) => {
  expect(judgeWrite(before, now)).toBe(verdict)
})
