import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneRequest } from '../../contract/push.ts'
import { Page } from '../../ui/Page.tsx'
import { CompareScreen } from './CompareScreen.tsx'
import { GoneScreen } from './GoneScreen.tsx'
import { PairScreen } from './PairScreen.tsx'
import { QuestionScreen } from './QuestionScreen.tsx'
import { ReadyScreen } from './ReadyScreen.tsx'
import { type Told, ToldScreen } from './ToldScreen.tsx'
import { UnpairedScreen } from './UnpairedScreen.tsx'
import { usePhone } from './use-phone.ts'

/** The whole phone: not connected, connecting, waiting, asking. */
export function PhoneApp({ linkSecret }: { linkSecret: string | null }) {
  const { t } = useTranslation('phone')
  const { phase, pair, forget } = usePhone()
  const [secret, setSecret] = useState(linkSecret)
  const [told, setTold] = useState<Told | null>(null)
  // Kept on screen while it is answered, also when the backend has no more to ask meanwhile.
  const [answering, setAnswering] = useState<PhoneRequest | null>(null)
  const status = phase.name === 'paired' ? phase.status : null
  // Answered already: the backend has just not said so yet.
  const [answered, setAnswered] = useState<string | null>(null)
  const asked = status?.request?.requestId === answered ? null : status?.request
  const question = answering ?? asked ?? null
  return (
    <Page organisation={status?.organisation ?? ''} helpdesk={status?.helpdesk ?? ''}>
      {secret !== null && phase.name !== 'loading' ? (
        <PairScreen
          secret={secret}
          isReplacing={phase.name === 'paired'}
          onBack={() => setSecret(null)}
          onPaired={async (key, first) => {
            await pair(key, first)
            setSecret(null)
          }}
        />
      ) : phase.name === 'unpaired' ? (
        <UnpairedScreen onSecret={setSecret} />
      ) : phase.name === 'gone' ? (
        <GoneScreen onAgain={() => void forget()} />
      ) : phase.name === 'paired' && told !== null ? (
        <ToldScreen told={told} onClose={() => setTold(null)} />
      ) : phase.name === 'paired' && status?.pairingNumber ? (
        <CompareScreen number={status.pairingNumber} />
      ) : phase.name === 'paired' && question !== null ? (
        <QuestionScreen
          key={question.requestId}
          api={phase.api}
          organisation={status?.organisation ?? ''}
          question={question}
          onBusy={(isBusy) => setAnswering(isBusy ? question : null)}
          onTold={(outcome) => {
            setAnswered(question.requestId)
            setTold(outcome)
          }}
        />
      ) : phase.name === 'paired' && status !== null ? (
        <ReadyScreen api={phase.api} status={status} isReached={phase.isReached} />
      ) : (
        phase.name === 'paired' && !phase.isReached && <p role="status">{t('ready.lost')}</p>
      )}
    </Page>
  )
}
