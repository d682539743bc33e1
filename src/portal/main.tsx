import './without-eval.ts'
import '../ui/styles/index.css'
import './portal.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { chooseLanguage, createTranslations } from '../ui/i18n.ts'
import { LanguageProvider } from '../ui/LanguageProvider.tsx'
import { createPortalApi } from './api/portal-api.ts'
import { Broken } from './Broken.tsx'
import { Portal } from './Portal.tsx'
import { portalTexts } from './words/index.ts'
import { rememberedLanguage, rememberLanguage } from './words/remembered.ts'

const translations = createTranslations(chooseLanguage(rememberedLanguage()), portalTexts)
translations.on('languageChanged', rememberLanguage)

const root = document.getElementById('portal')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider translations={translations}>
        <ErrorBoundary fallback={<Broken />}>
          <Portal api={createPortalApi()} />
        </ErrorBoundary>
      </LanguageProvider>
    </StrictMode>,
  )
}
