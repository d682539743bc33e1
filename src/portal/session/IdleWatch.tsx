import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { clockTime, useSecondsLeft } from '../../ui/time.ts'
import type { PortalApi } from '../api/portal-api.ts'

/** Half a minute less than the backend's, which notes requests no more often than that. */
const idleMs = 14.5 * 60_000
const warnFromSeconds = 120
/** Whoever types or clicks is there, even when nothing is sent for a while. */
const keepAliveMs = 4 * 60_000

/** Warns before the session ends, and takes what is on screen away when it does. */
export function IdleWatch(props: {
  api: PortalApi
  /** When it ends in any case. */
  expiresAt: number
  onLeave: () => void
  onOver: () => void
}) {
  const { api, expiresAt, onOver } = props
  const { t } = useTranslation('portal')
  const deadline = useDeadline(api, expiresAt)
  const seconds = useSecondsLeft(deadline)
  const [isFinishing, setIsFinishing] = useState(false)
  useEffect(() => {
    if (seconds === 0) onOver()
  }, [seconds, onOver])
  if (seconds === null || seconds > warnFromSeconds || seconds === 0) return null
  const stay = async () => {
    const answer = await api.session()
    if (!answer.ok && answer.error.code === 'session_required') onOver()
  }
  const isFinal = deadline === expiresAt
  if (isFinal && isFinishing) return null
  const time = clockTime(seconds)
  return (
    <ConfirmDialog
      title={isFinal ? t('idle.endsTitle') : t('idle.title')}
      keepLabel={isFinal ? t('idle.finish') : t('idle.stay')}
      loseLabel={t('signOut')}
      onKeep={() => (isFinal ? setIsFinishing(true) : void stay())}
      onLose={props.onLeave}
    >
      <p aria-live="off">{isFinal ? t('idle.endsText', { time }) : t('idle.text', { time })}</p>
    </ConfirmDialog>
  )
}

function useDeadline(api: PortalApi, expiresAt: number): number {
  const read = useCallback(() => Math.min(api.lastAnswerAt() + idleMs, expiresAt), [api, expiresAt])
  const [deadline, setDeadline] = useState(read)
  useEffect(() => {
    const timer = setInterval(() => setDeadline(read()), 1000)
    return () => clearInterval(timer)
  }, [read])
  useEffect(() => {
    const show = () => {
      const quiet = Date.now() - api.lastAnswerAt()
      if (quiet >= keepAliveMs && quiet < idleMs - warnFromSeconds * 1000) void api.session()
    }
    const signs = ['pointerdown', 'keydown'] as const
    for (const sign of signs) window.addEventListener(sign, show)
    return () => {
      for (const sign of signs) window.removeEventListener(sign, show)
    }
  }, [api])
  return deadline
}
