import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethod } from '../../contract/enrolment.ts'
import { hasOwnName, isAuthenticatorKind, isWrittenKind } from '../../contract/method-kinds.ts'
import { Button } from '../../ui/Button.tsx'
import { WarningIcon } from '../../ui/icons.tsx'
import { useLanguage } from '../../ui/LanguageProvider.tsx'
import { methodIcons } from '../../ui/method-icons.ts'
import { RenameForm } from './RenameForm.tsx'

/** One method that is set up. */
export function MethodCard(props: {
  method: EnrolledMethod
  /** A new name is on its way. */
  isBusy: boolean
  onRemove: (method: EnrolledMethod) => void
  onRename: (label: string) => void
}) {
  const { t } = useTranslation('portal')
  const { backup, kind, reconfirm, suspended } = props.method
  const title = t(`kind.${kind}.title`)
  const label = isWrittenKind(kind) ? title : props.method.label
  const Icon = methodIcons[kind]
  const [naming, setNaming] = useState<'never' | 'now' | 'before'>('never')
  return (
    <li className={suspended ? 'own-method own-method-suspended' : 'own-method'}>
      <span className="own-method-icon">
        <Icon />
      </span>
      <div className="own-method-words">
        <h3>
          <bdi>{label}</bdi>
        </h3>
        {label !== title && <p className="soft">{title}</p>}
        <Limits method={props.method} />
        {backup && <p className="soft">{t(`method.backup.${backup}`)}</p>}
        <p className="soft">
          <History method={props.method} />
        </p>
        {suspended && (
          <p className="own-method-warning">
            <WarningIcon />
            <span>
              {isAuthenticatorKind(kind)
                ? t('method.suspendedAuthenticator')
                : t('method.suspended')}
            </span>
          </p>
        )}
        {reconfirm && !suspended && (
          <p className="own-method-warning">
            <WarningIcon />
            <span>{t('method.reconfirm')}</span>
          </p>
        )}
      </div>
      <div className="own-method-actions">
        <Button
          variant="quiet"
          aria-label={t('method.removeLong', { label })}
          onPress={() => props.onRemove(props.method)}
        >
          {t('method.remove')}
        </Button>
        {hasOwnName(kind) && naming !== 'now' && (
          <Button
            variant="quiet"
            aria-label={t('method.renameLong', { label })}
            autoFocus={naming === 'before'}
            onPress={() => setNaming('now')}
          >
            {t('method.rename')}
          </Button>
        )}
      </div>
      {naming === 'now' && (
        <RenameForm
          method={props.method}
          isBusy={props.isBusy}
          onName={props.onRename}
          onCancel={() => setNaming('before')}
        />
      )}
    </li>
  )
}

/** What is left of a set of codes, and when a pass is over. */
function Limits({ method: { left, until } }: { method: EnrolledMethod }) {
  const { t } = useTranslation('portal')
  const { language } = useLanguage()
  if (left !== undefined) {
    return <p className="soft">{t('recoveryCodes.left', { count: left, total: 10 })}</p>
  }
  if (until === undefined) return null
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return <p className="soft">{t('method.until', { time: format.format(new Date(until)) })}</p>
}

function History({ method }: { method: EnrolledMethod }) {
  const { t } = useTranslation('portal')
  const { language } = useLanguage()
  const dateOf = (moment: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(moment))
  const used =
    method.lastUsedAt === null
      ? t('method.unused')
      : t('method.used', { date: dateOf(method.lastUsedAt) })
  return `${t('method.added', { date: dateOf(method.addedAt) })}, ${used}`
}
