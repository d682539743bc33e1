import { Control } from 'ldapts'
import { guidToString } from './guid.ts'
import { sidToString } from './sid.ts'

/** The extended right Change Password ([MS-ADTS] 5.1.3.2.1). */
const changePassword = 'ab721a53-1e2f-11d0-9819-00aa0040529b'
/** User-Change-Password is an extended right, so only this bit of the mask grants or denies it. */
const controlAccess = 0x100
const accessDenied = 0x01
const accessDeniedObject = 0x06
const inheritOnly = 0x08
const everyone = 'S-1-1-0'
const self = 'S-1-5-10'

/** LDAP_SERVER_SD_FLAGS_OID ([MS-ADTS] 3.1.1.3.4.1.11), asking for the access list alone. */
class SecurityDescriptorFlags extends Control {
  protected override writeControl(writer: Parameters<Control['write']>[0]): void {
    // SEQUENCE { INTEGER DACL_SECURITY_INFORMATION }: the rest would need more rights.
    writer.writeBuffer(Buffer.from([0x30, 0x03, 0x02, 0x01, 0x04]), 0x04)
  }
}

export function discretionaryAclControl(): Control {
  return new SecurityDescriptorFlags('1.2.840.113556.1.4.801', { critical: true })
}

/**
 * Whether "user cannot change password" is set: an entry that denies Change Password to everyone or
 * to the account itself ([MS-DTYP] 2.4.4 to 2.4.6). After a temporary password had been set, such a
 * user would be left without any.
 *
 * @param descriptor the self-relative security descriptor, or undefined when it may not be read
 * @param accountSid the account's own SID
 * @returns null when the descriptor is missing or not understood
 */
export function deniesPasswordChange(
  descriptor: Buffer | undefined,
  accountSid: string,
): boolean | null {
  if (!descriptor || descriptor.length < 20) return null
  const listAt = descriptor.readUInt32LE(16)
  // No list at all: everybody may do everything.
  if (listAt === 0) return false
  if (listAt + 8 > descriptor.length) return null
  const count = descriptor.readUInt16LE(listAt + 4)
  let at = listAt + 8
  for (let index = 0; index < count; index += 1) {
    if (at + 8 > descriptor.length) return null
    const size = descriptor.readUInt16LE(at + 2)
    if (size < 8 || at + size > descriptor.length) return null
    if (deniesChange(descriptor.subarray(at, at + size), accountSid)) return true
    at += size
  }
  return false
}

function deniesChange(entry: Buffer, accountSid: string): boolean {
  const [type, flags = 0] = entry
  if ((flags & inheritOnly) !== 0 || entry.length < 16) return false
  if ((entry.readUInt32LE(4) & controlAccess) === 0) return false
  if (type === accessDenied) return concerns(entry.subarray(8), accountSid)
  if (type !== accessDeniedObject) return false
  const present = entry.readUInt32LE(8)
  const hasObject = (present & 1) !== 0
  const right = hasObject ? guidToString(entry.subarray(12, 28)) : changePassword
  const sidAt = 12 + (hasObject ? 16 : 0) + ((present & 2) !== 0 ? 16 : 0)
  return right === changePassword && concerns(entry.subarray(sidAt), accountSid)
}

function concerns(sid: Buffer, accountSid: string): boolean {
  const trustee = sidToString(sid)
  return trustee === everyone || trustee === self || trustee === accountSid
}
