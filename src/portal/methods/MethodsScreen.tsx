import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnrolledMethod, EnrolledMethods, SessionStatus } from '../../contract/enrolment.ts'
import type { MethodKind } from '../../contract/method-kinds.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Screen } from '../../ui/Screen.tsx'
import type { PortalApi } from '../api/portal-api.ts'
import { FewCodes } from '../recovery-codes/FewCodes.tsx'
import { useRequest } from '../session/use-request.ts'
import type { Guard } from '../session/use-step-up.ts'
import { AddMethods } from './AddMethods.tsx'
import { MethodCard } from './MethodCard.tsx'
import { ReadinessMeter } from './ReadinessMeter.tsx'
import { RemovalDialog } from './RemovalDialog.tsx'
import { isNeeded } from './readiness.ts'

/** What is set up, what that is worth today, and what could be added. */
export function MethodsScreen(props: {
  api: PortalApi
  guard: Guard
  methods: EnrolledMethods
  session: SessionStatus
  organisation: string
  /** What has just been achieved. */
  news: string | null
  onAdd: (kind: MethodKind) => void
  onLost: () => void
  onDone: (news: string) => Promise<void>
}) {
  const { t } = useTranslation('portal')
  const { methods, session } = props
  const removal = useRemoval(props)
  const renaming = useRenaming(props)
  const error = removal.error ?? renaming.error
  return (
    <Screen
      key={methods.methods.map(({ label, methodId }) => `${methodId} ${label}`).join()}
      title={t('home.title')}
      place={props.organisation}
      intro={<Who session={session} />}
      above={props.news && <Notice tone="success" title={props.news} />}
    >
      <ReadinessMeter methods={methods} />
      {error && <ErrorNotice error={error} />}
      <FewCodes methods={methods} onMake={() => props.onAdd('recoveryCode')} />
      {methods.methods.length > 0 && (
        <section className="portal-section" aria-labelledby="own-methods">
          <h2 id="own-methods">{t('home.list')}</h2>
          <ul className="portal-list">
            {methods.methods.map((method) => (
              <MethodCard
                key={method.methodId}
                method={method}
                isBusy={renaming.isBusy}
                onRemove={removal.ask}
                onRename={(label) => void renaming.rename(method.methodId, label)}
              />
            ))}
          </ul>
          <div>
            <Button variant="quiet" onPress={props.onLost}>
              {t('home.lost')}
            </Button>
          </div>
        </section>
      )}
      <AddMethods methods={methods} onAdd={props.onAdd} />
      {removal.asked && (
        <RemovalDialog
          method={removal.asked}
          isNeeded={isNeeded(methods, removal.asked.methodId)}
          onKeep={removal.keep}
          onRemove={() => void removal.remove()}
        />
      )}
    </Screen>
  )
}

function useRemoval(props: {
  api: PortalApi
  guard: Guard
  onDone: (news: string) => Promise<void>
}) {
  const { t } = useTranslation('portal')
  const [asked, setAsked] = useState<EnrolledMethod | null>(null)
  const { error, send } = useRequest(props.guard)
  const remove = async () => {
    if (!asked) return
    setAsked(null)
    const removed = await send(() => props.api.removeMethod(asked.methodId))
    if (removed) await props.onDone(t('removal.done', { label: asked.label }))
  }
  return { asked, error, ask: setAsked, keep: () => setAsked(null), remove }
}

function useRenaming(props: {
  api: PortalApi
  guard: Guard
  onDone: (news: string) => Promise<void>
}) {
  const { t } = useTranslation('portal')
  const { error, isBusy, send } = useRequest(props.guard)
  const rename = async (methodId: string, label: string) => {
    const renamed = await send(() => props.api.renameMethod(methodId, label))
    if (renamed) await props.onDone(t('rename.done', { label }))
  }
  return { error, isBusy, rename }
}

function Who({ session }: { session: SessionStatus }) {
  const { t } = useTranslation('portal')
  return (
    <p>
      {t('signedInAs')} <bdi>{session.displayName}</bdi> (<bdi>{session.accountName}</bdi>)
    </p>
  )
}
