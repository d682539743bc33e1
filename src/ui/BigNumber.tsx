import type { ReactNode } from 'react'

/**
 * A number to be typed on another device, large enough to be read from there. Said aloud digit by digit,
 * once; what is in `note` is for the eye.
 */
export function BigNumber(props: { number: string; label?: string; note?: ReactNode }) {
  const { number, label, note } = props
  return (
    <div className="big-number">
      {label && <p className="big-number-label">{label}</p>}
      <p className="big-number-digits" dir="ltr">
        <span aria-hidden="true">{number}</span>
        <span className="visually-hidden">{[...number].join(' ')}</span>
      </p>
      {note && (
        <p className="big-number-note" aria-hidden="true">
          {note}
        </p>
      )}
    </div>
  )
}
