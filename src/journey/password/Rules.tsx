import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { maxPasswordLength, type RuleCheck } from '../../contract/password-checks.ts'
import type { PasswordRules } from '../../contract/password-rules.ts'
import { Checklist, type ChecklistItem } from '../../ui/Checklist.tsx'
import type { LeakState } from './use-leak.ts'

const typingPauseMs = 900

/** The rules of this account, ticked off while somebody types, and said when they pause. */
export function Rules(props: {
  rules: PasswordRules
  checks: readonly RuleCheck[]
  /** Null: nobody looks whether it has leaked. */
  leak: LeakState | null
  isEmpty: boolean
  /** They have just stood in the way: those that are not met are pointed out. */
  isComplaint: boolean
}) {
  const { t } = useTranslation('journey')
  const items = props.checks.map(({ rule, passed }): ChecklistItem => {
    const count = rule === 'min_length' ? props.rules.minLength : maxPasswordLength
    // With nothing typed there is nothing to tick, not even "does not contain your name".
    const missing = props.isComplaint ? 'missed' : 'unmet'
    const state = passed && !props.isEmpty ? 'met' : missing
    return {
      id: rule,
      state,
      isLong: rule === 'complexity',
      label: t(`password.rule.${rule}`, { count }),
    }
  })
  if (props.leak) {
    const missing = props.leak === 'leaked' ? 'missed' : 'unmet'
    const state = props.leak === 'clear' && !props.isEmpty ? 'met' : missing
    items.push({ id: 'not_leaked', state, label: t('password.rule.not_leaked') })
  }
  const { historyLength } = props.rules
  if (historyLength > 0) {
    const label = t('password.rule.history', { count: historyLength })
    items.push({ id: 'history', state: 'later', isLong: true, label })
  }
  if (props.rules.mayBeStricter) {
    const label = t('password.rule.stricter')
    items.push({ id: 'stricter', state: 'later', isLong: true, label })
  }
  const known = items.filter((item) => item.state !== 'later')
  const met = known.filter((item) => item.state === 'met').length
  const spoken =
    met === known.length
      ? t('password.progressAll')
      : t('password.progress', { met, count: known.length })
  return (
    <div className="rules">
      <p className="field-label">{t('password.rules')}</p>
      <Checklist label={t('password.rules')} items={items} />
      <Spoken text={props.isEmpty ? '' : spoken} />
    </div>
  )
}

/** A live region that waits for a pause, so that it does not talk over every key. */
function Spoken({ text }: { text: string }) {
  const [said, setSaid] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), typingPauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p className="visually-hidden" role="status">
      {said}
    </p>
  )
}
