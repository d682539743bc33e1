import type { ReactNode } from 'react'
import type { MethodKind } from '../../contract/methods.ts'
import { MailIcon, PhoneIcon } from '../../ui/icons.tsx'

/** How each kind of method looks. */
export const kindIcons: Record<MethodKind, () => ReactNode> = { totp: PhoneIcon, email: MailIcon }
