import { isAuthenticatorKind } from '../../contract/method-kinds.ts'
import type { AuthenticationOptions, AuthenticationResponse } from '../../contract/web-authn.ts'
import type { Talk } from '../talk.ts'
import { currentMethod, show } from './verify.ts'

/** Has an authenticator answer. Null: it came to nothing, which whoever has asked says. */
export type ShowAuthenticator = (
  options: AuthenticationOptions,
) => Promise<AuthenticationResponse | null>

/** Each try has a challenge of its own. Nobody's answer counts once its screen is left. */
export async function verifyByAuthenticator(
  talk: Talk,
  showAuthenticator: ShowAuthenticator,
): Promise<void> {
  const method = currentMethod(talk.read())
  if (!method || !isAuthenticatorKind(method.kind)) return
  const { methodId, kind } = method
  const { visit } = talk.read()
  talk.tell({ type: 'asked' })
  const asked = await talk.ask(() => talk.bridge.challenge(methodId))
  if (!asked || talk.read().visit !== visit) return
  if (!asked.ok) return talk.report('prove', asked.error)
  const response = 'options' in asked.value ? await showAuthenticator(asked.value.options) : null
  if (talk.read().visit !== visit) return
  if (response) await show(talk, methodId, { kind, response })
  else talk.tell({ type: 'not_shown' })
}
