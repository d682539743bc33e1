import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckIcon, ErrorIcon, InfoIcon, WarningIcon } from './icons.tsx'

export type Tone = 'info' | 'success' | 'warning' | 'error'

const icons: Record<Tone, () => ReactNode> = {
  info: InfoIcon,
  success: CheckIcon,
  warning: WarningIcon,
  error: ErrorIcon,
}

/**
 * A message in the page. Errors interrupt a screen reader when they appear (`role="alert"`), other
 * tones wait for a pause; pass `isQuiet` when it is there from the start and needs no announcement.
 */
export function Notice(props: {
  tone: Tone
  title?: string
  children?: ReactNode
  isQuiet?: boolean
}) {
  const { t } = useTranslation('ui')
  const Icon = icons[props.tone]
  const role = props.tone === 'error' ? 'alert' : 'status'
  return (
    <div className={`notice notice-${props.tone}`} {...(props.isQuiet ? {} : { role })}>
      <Icon />
      <div className="notice-words">
        <p className={props.title ? 'notice-title' : 'visually-hidden'}>
          {props.title ?? t(`tone.${props.tone}`)}
        </p>
        {props.children}
      </div>
    </div>
  )
}
