import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from './icons.tsx'
import { LanguageChoice } from './LanguageChoice.tsx'

/**
 * The frame around every screen. With `aside` (usually `Steps`) it becomes two columns where there
 * is room; without, the brand is a bar on top.
 */
export function Page(props: {
  organisation: string
  /** One line that says how to reach a person. Empty when there is none. */
  helpdesk?: string
  aside?: ReactNode
  /** Buttons beside the language choice, such as leaving or signing out. */
  tools?: ReactNode
  /** `wide` for tables and lists; the default keeps lines short. */
  width?: 'narrow' | 'wide'
  children: ReactNode
}) {
  const { t } = useTranslation('ui')
  return (
    <div className={props.aside ? 'page page-with-aside' : 'page'}>
      <header className="page-header">
        <p className="brand">
          <Mark />
          <span className="brand-name">{props.organisation || 'Latchkey'}</span>
        </p>
        {props.aside}
        {props.helpdesk && (
          <p className="page-helpdesk">
            <span className="page-helpdesk-label">{t('helpdesk')}</span> {props.helpdesk}
          </p>
        )}
        {props.aside && <Keyhole />}
      </header>
      <div className="page-body">
        <div className="page-tools">
          <LanguageChoice />
          {props.tools}
        </div>
        <main className={`page-main page-${props.width ?? 'narrow'}`}>{props.children}</main>
      </div>
    </div>
  )
}

/** A picture for the eye only, cut by the edge of the column. */
function Keyhole() {
  return (
    <svg className="keyhole" viewBox="0 0 200 260" aria-hidden="true" focusable="false">
      <circle cx="100" cy="90" r="86" />
      <path d="M100 48a32 32 0 0 0-16.5 59.4L72 176h56l-11.500-68.600A32 32 0 0 0 100 48Z" />
    </svg>
  )
}
