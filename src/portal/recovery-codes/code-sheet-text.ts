import type { useTranslation } from 'react-i18next'
import type { Sheet } from './CodeSheet.tsx'

type Translate = ReturnType<typeof useTranslation<'portal'>>['t']

/** The sheet as a text file. */
export function sheetAsText(t: Translate, sheet: Sheet): string {
  const { codes, organisation, accountName, helpdesk, date } = sheet
  const lines = [
    organisation,
    t('recoveryCodes.sheet.title'),
    t('recoveryCodes.sheet.account', { account: accountName }),
    t('recoveryCodes.sheet.date', { date }),
    '',
    ...codes.map((code, index) => `${String(index + 1).padStart(2)}.  ${code}`),
    '',
    t('recoveryCodes.sheet.howTo'),
    t('recoveryCodes.sheet.care'),
    ...(helpdesk ? [helpdesk] : []),
  ]
  // For editors on Windows, too.
  return `${lines.join('\r\n')}\r\n`
}

/** Lets the browser save a text as a file. It stays in this page's memory until then, and no longer. */
export function saveAsText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then; the address must not outlive it.
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
