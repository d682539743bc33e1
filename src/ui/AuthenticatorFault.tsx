import { useTranslation } from 'react-i18next'
import type { Absence, CeremonyFault } from './authenticator.ts'
import { Notice } from './Notice.tsx'

/** Why a passkey or a security key could not be asked for, or did not answer, and what to do. */
export function AuthenticatorFault({ fault }: { fault: Absence | CeremonyFault }) {
  const { t } = useTranslation('ui')
  return (
    <Notice tone="warning" title={t(`authenticator.${fault}.title`)}>
      <p>{t(`authenticator.${fault}.text`)}</p>
    </Notice>
  )
}
