import { useTranslation } from 'react-i18next'
import type { PasswordRules } from '../../contract/password-rules.ts'
import type { RefusalReason } from '../../contract/problems.ts'
import { RequestId } from '../../ui/ErrorNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import type { Walk } from '../state.ts'

/** The directory, or a rule of our own, said no: why, as far as it can be known, and what that means for the old password. */
export function RefusedNotice({ walk, rules }: { walk: Walk; rules: PasswordRules }) {
  const { t } = useTranslation('journey')
  const { t: tError } = useTranslation('errors')
  const error = walk.trouble?.error
  if (!error) return null
  const reasons = error.refused?.length ? error.refused : (['unknown'] as const)
  const reason = (code: RefusalReason) => {
    // Rules that we may not read are not quoted: the length that we know is not the one it missed.
    if (code === 'too_short' && !rules.mayBeStricter) {
      return t('password.tooShort', { count: rules.minLength })
    }
    if (code === 'history' && rules.historyLength > 0) {
      return t('password.historyKnown', { count: rules.historyLength })
    }
    return tError(`refused.${code}`)
  }
  const isDirectorys = error.code === 'password_refused'
  return (
    <Notice tone="error" title={t(isDirectorys ? 'password.refused' : 'password.notTaken')}>
      {isDirectorys || error.refused?.length ? (
        <ul>
          {reasons.map((code) => (
            <li key={code}>{reason(code)}</li>
          ))}
        </ul>
      ) : (
        <p>{tError(`code.${error.code}.text`)}</p>
      )}
      {walk.oldPassword !== 'valid' && (
        <p>
          <strong>{t(`oldPassword.${walk.oldPassword}`)}</strong>
        </p>
      )}
      <RequestId error={error} />
    </Notice>
  )
}
