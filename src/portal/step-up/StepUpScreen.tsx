import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethod, EnrolledMethods } from '../../contract/enrolment.ts'
import {
  isAuthenticatorKind,
  isSentKind,
  isTypedKind,
  isWrittenKind,
} from '../../contract/method-kinds.ts'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { methodIcons } from '../../ui/method-icons.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import type { PortalApi } from '../api/portal-api.ts'
import { CodeForm } from '../CodeForm.tsx'
import { stepUpMethods } from '../methods/readiness.ts'
import type { Guard } from '../session/use-step-up.ts'
import { AuthenticatorStepUp } from './AuthenticatorStepUp.tsx'
import { MailedCode } from './MailedCode.tsx'
import { PhoneStepUp } from './PhoneStepUp.tsx'

/** Asks for a method that is set up already, before anything about methods is changed. */
export function StepUpScreen(props: {
  api: PortalApi
  guard: Guard
  methods: EnrolledMethods
  organisation: string
  onDone: (proven: boolean) => void
}) {
  const { t } = useTranslation('portal')
  const methods = stepUpMethods(props.methods)
  const [chosen, setChosen] = useState(methods[0]?.methodId ?? '')
  const method = methods.find(({ methodId }) => methodId === chosen)
  const cancel = () => props.onDone(false)
  return (
    <Screen
      title={t('stepUp.title')}
      intro={<p>{t('stepUp.intro')}</p>}
      place={props.organisation}
      onBack={cancel}
    >
      {methods.length > 1 && (
        <Choice
          name="method"
          label={t('stepUp.choose')}
          value={chosen}
          options={methods.map((one) => optionOf(one, t(`kind.${one.kind}.title`)))}
          onChange={setChosen}
        />
      )}
      {method ? (
        <ProveMethod key={method.methodId} {...props} method={method} />
      ) : (
        <>
          <Notice tone="warning" title={t('stepUp.none.title')}>
            <p>{t('stepUp.none.text')}</p>
          </Notice>
          <Actions>
            <Button onPress={cancel}>{t('stepUp.cancel')}</Button>
          </Actions>
        </>
      )}
    </Screen>
  )
}

function optionOf({ methodId, kind, label }: EnrolledMethod, title: string) {
  const Icon = methodIcons[kind]
  const named = isWrittenKind(kind) ? { title } : { title: label, text: title }
  return { value: methodId, ...named, icon: <Icon /> }
}

function ProveMethod(props: {
  api: PortalApi
  guard: Guard
  method: EnrolledMethod
  onDone: (proven: boolean) => void
}) {
  const { t } = useTranslation('portal')
  const { api, guard, method } = props
  const { kind, label, methodId } = method
  if (isAuthenticatorKind(kind)) return <AuthenticatorStepUp {...props} kind={kind} />
  if (kind === 'push') return <PhoneStepUp {...props} />
  if (!isTypedKind(kind)) return null
  const prove = async (code: string) => {
    const answer = await guard(() => api.stepUp(methodId, { kind, code }))
    if (answer?.ok) props.onDone(true)
    return answer === null || answer.ok ? null : answer.error
  }
  const isWritten = isWrittenKind(kind)
  const form = (
    <CodeForm
      label={t(`stepUp.code.${kind}`, { label })}
      shape={isWritten ? 'written' : 'digits'}
      submitLabel={t('stepUp.submit')}
      refusedText={isWritten ? t('stepUp.refusedWritten') : t('stepUp.refused')}
      onCode={prove}
    >
      <Button variant="quiet" onPress={() => props.onDone(false)}>
        {t('stepUp.cancel')}
      </Button>
    </CodeForm>
  )
  return isSentKind(kind) ? (
    <MailedCode api={api} guard={guard} method={method} kind={kind}>
      {form}
    </MailedCode>
  ) : (
    <>
      {form}
      {!isWritten && <p>{t('stepUp.lost')}</p>}
    </>
  )
}
