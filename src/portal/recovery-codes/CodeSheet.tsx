import { useTranslation } from 'react-i18next'

/** What is on the sheet besides the words. */
export type Sheet = {
  codes: readonly string[]
  organisation: string
  accountName: string
  helpdesk: string
  date: string
}

/** The codes on screen; on paper with whose they are, and what to do with them. */
export function CodeSheet(props: Sheet) {
  const { t } = useTranslation('portal')
  const { codes, organisation, accountName, helpdesk, date } = props
  return (
    <section className="code-sheet">
      <div className="on-paper">
        <p>{organisation}</p>
        <p className="code-sheet-title">{t('recoveryCodes.sheet.title')}</p>
        <p>{t('recoveryCodes.sheet.account', { account: accountName })}</p>
        <p>{t('recoveryCodes.sheet.date', { date })}</p>
      </div>
      <ol className="code-list" aria-label={t('recoveryCodes.list')} translate="no">
        {codes.map((code) => (
          <li key={code}>
            <bdi dir="ltr">{code}</bdi>
          </li>
        ))}
      </ol>
      <div className="on-paper">
        <p>{t('recoveryCodes.sheet.howTo')}</p>
        <p>{t('recoveryCodes.sheet.care')}</p>
        {helpdesk && <p>{helpdesk}</p>}
      </div>
    </section>
  )
}
