import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { Button } from './Button.tsx'

/**
 * Asks before something is lost. The browser's own modal dialog keeps the focus inside, makes the
 * page behind it inert, and gives the focus back. Escape and the first button both keep things.
 */
export function ConfirmDialog(props: {
  title: string
  children: ReactNode
  keepLabel: string
  loseLabel: string
  onKeep: () => void
  onLose: () => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  // Before the element leaves the page, or the focus could not be given back.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault()
        props.onKeep()
      }}
    >
      <h2 id={`${id}-title`}>{props.title}</h2>
      <div id={`${id}-text`} className="dialog-text">
        {props.children}
      </div>
      <div className="actions">
        <Button variant="primary" onPress={props.onKeep} autoFocus>
          {props.keepLabel}
        </Button>
        <Button variant="danger" onPress={props.onLose}>
          {props.loseLabel}
        </Button>
      </div>
    </dialog>
  )
}
