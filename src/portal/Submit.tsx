import type { JourneyError } from '../contract/journey-bridge.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { Actions } from '../ui/Screen.tsx'
import { Wait } from './Wait.tsx'

/** The end of a form: what went wrong with the last try, how long to wait, and the button. */
export function Submit(props: {
  label: string
  error: JourneyError | null
  /** Until another try makes sense, from `useWait`. */
  seconds: number | null
  isBusy: boolean
}) {
  const { error, seconds } = props
  return (
    <>
      {error && (
        <ErrorNotice error={error}>
          <Wait seconds={seconds} />
        </ErrorNotice>
      )}
      <Actions>
        <Button
          type="submit"
          variant="primary"
          isPending={props.isBusy}
          isDisabled={Boolean(seconds)}
        >
          {props.label}
        </Button>
      </Actions>
    </>
  )
}
