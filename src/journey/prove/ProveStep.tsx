import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecoveryView } from '../../contract/journey-bridge.ts'
import { isAuthenticatorKind, isTypedKind } from '../../contract/method-kinds.ts'
import { Screen } from '../../ui/Screen.tsx'
import type { StepProps } from '../step.ts'
import { PhoneProof } from './PhoneProof.tsx'
import { TypedProof } from './TypedProof.tsx'
import { currentMethod } from './verify.ts'

/** With the library behind it, fetched when it is needed. */
const AuthenticatorProof = lazy(async () => ({
  default: (await import('./AuthenticatorProof.tsx')).AuthenticatorProof,
}))

/** Proves one method, in the way that its kind asks for. */
export function ProveStep({ walk, walker, settings }: StepProps) {
  const { t } = useTranslation('journey')
  const method = currentMethod(walk)
  if (!walk.recovery || !method) return null
  const { kind } = method
  return (
    <Screen
      title={t('prove.title', position(walk.recovery))}
      intro={<p>{t(`prove.help.${kind}`)}</p>}
      place={settings.organisation}
      onBack={walker.back}
    >
      {kind === 'push' && <PhoneProof walk={walk} walker={walker} methodId={method.methodId} />}
      {isTypedKind(kind) && (
        <TypedProof walk={walk} walker={walker} kind={kind} methodId={method.methodId} />
      )}
      {isAuthenticatorKind(kind) && <AuthenticatorProof walk={walk} walker={walker} kind={kind} />}
    </Screen>
  )
}

/** The proof that is being shown now, and how many there will be. */
function position({ required, remaining }: RecoveryView): { position: number; count: number } {
  return { position: required - remaining + 1, count: required }
}
