import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'

/**
 * A form that the page itself checks. When `complaint` changes to something, the focus goes to the
 * first invalid field with its text selected, so that typing replaces it.
 */
export function Form(props: { onSubmit: () => void; complaint?: unknown; children: ReactNode }) {
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
    </form>
  )
}
