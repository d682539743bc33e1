import '../ui/styles/index.css'
import { createRoot } from 'react-dom/client'
import { Journey } from '../journey/Journey.tsx'
import { loadSettings } from '../journey/settings.ts'
import { journeyTexts } from '../journey/words/index.ts'
import type { LatchkeyWindow } from '../preload/preload.ts'
import { chooseLanguage, createTranslations } from '../ui/i18n.ts'
import { LanguageProvider } from '../ui/LanguageProvider.tsx'

declare global {
  interface Window extends LatchkeyWindow {}
}

const bridge = window.latchkey
const settings = await loadSettings(bridge)
const translations = createTranslations(chooseLanguage(settings.language), journeyTexts)
const root = document.getElementById('journey')
if (root) {
  createRoot(root).render(
    <LanguageProvider translations={translations}>
      <Journey bridge={bridge} settings={settings} />
    </LanguageProvider>,
  )
}
