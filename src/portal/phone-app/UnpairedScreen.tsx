import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Form } from '../../ui/Form.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { pairingSecret } from './pairing-link.ts'

/** A phone that knows nothing yet. Links can be pasted, for pages that were put on the home screen. */
export function UnpairedScreen({ onSecret }: { onSecret: (secret: string) => void }) {
  const { t } = useTranslation('phone')
  const [link, setLink] = useState('')
  const [isMalformed, setIsMalformed] = useState(false)
  const submit = () => {
    const secret = pairingSecret(link)
    setIsMalformed(secret === null)
    if (secret !== null) onSecret(secret)
  }
  return (
    <Screen title={t('unpaired.title')} intro={<p>{t('unpaired.intro')}</p>} takesFocus={false}>
      <p className="soft">{t('unpaired.install')}</p>
      <Form onSubmit={submit} complaint={isMalformed}>
        <TextField
          name="link"
          label={t('unpaired.link')}
          value={link}
          onChange={setLink}
          error={isMalformed ? t('unpaired.malformed') : null}
        />
        <Actions>
          <Button type="submit">{t('unpaired.submit')}</Button>
        </Actions>
      </Form>
    </Screen>
  )
}
