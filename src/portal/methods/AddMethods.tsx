import { Button as AriaButton } from 'react-aria-components/Button'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethods } from '../../contract/enrolment.ts'
import type { MethodKind } from '../../contract/method-kinds.ts'
import { NextIcon } from '../../ui/icons.tsx'
import { methodIcons } from '../../ui/method-icons.ts'
import { placesToAdd } from '../session/use-place.ts'

/** What the organisation lets people set up: first what they have not got yet. */
export function AddMethods(props: { methods: EnrolledMethods; onAdd: (kind: MethodKind) => void }) {
  const { t } = useTranslation('portal')
  const { kinds, methods, recoverable } = props.methods
  const has = (kind: MethodKind) => methods.some((method) => method.kind === kind)
  const open = kinds.filter((kind) => placesToAdd[kind] !== undefined)
  const sorted = [...open.filter((kind) => !has(kind)), ...open.filter(has)]
  return (
    <section className="portal-section" aria-labelledby="add-methods">
      <h2 id="add-methods">{recoverable ? t('home.addMore') : t('home.add')}</h2>
      <ul className="portal-list">
        {sorted.map((kind) => (
          <li key={kind}>
            <AddMethod kind={kind} onAdd={props.onAdd} />
          </li>
        ))}
      </ul>
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
