import { useCallback, useEffect, useState } from 'react'
import type { PhoneStatus } from '../../contract/push.ts'
import type { DpopKey } from '../../sealing/dpop.ts'
import { createPhoneApi, type PhoneApi } from './phone-api.ts'
import { forgetKey, loadKey, saveKey } from './phone-key.ts'

/** Where the phone as a whole stands. */
export type PhonePhase =
  | { readonly name: 'loading' }
  | { readonly name: 'unpaired' }
  | { readonly name: 'gone' }
  | {
      readonly name: 'paired'
      readonly api: PhoneApi
      /** Null until the backend has said something. */
      readonly status: PhoneStatus | null
      readonly isReached: boolean
    }

const pauseMs = 2_000

/** The key of this phone, if it has one, and what the backend says to it as long as the page is open. */
export function usePhone() {
  const [phase, setPhase] = useState<PhonePhase>({ name: 'loading' })

  useEffect(() => {
    void loadKey()
      .catch(() => null)
      .then((key) => setPhase(key === null ? { name: 'unpaired' } : pairedWith(key, null)))
  }, [])

  const pair = useCallback(async (key: DpopKey, status: PhoneStatus) => {
    await saveKey(key)
    setPhase(pairedWith(key, status))
  }, [])

  const forget = useCallback(async () => {
    await forgetKey()
    setPhase({ name: 'unpaired' })
  }, [])

  const api = phase.name === 'paired' ? phase.api : null
  useEffect(() => {
    if (api === null) return
    const stop = new AbortController()
    const change = (news: { status?: PhoneStatus; isReached: boolean }) =>
      setPhase((now) => (now.name === 'paired' && now.api === api ? { ...now, ...news } : now))
    void keepListening(api, change, () => setPhase({ name: 'gone' }), stop.signal)
    return () => stop.abort()
  }, [api])

  return { phase, pair, forget }
}

function pairedWith(key: DpopKey, status: PhoneStatus | null): PhonePhase {
  return { name: 'paired', api: createPhoneApi(key), status, isReached: true }
}

/**
 * Listens, and again after each end of the line. Where events do not come through, what the phone is
 * asked is still read each time.
 */
async function keepListening(
  api: PhoneApi,
  onChange: (news: { status?: PhoneStatus; isReached: boolean }) => void,
  onGone: () => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const status = await api.status()
    if (signal.aborted) return
    if (status.ok) onChange({ status: status.value, isReached: true })
    else if (status.error.code === 'unauthorized') return onGone()
    else onChange({ isReached: false })
    if (status.ok) await untilShownAgain(api, onChange, signal)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

/** A phone that was put away hears nothing, and does not notice: it begins anew when it is taken out. */
async function untilShownAgain(
  api: PhoneApi,
  onChange: (news: { status: PhoneStatus; isReached: boolean }) => void,
  signal: AbortSignal,
): Promise<void> {
  const renewed = new AbortController()
  const renew = () => {
    if (document.visibilityState === 'visible') renewed.abort()
  }
  document.addEventListener('visibilitychange', renew)
  await api.listen(
    (status) => onChange({ status, isReached: true }),
    AbortSignal.any([signal, renewed.signal]),
  )
  document.removeEventListener('visibilitychange', renew)
}
