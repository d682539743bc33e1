import { Control } from 'ldapts'
import { accessEntries, concernsRight } from './access-list.ts'

/** The extended right Change Password ([MS-ADTS] 5.1.3.2.1). */
const changePassword = 'ab721a53-1e2f-11d0-9819-00aa0040529b'
const everyone = 'S-1-1-0'
const self = 'S-1-5-10'

/** LDAP_SERVER_SD_FLAGS_OID ([MS-ADTS] 3.1.1.3.4.1.11), asking for the access list alone. */
class SecurityDescriptorFlags extends Control {
  protected override writeControl(writer: Parameters<Control['write']>[0]): void {
    // SEQUENCE { INTEGER DACL_SECURITY_INFORMATION }: the rest would need more rights.
    writer.writeBuffer(Buffer.from([0x30, 0x03, 0x02, 0x01, 0x04]), 0x04)
  }
}

/** Asks a search for the access list of `nTSecurityDescriptor`, and for nothing else of it. */
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
  const entries = accessEntries(descriptor)
  if (entries === null) return null
  if (entries === 'everything') return false
  const sids = [everyone, self, accountSid]
  return entries.some((entry) => !entry.allows && concernsRight(entry, changePassword, sids))
}
