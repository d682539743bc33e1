import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthenticatorKind } from '../../contract/method-kinds.ts'
import { AuthenticatorFault } from '../../ui/AuthenticatorFault.tsx'
import { type Absence, findAbsence } from '../../ui/authenticator.ts'
import { Button } from '../../ui/Button.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { NameForm } from '../NameForm.tsx'
import { Asking } from './Asking.tsx'
import { type PasskeyProps, useRegistration } from './use-registration.ts'

/** A passkey of this device or a security key: its name, then what the browser asks. */
export function PasskeyScreen(props: PasskeyProps & { kind: AuthenticatorKind }) {
  const { t } = useTranslation('portal')
  const { kind } = props
  const absence = useAbsence(kind)
  return (
    <Screen
      title={t(`passkey.title.${kind}`)}
      intro={<p>{t(`passkey.intro.${kind}`)}</p>}
      place={props.organisation}
      onBack={props.onBack}
    >
      {absence === null && <Register {...props} />}
      {absence !== null && absence !== 'looking' && (
        <>
          <AuthenticatorFault fault={absence} />
          <Actions>
            <Button variant="primary" onPress={props.onBack}>
              {t('passkey.back')}
            </Button>
          </Actions>
        </>
      )}
    </Screen>
  )
}

function Register(props: PasskeyProps & { kind: AuthenticatorKind }) {
  const { t } = useTranslation('portal')
  const { kind } = props
  const { error, fault, isAsking, isBusy, register, stop } = useRegistration(props, kind)
  return (
    <NameForm
      methods={props.methods}
      firstLabel={t(`passkey.firstLabel.${kind}`)}
      missingText={t('passkey.nameMissing')}
      submitLabel={t(`passkey.submit.${kind}`)}
      error={error}
      isBusy={isBusy}
      onName={(label) => void register(label)}
    >
      {isAsking && <Asking kind={kind} onStop={stop} />}
      {fault && !isBusy && <AuthenticatorFault fault={fault} />}
    </NameForm>
  )
}

function useAbsence(kind: AuthenticatorKind): Absence | null | 'looking' {
  const [absence, setAbsence] = useState<Absence | null | 'looking'>('looking')
  useEffect(() => {
    let isGone = false
    void findAbsence(kind).then((found) => !isGone && setAbsence(found))
    return () => {
      isGone = true
    }
  }, [kind])
  return absence
}
