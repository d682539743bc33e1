import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { languageNames, languages } from './i18n.ts'
import { LanguageIcon } from './icons.tsx'
import { useLanguage } from './LanguageProvider.tsx'

/** The other languages, each by its own name and marked as such for screen readers. */
export function LanguageChoice() {
  const { t } = useTranslation('ui')
  const { language, choose } = useLanguage()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups form fields, these are buttons
    <div role="group" aria-label={t('language')} className="language-choice">
      {languages
        .filter((one) => one !== language)
        .map((one) => (
          <Button
            key={one}
            variant="quiet"
            lang={one}
            icon={<LanguageIcon />}
            onPress={() => choose(one)}
          >
            {languageNames[one]}
          </Button>
        ))}
    </div>
  )
}
