import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import type { PhoneStatus } from '../../contract/push.ts'
import { createDpopKey, type DpopKey } from '../../sealing/dpop.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Form } from '../../ui/Form.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { createPhoneApi } from './phone-api.ts'

/** Makes the key and hands its public half in. Only when asked to: links are opened by machines, too. */
export function PairScreen(props: {
  secret: string
  isReplacing: boolean
  onBack: () => void
  onPaired: (key: DpopKey, status: PhoneStatus) => Promise<void>
}) {
  const { t } = useTranslation('phone')
  const [name, setName] = useState<string>(t('pair.firstName'))
  const [isMissing, setIsMissing] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<JourneyError | null>(null)
  const submit = async () => {
    setIsMissing(name.trim() === '')
    if (name.trim() === '' || isBusy) return
    setIsBusy(true)
    setError(null)
    const key = await createDpopKey()
    const paired = await createPhoneApi(key).pair(props.secret, name.trim())
    if (paired.ok) await props.onPaired(key, paired.value)
    else setError(paired.error)
    setIsBusy(false)
  }
  return (
    <Screen
      title={t('pair.title')}
      intro={<p>{t('pair.intro')}</p>}
      onBack={props.onBack}
      takesFocus={false}
    >
      {props.isReplacing && <Notice tone="warning" title={t('pair.replaces')} isQuiet />}
      <Form onSubmit={() => void submit()} complaint={isMissing} isBusy={isBusy}>
        <TextField
          name="name"
          label={t('pair.name')}
          description={t('pair.nameHint')}
          value={name}
          onChange={setName}
          maxLength={64}
          isRequired
          error={isMissing ? t('pair.nameMissing') : null}
        />
        {error &&
          (error.code === 'not_found' ? (
            <Notice tone="error" title={t('pair.over')} />
          ) : (
            <ErrorNotice error={error} />
          ))}
        <Actions>
          <Button
            type="submit"
            variant="primary"
            isPending={isBusy}
            isDisabled={error?.code === 'not_found'}
          >
            {t('pair.submit')}
          </Button>
        </Actions>
      </Form>
    </Screen>
  )
}
