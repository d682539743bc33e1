import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { BackIcon } from './icons.tsx'

export type ScreenProps = {
  title: string
  /** One or two plain sentences under the title. */
  intro?: ReactNode
  /** Shown above the title, for what has just been achieved or is running out. */
  above?: ReactNode
  onBack?: (() => void) | undefined
  /** Give the place its name in the window's title: "title – place". */
  place?: string
  /** False only for a page that the browser itself has just loaded. */
  takesFocus?: boolean
  /** There from the start, so it does not fade in. */
  isStill?: boolean
  children?: ReactNode
}

/**
 * One screen with its heading. When it appears the focus moves to the heading, so that a screen
 * reader begins there and the next Tab reaches the first control. Give it a `key` for each step.
 */
export function Screen({ takesFocus = true, isStill, place, title, ...props }: ScreenProps) {
  const { t } = useTranslation('ui')
  const screen = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!takesFocus) return
    window.scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [takesFocus])
  useEffect(() => {
    document.title = place ? `${title} – ${place}` : title
  }, [title, place])
  return (
    <section className={isStill ? 'screen screen-still' : 'screen'} ref={screen}>
      <div className="screen-back">
        {props.onBack && (
          <Button variant="quiet" icon={<BackIcon />} onPress={props.onBack}>
            {t('back')}
          </Button>
        )}
      </div>
      {props.above}
      <h1 tabIndex={-1} ref={heading} onKeyDown={(event) => typeThrough(event, screen.current)}>
        {title}
      </h1>
      {props.intro && <div className="screen-intro">{props.intro}</div>}
      {props.children}
    </section>
  )
}

/** Somebody who starts typing while the heading has the focus means the first field. */
function typeThrough(event: KeyboardEvent, screen: HTMLElement | null): void {
  const isCharacter = event.key.length === 1 && event.key !== ' '
  const isPaste = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v'
  const isShortcut = event.ctrlKey || event.metaKey || event.altKey
  if (!isPaste && (!isCharacter || isShortcut)) return
  screen?.querySelector<HTMLInputElement>('.input')?.focus()
}

/** Buttons at the end of a screen or form: the way on first. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className="actions">{children}</div>
}
