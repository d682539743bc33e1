import { useTranslation } from 'react-i18next'
import { CheckIcon } from './icons.tsx'

/** Where the user stands in a walk of a few steps. Beside the page when there is room, else above it. */
export function Steps({ labels, current }: { labels: readonly string[]; current: number }) {
  const { t } = useTranslation('ui')
  const state = (index: number) =>
    index < current ? 'done' : index === current ? 'current' : 'waiting'
  return (
    <nav className="steps" aria-label={t('steps.label')}>
      <p className="steps-position">
        {t('steps.position', {
          position: Math.min(current + 1, labels.length),
          count: labels.length,
        })}
        <span className="steps-now"> · {labels[Math.min(current, labels.length - 1)]}</span>
      </p>
      <ol className="steps-list">
        {labels.map((label, index) => (
          <li
            key={label}
            className={`steps-item steps-${state(index)}`}
            {...(index === current ? { 'aria-current': 'step' as const } : {})}
          >
            <span className="steps-mark" aria-hidden="true">
              {index < current ? <CheckIcon /> : index + 1}
            </span>
            <span className="steps-label">
              {label}
              {index < current && <span className="visually-hidden"> – {t('state.done')}</span>}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  )
}
