import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Sooner than this an answer needs no announcement. */
const slowAfterMs = 1000

/**
 * A form that the page itself checks. When `complaint` changes to something, the focus goes to the
 * first invalid field with its text selected, so that typing replaces it.
 */
export function Form(props: {
  onSubmit: () => void
  complaint?: unknown
  /** An answer is awaited. Said aloud when it takes long. */
  isBusy?: boolean
  children: ReactNode
}) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!props.complaint) return
    const field = form.current?.querySelector<HTMLInputElement>('.input[data-invalid]')
    field?.focus()
    field?.select()
  }, [props.complaint])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.onSubmit()
  }
  return (
    <form className="form" ref={form} onSubmit={submit} noValidate>
      {props.children}
      <Busy isBusy={props.isBusy ?? false} />
    </form>
  )
}

function Busy({ isBusy }: { isBusy: boolean }) {
  const { t } = useTranslation('ui')
  const [isSlow, setIsSlow] = useState(false)
  useEffect(() => {
    if (!isBusy) return setIsSlow(false)
    const timer = setTimeout(() => setIsSlow(true), slowAfterMs)
    return () => clearTimeout(timer)
  }, [isBusy])
  return (
    <p className="visually-hidden" role="status">
      {isSlow && t('busy')}
    </p>
  )
}
