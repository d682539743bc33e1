import { Label } from 'react-aria-components/Label'
import { Meter as AriaMeter } from 'react-aria-components/Meter'

/** How much of something there is, with the value said in a word next to the bar. */
export function Meter(props: {
  label: string
  value: number
  maxValue: number
  valueLabel: string
  tone: 'low' | 'middle' | 'high'
}) {
  const segments = Array.from({ length: props.maxValue }, (_, index) => index < props.value)
  return (
    <AriaMeter
      className={`meter meter-${props.tone}`}
      value={props.value}
      maxValue={props.maxValue}
      valueLabel={props.valueLabel}
    >
      <div className="meter-words">
        <Label>{props.label}</Label>
        <span className="meter-value">{props.valueLabel}</span>
      </div>
      <div className="meter-track" aria-hidden="true">
        {segments.map((isFilled, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the segments are their positions
          <span key={index} className={isFilled ? 'meter-segment meter-filled' : 'meter-segment'} />
        ))}
      </div>
    </AriaMeter>
  )
}
