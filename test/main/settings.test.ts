import { expect, test } from 'vitest'
import { journeySettings } from '../../src/main/settings.ts'

const configuration = {
  ...{ backendOrigin: 'https://reset.example.com', pinnedCaPem: null },
  ...{ organisation: 'Example', helpdesk: 'Helpdesk: 4711', language: null },
}

test('a machine that IT has not configured says so from the start, in the language of its system', () => {
  const unknown = { organisation: '', helpdesk: '', surface: 'window', blockedBy: 'not_configured' }
  expect(journeySettings(null, 'de-AT', false)).toEqual({ ...unknown, language: 'de' })
  expect(journeySettings(null, 'fr', false)).toEqual({ ...unknown, language: 'en' })
})

test('what IT has set wins, and nothing of the backend reaches the page', () => {
  const settings = journeySettings({ ...configuration, language: 'en' }, 'de-DE', false)
  expect(settings).toEqual({
    ...{ organisation: 'Example', helpdesk: 'Helpdesk: 4711' },
    ...{ language: 'en', surface: 'window', blockedBy: null },
  })
})

test('leaving leads back to the login screen where the helper was started from there', () => {
  expect(journeySettings(configuration, 'en', true).surface).toBe('login-screen')
})
