// Measures on a thread of its own, for two reasons: typing never waits for it, and what it knows -
// the dictionaries, and every spelling of the password that it was asked about - is gone when it is
// terminated. It has no network: its policy is that of the page, see security-headers.ts.
import type { Language } from '../../ui/i18n.ts'
import { createStrengthMeasure } from './strength.ts'
import type { StrengthQuestion } from './strength-meter.ts'

// Named by `openStrengthWorker`.
const measure = createStrengthMeasure(self.name as Language)

addEventListener('message', ({ data }: MessageEvent<StrengthQuestion>) => {
  postMessage(measure(data.password, data.ownWords))
})
