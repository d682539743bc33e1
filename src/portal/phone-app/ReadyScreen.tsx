import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneStatus } from '../../contract/push.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { allowKnocking, type Knocking, keepKnocking, knockingNow } from './notifications.ts'
import type { PhoneApi } from './phone-api.ts'

/** Connected, and nobody asks anything. */
export function ReadyScreen(props: { api: PhoneApi; status: PhoneStatus; isReached: boolean }) {
  const { t } = useTranslation('phone')
  const { label } = props.status
  return (
    <Screen
      title={t('ready.title')}
      intro={<p>{t('ready.intro')}</p>}
      above={!props.isReached && <Notice tone="warning" title={t('ready.lost')} />}
    >
      <p>
        <bdi>{t('ready.connected', { label })}</bdi>
      </p>
      <Notice tone="info" title={t('ready.never.title')} isQuiet>
        <p>{t('ready.never.text')}</p>
      </Notice>
      <Knock api={props.api} pushKey={props.status.pushKey} />
    </Screen>
  )
}

function Knock({ api, pushKey }: { api: PhoneApi; pushKey: string }) {
  const { t } = useTranslation('phone')
  const [knocking, setKnocking] = useState<Knocking>(knockingNow)
  useEffect(() => {
    if (knockingNow() === 'on') void keepKnocking(api, pushKey).then(setKnocking)
  }, [api, pushKey])
  if (knocking !== 'ask') {
    return (
      <p className="soft" role="status">
        {t(`ready.notify.${knocking}`)}
      </p>
    )
  }
  return (
    <section className="phone-notify">
      <h2>{t('ready.notify.title')}</h2>
      <p>{t('ready.notify.text')}</p>
      <Button onPress={() => void allowKnocking(api, pushKey).then(setKnocking)}>
        {t('ready.notify.allow')}
      </Button>
    </section>
  )
}
