import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Purpose } from '../../contract/recovery.ts'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Form } from '../../ui/Form.tsx'
import { KeyIcon, LockOpenIcon } from '../../ui/icons.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { OldPasswordNotice } from '../OldPasswordNotice.tsx'
import type { StepProps } from '../step.ts'

/** Who are you, and what do you need? */
export function AccountStep({ walk, walker, settings }: StepProps) {
  const { t } = useTranslation('journey')
  const { t: tError } = useTranslation('errors')
  const [account, setAccount] = useState(walk.account)
  const [purpose, setPurpose] = useState<Purpose>(walk.purpose)
  const [missing, setMissing] = useState<object | null>(null)
  const complaint = missing ?? walk.trouble
  const submit = () => {
    const name = account.trim()
    setMissing(name ? null : {})
    if (name) void walker.start(name, purpose)
  }
  return (
    <Screen
      title={t('account.title')}
      intro={t('account.intro')}
      place={settings.organisation}
      isStill={walk.visit === 0}
      above={<OldPasswordNotice walk={walk} />}
    >
      <Form onSubmit={submit} complaint={complaint} isBusy={walk.isBusy}>
        <TextField
          name="account"
          label={t('account.label')}
          description={t('account.description')}
          value={account}
          onChange={setAccount}
          autoComplete="username"
          maxLength={256}
          isRequired
          error={
            missing ? t('account.missing') : walk.trouble && tError('code.invalid_request.text')
          }
        />
        <PurposeChoice value={purpose} onChange={setPurpose} />
        <Actions>
          <Button type="submit" variant="primary" isPending={walk.isBusy}>
            {t('goOn')}
          </Button>
        </Actions>
      </Form>
    </Screen>
  )
}

function PurposeChoice(props: { value: Purpose; onChange: (purpose: Purpose) => void }) {
  const { t } = useTranslation('journey')
  return (
    <Choice
      name="purpose"
      label={t('account.purpose')}
      value={props.value}
      onChange={props.onChange}
      options={[
        {
          value: 'reset',
          title: t('account.reset'),
          text: t('account.resetText'),
          icon: <KeyIcon />,
        },
        {
          value: 'unlock',
          title: t('account.unlock'),
          text: t('account.unlockText'),
          icon: <LockOpenIcon />,
        },
      ]}
    />
  )
}
