import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'

export type ButtonProps = {
  children: ReactNode
  /** `primary` once a screen; `secondary` beside it; `quiet` looks like a link. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  type?: 'button' | 'submit'
  onPress?: () => void
  icon?: ReactNode
  /** Keeps the focus and the name, ignores presses, and shows that something is under way. */
  isPending?: boolean
  isDisabled?: boolean
  autoFocus?: boolean
  lang?: string
  'aria-label'?: string
  'aria-pressed'?: boolean
}

/**
 * React Aria's own `isPending` announces by an element that outlives the button and then names
 * nothing, so pending is kept here; `Form` says it aloud when it takes long.
 */
export function Button({ variant = 'secondary', type = 'button', icon, ...props }: ButtonProps) {
  const { children, onPress, isPending = false, ...rest } = props
  const press = onPress && !isPending ? { onPress } : {}
  return (
    <AriaButton
      {...rest}
      type={isPending ? 'button' : type}
      className={`button button-${variant}`}
      {...press}
    >
      {isPending ? <span className="spinner" aria-hidden="true" /> : icon}
      <span>{children}</span>
    </AriaButton>
  )
}
