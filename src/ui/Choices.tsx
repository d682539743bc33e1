import { Checkbox } from 'react-aria-components/Checkbox'
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { Label } from 'react-aria-components/Label'
import type { ChoiceOption } from './Choice.tsx'
import { CheckIcon } from './icons.tsx'

/** Any number of a few, each explained in a line: check boxes that look like cards. */
export function Choices(props: {
  label: string
  name: string
  values: readonly string[]
  options: readonly ChoiceOption<string>[]
  onChange: (values: string[]) => void
}) {
  return (
    <CheckboxGroup
      className="choice"
      name={props.name}
      value={[...props.values]}
      onChange={props.onChange}
    >
      <Label className="field-label">{props.label}</Label>
      <div className="choice-options">
        {props.options.map((option) => (
          <Checkbox key={option.value} value={option.value} className="choice-option">
            <span className="choice-box" aria-hidden="true">
              <CheckIcon />
            </span>
            <span className="choice-words">
              <span className="choice-title">{option.title}</span>
              {option.text && <span className="choice-text">{option.text}</span>}
            </span>
            {option.icon}
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  )
}
