import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethod } from '../../contract/enrolment.ts'
import type { JourneyError } from '../../contract/journey-bridge.ts'
import { BigNumber } from '../../ui/BigNumber.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Actions } from '../../ui/Screen.tsx'
import { clockTime, useSecondsLeft } from '../../ui/time.ts'
import type { PortalApi } from '../api/portal-api.ts'
import { useRequest } from '../session/use-request.ts'
import type { Guard } from '../session/use-step-up.ts'
import { useWait, Wait } from '../Wait.tsx'

const askEveryMs = 1_500

type Shown = { readonly number: string; readonly expiresAt: number }

/** Shows a number for one of the user's phones, and waits for what is typed there. */
export function PhoneStepUp(props: {
  api: PortalApi
  guard: Guard
  method: EnrolledMethod
  onDone: (proven: boolean) => void
}) {
  const { t } = useTranslation('portal')
  const { api, method } = props
  const { error, isBusy, send } = useRequest(props.guard)
  const [shown, setShown] = useState<Shown | null>(null)
  const tooMany = useWait(error)
  const { outcome, fault } = useAnswer(props, shown)
  const left = useSecondsLeft(shown?.expiresAt ?? null)
  const ask = async () => {
    const asked = await send(() => api.challenge(method.methodId))
    if (asked?.value.kind !== 'push') return
    const { number, expiresAt } = asked.value
    setShown({ number, expiresAt: Date.parse(expiresAt) })
  }
  const isOpen = shown !== null && outcome === null
  return (
    <>
      <p>{t('stepUp.phone.intro', { label: method.label })}</p>
      <div role="status">
        {isOpen && (
          <BigNumber
            number={shown.number}
            label={t('stepUp.phone.type')}
            note={left !== null && t('stepUp.phone.left', { time: clockTime(left) })}
          />
        )}
      </div>
      {outcome !== null && <Notice tone="warning" title={t(`stepUp.phone.${outcome}`)} />}
      {(error ?? fault) && (
        <ErrorNotice error={(error ?? fault) as JourneyError}>
          <Wait seconds={tooMany} />
        </ErrorNotice>
      )}
      <Actions>
        {!isOpen && (
          <Button
            variant="primary"
            isPending={isBusy}
            isDisabled={Boolean(tooMany)}
            onPress={() => void ask()}
          >
            {shown === null ? t('stepUp.phone.ask') : t('stepUp.phone.again')}
          </Button>
        )}
        <Button variant="quiet" onPress={() => props.onDone(false)}>
          {t('stepUp.cancel')}
        </Button>
      </Actions>
      <p>{t('stepUp.lost')}</p>
    </>
  )
}

type Outcome = 'wrong' | 'denied' | 'expired'

/** Asks the backend again and again, as long as the number is on screen. */
function useAnswer(
  { api, guard, onDone }: { api: PortalApi; guard: Guard; onDone: (proven: boolean) => void },
  shown: Shown | null,
) {
  const [answer, setAnswer] = useState<{ of: Shown; outcome: Outcome } | null>(null)
  const [fault, setFault] = useState<JourneyError | null>(null)
  useEffect(() => {
    if (shown === null) return
    let isOver = false
    setFault(null)
    const ask = async () => {
      while (!isOver) {
        await new Promise((resolve) => setTimeout(resolve, askEveryMs))
        if (isOver) return
        const heard = await guard(() => api.stepUpByPhone())
        if (isOver || heard === null) return
        if (!heard.ok && heard.error.code !== 'backend_unreachable') return setFault(heard.error)
        if (!heard.ok || heard.value.state === 'waiting') continue
        if (heard.value.state === 'approved') return onDone(true)
        return setAnswer({ of: shown, outcome: heard.value.state })
      }
    }
    void ask()
    return () => {
      isOver = true
    }
  }, [api, guard, onDone, shown])
  return { outcome: answer !== null && answer.of === shown ? answer.outcome : null, fault }
}
