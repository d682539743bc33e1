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
  const [isTaken, setIsTaken] = useState(false)
  const suggest = async () => setPhrase(makePassphrase(await loadWords(language), props.rules))
  const use = () => {
    props.onUse(phrase ?? '')
    setPhrase(null)
    setIsTaken(true)
  }
  if (phrase !== null) {
    return <Offer phrase={phrase} onUse={use} onAnother={() => void suggest()} />
  }
  return (
    <div className="suggest">
      <Button icon={<SparkIcon />} onPress={() => void suggest()}>
        {t('password.suggest')}
      </Button>
      <p className="soft" role="status">
        {isTaken && t('password.taken')}
      </p>
    </div>
  )
}

function Offer(props: { phrase: string; onUse: () => void; onAnother: () => void }) {
  const { t } = useTranslation('journey')
  return (
    <section className="suggestion" aria-labelledby="suggestion">
      <h2 id="suggestion">{t('password.suggestion')}</h2>
      <p className="suggestion-phrase" role="status" dir="ltr">
        <Phrase phrase={props.phrase} />
      </p>
      <p className="soft">{t('password.suggestionHelp')}</p>
      <div className="actions">
        <Button onPress={props.onUse} autoFocus>
          {t('password.use')}
        </Button>
        <Button variant="quiet" icon={<RepeatIcon />} onPress={props.onAnother}>
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
