import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from './icons.tsx'
import { LanguageChoice } from './LanguageChoice.tsx'
import { unbrokenNumbers } from './unbroken-numbers.ts'

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
        <div className="page-header-content">
          {props.aside && <Keyhole />}
          <p className="brand">
            <Mark />
            <span className="brand-name">{props.organisation || 'Latchkey'}</span>
          </p>
          {props.aside}
          <Helpdesk line={props.helpdesk} />
        </div>
      </header>
      <div className="page-body">
        <nav className="page-tools" aria-label={t('tools')}>
          <LanguageChoice />
          {props.tools}
        </nav>
        <main className={`page-main page-${props.width ?? 'narrow'}`}>{props.children}</main>
        <footer className="page-footer">
          <Helpdesk line={props.helpdesk} />
        </footer>
      </div>
    </div>
  )
}

/** In the header where there is room, at the end of the page where there is not: see page.css. */
function Helpdesk({ line }: { line: string | undefined }) {
  const { t } = useTranslation('ui')
  if (!line) return null
  return (
    <p className="page-helpdesk">
      <span className="page-helpdesk-label">{t('helpdesk')}</span> {unbrokenNumbers(line)}
    </p>
  )
}

/** A picture for the eye only, cut by the edge of the column. */
function Keyhole() {
  return (
    <svg className="keyhole" viewBox="0 0 190 190" aria-hidden="true" focusable="false">
      <circle cx="118" cy="118" r="112" />
      <path d="M118 62a40 40 0 0 0-20.6 74.2L84 222h68l-13.4-85.800A40 40 0 0 0 118 62Z" />
    </svg>
  )
}
