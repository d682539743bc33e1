import { useTranslation } from 'react-i18next'
import { CheckIcon, ClockIcon } from './icons.tsx'

export type ChecklistItem = {
  id: string
  label: string
  /**
   * `missed`: not met, and just now that stood in the way. `later`: cannot be known yet, somebody else
   * has the last word.
   */
  state: 'met' | 'unmet' | 'missed' | 'later'
  /** Where short ones stand side by side, this one has a line of its own. */
  isLong?: boolean
}

/** What has to be true, with a mark and a word for each: never by colour alone. */
export function Checklist({ label, items }: { label: string; items: readonly ChecklistItem[] }) {
  const { t } = useTranslation('ui')
  return (
    <ul className="checklist" aria-label={label}>
      {items.map((item) => (
        <li
          key={item.id}
          className={`checklist-item checklist-${item.state}${item.isLong ? ' checklist-long' : ''}`}
        >
          <span className="checklist-mark">
            {item.state === 'met' && <CheckIcon />}
            {item.state === 'later' && <ClockIcon />}
          </span>
          <span>
            {item.label}
            <span className={item.state === 'later' ? 'checklist-note' : 'visually-hidden'}>
              {' '}
              – {t(`state.${item.state === 'missed' ? 'unmet' : item.state}`)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
