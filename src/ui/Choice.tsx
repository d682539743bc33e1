import type { ReactNode } from 'react'
import { Label } from 'react-aria-components/Label'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'

export type ChoiceOption<Value extends string> = {
  value: Value
  title: string
  text?: string
  icon?: ReactNode
}

/** One of a few, each explained in a line: radio buttons that look like cards. */
export function Choice<Value extends string>(props: {
  label: string
  name: string
  value: Value
  options: readonly ChoiceOption<Value>[]
  onChange: (value: Value) => void
}) {
  return (
    <RadioGroup
      className="choice"
      name={props.name}
      value={props.value}
      onChange={(value) => props.onChange(value as Value)}
    >
      <Label className="field-label">{props.label}</Label>
      <div className="choice-options">
        {props.options.map((option) => (
          <Radio key={option.value} value={option.value} className="choice-option">
            <span className="choice-dot" aria-hidden="true" />
            <span className="choice-words">
              <span className="choice-title">{option.title}</span>
              {option.text && <span className="choice-text">{option.text}</span>}
            </span>
            {option.icon}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
