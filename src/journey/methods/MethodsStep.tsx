import { Button as AriaButton } from 'react-aria-components/Button'
import { useTranslation } from 'react-i18next'
import type { RecoveryView } from '../../contract/journey-bridge.ts'
import type { OfferedMethod } from '../../contract/recovery.ts'
import { Button } from '../../ui/Button.tsx'
import { CheckIcon, NextIcon } from '../../ui/icons.tsx'
import { useLanguage } from '../../ui/LanguageProvider.tsx'
import { methodIcons } from '../../ui/method-icons.ts'
import { Actions, Screen } from '../../ui/Screen.tsx'
import { timeOfDay } from '../../ui/time.ts'
import { isProven } from '../state.ts'
import type { StepProps } from '../step.ts'

/** As many as fit into the window with room to spare. */
const few = 5

/** Which proof next? Shows what is done and what remains. */
export function MethodsStep({ walk, walker, settings }: StepProps) {
  const { t } = useTranslation('journey')
  const { recovery } = walk
  if (!recovery) return null
  const isDone = isProven(recovery)
  const isFirst = !recovery.methods.some((method) => method.proven)
  const title = isDone ? 'methods.titleDone' : isFirst ? 'methods.title' : 'methods.titleNext'
  return (
    <Screen
      title={t(title)}
      place={settings.organisation}
      onBack={walker.back}
      intro={<Needed recovery={recovery} deadline={walk.deadline} />}
    >
      <ul
        className={recovery.methods.length > few ? 'methods methods-many' : 'methods'}
        aria-label={t('methods.list')}
      >
        {recovery.methods.map((method) => (
          <li key={method.methodId}>
            <Method method={method} isOpen={!isDone} onChoose={walker.chooseMethod} />
          </li>
        ))}
      </ul>
      {isDone ? (
        <Actions>
          <Button variant="primary" onPress={() => void walker.goOn()}>
            {t('goOn')}
          </Button>
        </Actions>
      ) : (
        <p className="soft">
          {t('methods.none')} {settings.helpdesk}
        </p>
      )}
    </Screen>
  )
}

function Needed({ recovery, deadline }: { recovery: RecoveryView; deadline: number | null }) {
  const { t } = useTranslation('journey')
  const { language } = useLanguage()
  const { required, remaining } = recovery
  const isFirst = recovery.methods.every(({ proven }) => !proven)
  return (
    <p>
      {isProven(recovery)
        ? t('methods.nothingLeft')
        : isFirst
          ? t('methods.need', { count: required })
          : t('methods.remaining', { count: remaining })}{' '}
      {deadline !== null && t('methods.until', { time: timeOfDay(language, deadline) })}
    </p>
  )
}

function Method(props: {
  method: OfferedMethod
  isOpen: boolean
  onChoose: (methodId: string) => void
}) {
  const { t } = useTranslation('journey')
  const { kind, methodId, proven } = props.method
  const Icon = methodIcons[kind]
  const words = (
    <>
      <span className="method-icon">{proven ? <CheckIcon /> : <Icon />}</span>
      <span className="choice-words">
        <span className="choice-title">{t(`kind.${kind}.title`)}</span>
        <span className="choice-text">{proven ? t('methods.proven') : t(`kind.${kind}.text`)}</span>
      </span>
    </>
  )
  if (proven || !props.isOpen) {
    return <div className={proven ? 'method method-proven' : 'method method-closed'}>{words}</div>
  }
  return (
    <AriaButton className="method" onPress={() => props.onChoose(methodId)}>
      {words}
      <NextIcon />
    </AriaButton>
  )
}
