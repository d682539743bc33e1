import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { Page } from '../ui/Page.tsx'
import { Actions, Screen } from '../ui/Screen.tsx'

/** Shown when a part of the page breaks: the way out is to load it again. */
export function Broken() {
  const { t } = useTranslation('portal')
  return (
    <Page organisation="">
      <Screen title={t('failed.title')}>
        <ErrorNotice error={{ code: 'internal' }} />
        <Actions>
          <Button variant="primary" onPress={() => window.location.reload()}>
            {t('tryAgain')}
          </Button>
        </Actions>
      </Screen>
    </Page>
  )
}
