import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethod, EnrolledMethods } from '../../contract/enrolment.ts'
import { Button } from '../../ui/Button.tsx'
import { Choices } from '../../ui/Choices.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { methodIcons } from '../../ui/method-icons.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import type { PortalApi } from '../api/portal-api.ts'
import { isEnoughWithout } from '../methods/readiness.ts'
import { useRequest } from '../session/use-request.ts'
import type { Guard } from '../session/use-step-up.ts'
import { usuallyOnPhone } from './usually-on-phone.ts'

/** A phone, a key or a sheet of codes is gone: what was on it stops working, all at once. */
export function LostScreen(props: {
  api: PortalApi
  guard: Guard
  methods: EnrolledMethods
  organisation: string
  onBack: () => void
  onDone: (news: string) => Promise<void>
}) {
  const { t } = useTranslation('portal')
  const { methods } = props.methods
  const [chosen, setChosen] = useState(() => usuallyOnPhone(methods))
  const [isMissing, setIsMissing] = useState(false)
  const { error, isBusy, send } = useRequest(props.guard)
  const report = async () => {
    setIsMissing(chosen.length === 0)
    if (chosen.length === 0) return
    const lost = await send(() => props.api.loseMethods(chosen))
    if (lost) await props.onDone(t('lost.done', { count: chosen.length }))
  }
  return (
    <Screen
      title={t('lost.title')}
      intro={<p>{t('lost.intro')}</p>}
      place={props.organisation}
      onBack={props.onBack}
    >
      <Choices
        name="lost"
        label={t('lost.choose')}
        values={chosen}
        options={methods.map((method) => optionOf(method, t(`kind.${method.kind}.title`)))}
        onChange={setChosen}
      />
      {isMissing && <Notice tone="warning" title={t('lost.missing')} />}
      {!isEnoughWithout(props.methods, chosen) && chosen.length > 0 && (
        <Notice tone="info" title={t('lost.notEnough')} isQuiet />
      )}
      {error && <ErrorNotice error={error} />}
      <Actions>
        <Button variant="danger" isPending={isBusy} onPress={() => void report()}>
          {t('lost.submit')}
        </Button>
        <Button variant="quiet" onPress={props.onBack}>
          {t('lost.keep')}
        </Button>
      </Actions>
    </Screen>
  )
}

function optionOf({ methodId, kind, label }: EnrolledMethod, title: string) {
  const Icon = methodIcons[kind]
  return { value: methodId, title: label, text: title, icon: <Icon /> }
}
