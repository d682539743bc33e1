import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/LanguageProvider.tsx'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { CodeSheet } from './CodeSheet.tsx'
import { saveAsText, sheetAsText } from './code-sheet-text.ts'
import type { NewCodes, RecoveryCodesProps } from './recovery-codes-props.ts'

/** The codes, this once, and the ways to keep them. Printed, the page is the sheet and nothing else. */
export function CodesScreen(props: RecoveryCodesProps & { codes: NewCodes; onKept: () => void }) {
  const { t } = useTranslation('portal')
  const { language } = useLanguage()
  const [copying, setCopying] = useState<'copied' | 'copyFailed' | null>(null)
  const { codes, organisation, accountName, helpdesk } = props
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(codes.madeAt)
  const sheet = { codes: codes.codes, organisation, accountName, helpdesk, date }
  const copy = () =>
    navigator.clipboard.writeText(codes.codes.join('\n')).then(
      () => setCopying('copied'),
      () => setCopying('copyFailed'),
    )
  const save = () => saveAsText(t('recoveryCodes.sheet.file'), sheetAsText(t, sheet))
  return (
    <Screen
      key="codes"
      title={t('recoveryCodes.codesTitle')}
      intro={<p>{t('recoveryCodes.codesIntro')}</p>}
      place={organisation}
      onBack={props.onBack}
    >
      <CodeSheet {...sheet} />
      <div className="keep-how">
        <Button onPress={() => window.print()}>{t('recoveryCodes.print')}</Button>
        <Button onPress={() => void copy()}>{t('recoveryCodes.copy')}</Button>
        <Button onPress={save}>{t('recoveryCodes.download')}</Button>
        <p className="soft" role="status">
          {copying && t(`recoveryCodes.${copying}`)}
        </p>
      </div>
      <Actions>
        <Button variant="primary" onPress={props.onKept}>
          {t('recoveryCodes.kept')}
        </Button>
      </Actions>
    </Screen>
  )
}
