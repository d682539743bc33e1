import { useTranslation } from 'react-i18next'
import { CheckIcon } from './icons.tsx'

export type ProgressItem = {
  id: string
  label: string
  state: 'done' | 'current' | 'waiting'
}

/** Work under way, in words. What is being done now is announced; the list itself stays silent. */
export function ProgressList({ label, items }: { label: string; items: readonly ProgressItem[] }) {
  const { t } = useTranslation('ui')
  const current = items.find((item) => item.state === 'current')
  return (
    <>
      <ol className="progress" aria-label={label}>
        {items.map((item) => (
          <li
            key={item.id}
            className={`progress-item progress-${item.state}`}
            {...(item.state === 'current' ? { 'aria-current': 'step' as const } : {})}
          >
            <span className="progress-mark">
              {item.state === 'done' && <CheckIcon />}
              {item.state === 'current' && <span className="spinner" aria-hidden="true" />}
            </span>
            <span>
              {item.label}
              <span className="visually-hidden"> – {t(`state.${item.state}`)}</span>
            </span>
          </li>
        ))}
      </ol>
      <p className="visually-hidden" role="status">
        {current?.label}
      </p>
    </>
  )
}
