import { useTranslation } from 'react-i18next'
import type { AuthenticatorKind } from '../../contract/method-kinds.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** While the browser waits for an authenticator: what to do, and the way out. */
export function Asking({ kind, onStop }: { kind: AuthenticatorKind; onStop: () => void }) {
  const { t } = useTranslation('portal')
  return (
    <Notice tone="info" title={t('passkey.asking')}>
      <p>{t(`passkey.askingText.${kind}`)}</p>
      <div>
        <Button variant="quiet" onPress={onStop}>
          {t('passkey.stop')}
        </Button>
      </div>
    </Notice>
  )
}
