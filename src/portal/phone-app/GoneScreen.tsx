import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'

/** The backend knows this phone's key no more. */
export function GoneScreen({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation('phone')
  return (
    <Screen title={t('gone.title')} intro={<p>{t('gone.text')}</p>}>
      <Actions>
        <Button variant="primary" onPress={onAgain}>
          {t('gone.again')}
        </Button>
      </Actions>
    </Screen>
  )
}
