import { bridge, settings } from './bridge.ts'
import '../ui/styles/index.css'
import { createRoot } from 'react-dom/client'
import type { JourneySettings } from '../contract/journey-bridge.ts'
import { Journey } from '../journey/Journey.tsx'
import { journeyTexts } from '../journey/words/index.ts'
import { chooseLanguage, createTranslations } from '../ui/i18n.ts'
import { LanguageProvider } from '../ui/LanguageProvider.tsx'

function show(known: JourneySettings): void {
  const translations = createTranslations(chooseLanguage(known.language), journeyTexts)
  const root = document.getElementById('journey')
  if (!root) return
  createRoot(root).render(
    <LanguageProvider translations={translations}>
      <Journey bridge={bridge} settings={known} />
    </LanguageProvider>,
  )
}

void settings.then(show)
