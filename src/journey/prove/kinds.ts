import type { ReactNode } from 'react'
import type { MethodKind } from '../../contract/methods.ts'
import { MailIcon, PhoneIcon } from '../../ui/icons.tsx'

/**
 * What the screens know about each kind of method. `isSent`: a code must be sent before there is
 * anything to type; repeated from the contract so that the first screen does not load its schemas.
 */
export const kinds: Record<MethodKind, { isSent: boolean; Icon: () => ReactNode }> = {
  totp: { isSent: false, Icon: PhoneIcon },
  email: { isSent: true, Icon: MailIcon },
}
