import { type KeyboardEvent, useState } from 'react'
import { Input } from 'react-aria-components/Input'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { FieldFrame, type FieldProps, fieldAttributes } from './field.tsx'
import { EyeIcon, EyeOffIcon, WarningIcon } from './icons.tsx'

export type PasswordFieldProps = FieldProps & {
  autoComplete: 'new-password' | 'current-password'
  isShown: boolean
  /** Leave it out for a field that follows another one's choice, such as a repetition. */
  onShownChange?: (isShown: boolean) => void
  /** The field has lost the focus. */
  onLeave?: () => void
}

/** A password, hidden until the user asks to see it. Pasting is welcome; nothing is trimmed. */
export function PasswordField(props: PasswordFieldProps) {
  const { t } = useTranslation('ui')
  const [capsLock, setCapsLock] = useState(false)
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <AriaTextField
      {...fieldAttributes(props)}
      type={props.isShown ? 'text' : 'password'}
      autoComplete={props.autoComplete}
      autoCorrect="off"
    >
      <FieldFrame {...props}>
        <div className="input-group">
          <Input
            className="input input-password"
            dir="ltr"
            autoCapitalize="none"
            onKeyDown={watchCapsLock}
            onKeyUp={watchCapsLock}
            onBlur={() => {
              setCapsLock(false)
              props.onLeave?.()
            }}
          />
          {props.onShownChange && <ShowButton {...props} onShownChange={props.onShownChange} />}
        </div>
      </FieldFrame>
      <p className="field-hint" role="status">
        {capsLock && (
          <>
            <WarningIcon />
            {t('password.capsLock')}
          </>
        )}
      </p>
    </AriaTextField>
  )
}

function ShowButton({
  isShown,
  onShownChange,
}: Pick<PasswordFieldProps, 'isShown'> & { onShownChange: (isShown: boolean) => void }) {
  const { t } = useTranslation('ui')
  return (
    <Button
      variant="quiet"
      icon={isShown ? <EyeOffIcon /> : <EyeIcon />}
      onPress={() => onShownChange(!isShown)}
      aria-label={isShown ? t('password.hideLong') : t('password.showLong')}
    >
      {isShown ? t('password.hide') : t('password.show')}
    </Button>
  )
}
