import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthenticatorKind } from '../../contract/method-kinds.ts'
import { AuthenticatorFault } from '../../ui/AuthenticatorFault.tsx'
import { type Absence, findAbsence } from '../../ui/authenticator.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Actions } from '../../ui/Screen.tsx'
import { useSecondsLeft } from '../../ui/time.ts'
import { useCeremony } from '../../ui/use-ceremony.ts'
import type { Walk } from '../state.ts'
import { Waiting } from '../Waiting.tsx'
import type { Walker } from '../walker.ts'

/** A passkey or a security key: asked for at once, and again at the press of a button. */
export function AuthenticatorProof(props: { walk: Walk; walker: Walker; kind: AuthenticatorKind }) {
  const { t } = useTranslation('journey')
  const { walk, walker, kind } = props
  const { trouble } = walk
  const { absence, fault, prove, stop } = useProof(walker, kind)
  const seconds = useSecondsLeft(trouble?.until ?? null)
  const refusal = trouble?.error.code === 'proof_refused' ? trouble.error : null
  if (absence === 'looking') return null
  const problem = absence ?? fault
  return (
    <>
      {walk.isBusy && (
        <Notice tone="info" title={t(`prove.waiting.${kind}`)}>
          <p>{t('prove.waitingText')}</p>
        </Notice>
      )}
      {problem && !walk.isBusy && !trouble && <AuthenticatorFault fault={problem} />}
      {refusal && (
        <Notice tone="error" title={t(`prove.refused.${kind}`)}>
          {refusal.attemptsLeft !== undefined && (
            <p>{t('prove.attemptsLeft', { count: refusal.attemptsLeft })}</p>
          )}
        </Notice>
      )}
      {trouble && !refusal && (
        <ErrorNotice error={trouble.error}>
          <Waiting seconds={seconds} />
        </ErrorNotice>
      )}
      <Actions>
        {absence ? (
          <Button variant="primary" onPress={walker.back}>
            {t('prove.useAnother')}
          </Button>
        ) : walk.isBusy ? (
          <Button onPress={stop}>{t('prove.stop')}</Button>
        ) : (
          <Button variant="primary" onPress={prove} isDisabled={Boolean(seconds)}>
            {t('tryAgain')}
          </Button>
        )}
        {!absence && (
          <Button variant="quiet" onPress={walker.back}>
            {t('prove.other')}
          </Button>
        )}
      </Actions>
    </>
  )
}

/** Begins by itself: the press that has led here was for that. */
function useProof(walker: Walker, kind: AuthenticatorKind) {
  const [absence, setAbsence] = useState<Absence | null | 'looking'>('looking')
  const { fault, show, stop } = useCeremony()
  const [prove] = useState(() => () => void walker.showAuthenticator(show))
  useEffect(() => {
    let isGone = false
    void findAbsence(kind).then((found) => {
      if (isGone) return
      setAbsence(found)
      if (found === null) prove()
    })
    return () => {
      isGone = true
    }
  }, [kind, prove])
  return { absence, fault, prove, stop }
}
