import '../without-eval.ts'
import '../../ui/styles/index.css'
import './phone.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx'
import { chooseLanguage, createTranslations } from '../../ui/i18n.ts'
import { LanguageProvider } from '../../ui/LanguageProvider.tsx'
import { rememberedLanguage, rememberLanguage } from '../words/remembered.ts'
import { registerWorker } from './notifications.ts'
import { PhoneApp } from './PhoneApp.tsx'
import { takePairingSecret } from './pairing-link.ts'
import { phoneTexts } from './words/index.ts'

const translations = createTranslations(chooseLanguage(rememberedLanguage()), phoneTexts)
translations.on('languageChanged', rememberLanguage)
void registerWorker()

const root = document.getElementById('phone')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider translations={translations}>
        <ErrorBoundary fallback={<p>Latchkey</p>}>
          <PhoneApp linkSecret={takePairingSecret()} />
        </ErrorBoundary>
      </LanguageProvider>
    </StrictMode>,
  )
}
