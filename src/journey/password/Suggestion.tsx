import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PasswordRules } from '../../contract/password-rules.ts'
import { Button } from '../../ui/Button.tsx'
import { RepeatIcon, SparkIcon } from '../../ui/icons.tsx'
import { useLanguage } from '../../ui/LanguageProvider.tsx'
import { loadWords, makePassphrase } from './passphrase.ts'

/** Offers a passphrase to whoever has no good idea right now. */
export function Suggestion(props: { rules: PasswordRules; onUse: (phrase: string) => void }) {
  const { t } = useTranslation('journey')
  const { language } = useLanguage()
  const [phrase, setPhrase] = useState<string | null>(null)
  const suggest = async () => setPhrase(makePassphrase(await loadWords(language), props.rules))
  if (phrase === null) {
    return (
      <div>
        <Button variant="quiet" icon={<SparkIcon />} onPress={() => void suggest()}>
          {t('password.suggest')}
        </Button>
      </div>
    )
  }
  const use = () => {
    props.onUse(phrase)
    setPhrase(null)
  }
  return (
    <section className="suggestion" aria-labelledby="suggestion">
      <h2 id="suggestion">{t('password.suggestion')}</h2>
      <p className="suggestion-phrase" role="status" dir="ltr">
        <Phrase phrase={phrase} />
      </p>
      <p className="soft">{t('password.suggestionHelp')}</p>
      <div className="actions">
        <Button onPress={use} autoFocus>
          {t('password.use')}
        </Button>
        <Button variant="quiet" icon={<RepeatIcon />} onPress={() => void suggest()}>
          {t('password.another')}
        </Button>
      </div>
    </section>
  )
}

/** Lines break after the dashes and nowhere else. */
function Phrase({ phrase }: { phrase: string }) {
  const parts = phrase.split(/(?<=-)/)
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a word may come twice
    <span key={index} className="suggestion-word">
      {part}
      <wbr />
    </span>
  ))
}
