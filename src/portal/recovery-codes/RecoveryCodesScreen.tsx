import './recovery-codes.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethod } from '../../contract/enrolment.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { useRequest } from '../session/use-request.ts'
import { useWait, Wait } from '../Wait.tsx'
import { CodesScreen } from './CodesScreen.tsx'
import { ConfirmCodesScreen } from './ConfirmCodesScreen.tsx'
import type { NewCodes, RecoveryCodesProps } from './recovery-codes-props.ts'

/** What they are for, then the codes, then one of them typed back: only then they count. */
export function RecoveryCodesScreen(props: RecoveryCodesProps) {
  const { t } = useTranslation('portal')
  const [codes, setCodes] = useState<NewCodes | null>(null)
  const [isKept, setIsKept] = useState(false)
  const { error, isBusy, send } = useRequest(props.guard)
  const seconds = useWait(error)
  const old = props.methods.methods.find(({ kind }) => kind === 'recoveryCode')
  const begin = async () => {
    const begun = await send(() => props.api.addRecoveryCodes())
    if (begun) setCodes({ ...begun.value, madeAt: Date.now() })
  }
  if (codes && isKept) {
    const startOver = () => {
      setIsKept(false)
      setCodes(null)
    }
    return (
      <ConfirmCodesScreen
        {...props}
        codes={codes}
        onShow={() => setIsKept(false)}
        onBeginAgain={startOver}
      />
    )
  }
  if (codes) {
    return (
      <CodesScreen
        {...props}
        codes={codes}
        onBack={() => setCodes(null)}
        onKept={() => setIsKept(true)}
      />
    )
  }
  return (
    <Screen
      key="about"
      title={old ? t('recoveryCodes.titleAgain') : t('recoveryCodes.title')}
      intro={<p>{t('recoveryCodes.intro')}</p>}
      place={props.organisation}
      onBack={props.onBack}
    >
      {old && <Replaces old={old} />}
      <WhereToKeep />
      {error && (
        <ErrorNotice error={error}>
          <Wait seconds={seconds} />
        </ErrorNotice>
      )}
      <Actions>
        <Button
          variant="primary"
          isPending={isBusy}
          isDisabled={Boolean(seconds)}
          onPress={() => void begin()}
        >
          {t('recoveryCodes.show')}
        </Button>
      </Actions>
    </Screen>
  )
}

function Replaces({ old }: { old: EnrolledMethod }) {
  const { t } = useTranslation('portal')
  return (
    <Notice tone="warning" title={t('recoveryCodes.replaces.title')} isQuiet>
      <p>{t('recoveryCodes.replaces.text', { count: old.left ?? 0 })}</p>
    </Notice>
  )
}

function WhereToKeep() {
  const { t } = useTranslation('portal')
  return (
    <section className="portal-section">
      <h2>{t('recoveryCodes.keep')}</h2>
      <ul className="keep-where">
        <li>{t('recoveryCodes.keepAway')}</li>
        <li>{t('recoveryCodes.keepPrivate')}</li>
        <li>{t('recoveryCodes.keepNotHere')}</li>
      </ul>
    </section>
  )
}
