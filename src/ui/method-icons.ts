import type { ReactNode } from 'react'
import type { MethodKind } from '../contract/method-kinds.ts'
import {
  CodesIcon,
  MailIcon,
  MessageIcon,
  PassIcon,
  PasskeyIcon,
  PhoneIcon,
  PhoneNumberIcon,
  SecurityKeyIcon,
} from './icons.tsx'

/** How each kind of method looks, in the helper and in the portal. */
export const methodIcons: Record<MethodKind, () => ReactNode> = {
  passkey: PasskeyIcon,
  securityKey: SecurityKeyIcon,
  push: PhoneNumberIcon,
  totp: PhoneIcon,
  recoveryCode: CodesIcon,
  temporaryPass: PassIcon,
  sms: MessageIcon,
  email: MailIcon,
}
