import { expect, test } from 'vitest'
import { isProtectedUser, protectedBy } from '../../src/directory/protected-groups.ts'

const domain = 'S-1-5-21-1078462232-2127598077-169015891'

test.each([
  [`${domain}-500`, 'Administrator'],
  [`${domain}-502`, 'krbtgt'],
  [`${domain}-512`, 'Domain Admins'],
  [`${domain}-516`, 'Domain Controllers'],
  [`${domain}-518`, 'Schema Admins'],
  ['S-1-5-21-1-2-3-519', 'Enterprise Admins'],
  [`${domain}-520`, 'Group Policy Creator Owners'],
  [`${domain}-521`, 'Read-only Domain Controllers'],
  [`${domain}-526`, 'Key Admins'],
  [`${domain}-527`, 'Enterprise Key Admins'],
  ['S-1-5-32-544', 'Administrators'],
  ['S-1-5-32-548', 'Account Operators'],
  ['S-1-5-32-549', 'Server Operators'],
  ['S-1-5-32-550', 'Print Operators'],
  ['S-1-5-32-551', 'Backup Operators'],
])('protects %s', (sid, name) => {
  expect(protectedBy([`${domain}-513`, sid])).toEqual([name])
})

test.each([`${domain}-513`, `${domain}-1512`, 'S-1-5-32-545', 'S-1-5-512', `${domain}-5120`])(
  'leaves %s alone',
  (sid) => {
    expect(protectedBy([sid])).toEqual([])
  },
)

test('knows Protected Users, who may recover but sign in under limits', () => {
  expect(isProtectedUser([`${domain}-525`])).toBe(true)
  expect(isProtectedUser([`${domain}-1525`, 'S-1-5-32-525'])).toBe(false)
  expect(protectedBy([`${domain}-525`])).toEqual([])
})
