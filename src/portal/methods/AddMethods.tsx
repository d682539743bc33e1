import { Button as AriaButton } from 'react-aria-components/Button'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethods } from '../../contract/enrolment.ts'
import type { MethodKind } from '../../contract/method-kinds.ts'
import { NextIcon } from '../../ui/icons.tsx'
import { methodIcons } from '../../ui/method-icons.ts'
import { placesToAdd } from '../session/use-place.ts'
import { suggest } from './suggestions.ts'

/** What the organisation lets people set up, with our advice for whoever is not ready yet. */
export function AddMethods(props: { methods: EnrolledMethods; onAdd: (kind: MethodKind) => void }) {
  const { t } = useTranslation('portal')
  const { kinds, methods, recoverable } = props.methods
  const open = kinds.filter((kind) => placesToAdd[kind] !== undefined)
  const { next, others } = suggest(props.methods, open)
  const list = (some: readonly MethodKind[]) => (
    <ul className="portal-list">
      {some.map((kind) => (
        <li key={kind}>
          <AddMethod kind={kind} onAdd={props.onAdd} />
        </li>
      ))}
    </ul>
  )
  const isAdvice = others.length > 0
  const title = recoverable ? 'addMore' : isAdvice ? (methods.length > 0 ? 'next' : 'begin') : 'add'
  return (
    <section className="portal-section" aria-labelledby="add-methods">
      <h2 id="add-methods">{t(`home.${title}`)}</h2>
      {list(next)}
      {isAdvice && (
        <details className="portal-others">
          <summary>{t('home.others')}</summary>
          {list(others)}
        </details>
      )}
    </section>
  )
}

function AddMethod({ kind, onAdd }: { kind: MethodKind; onAdd: (kind: MethodKind) => void }) {
  const { t } = useTranslation('portal')
  const Icon = methodIcons[kind]
  return (
    <AriaButton className="method" onPress={() => onAdd(kind)}>
      <span className="own-method-icon">
        <Icon />
      </span>
      <span className="choice-words">
        <span className="choice-title">{t(`kind.${kind}.title`)}</span>
        <span className="choice-text">{t(`kind.${kind}.text`)}</span>
      </span>
      <NextIcon />
    </AriaButton>
  )
}
