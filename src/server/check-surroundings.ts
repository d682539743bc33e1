import { strictestBreachedRule } from './domain/policy/breached-rule.ts'
import { explainMailError } from './notify/mail-faults.ts'
import type { OpenParts } from './open-parts.ts'

/**
 * Says at the start what is not there: the server runs all the same, since the directory and the mail
 * server may come back, but whoever starts it should not have to wait for the first employee to find out.
 */
export async function checkSurroundings(
  { dependencies, sms, transport }: OpenParts,
  stopping: AbortSignal,
): Promise<void> {
  const { breachedList, directory, log, policies } = dependencies
  const [pinged, mailed, texted] = await Promise.allSettled([
    directory.ping(),
    transport.check(),
    sms.transport?.check(),
  ])
  if (stopping.aborted) return
  if (pinged.status === 'fulfilled' && !pinged.value.ok) {
    const { detail } = pinged.value.error
    const message = 'no domain controller can be used; nobody can recover until that is put right'
    log.error({ event: 'directory_unavailable', detail: `${detail} ${wayOut}` }, message)
  }
  const listed = await breachedList.check()
  const policy = await policies.current().catch(() => null)
  const isAsked = policy !== null && strictestBreachedRule(policy.document) !== 'off'
  if (!listed.ok && isAsked) {
    const message = 'the list of leaked passwords cannot be read'
    const { detail } = listed.error
    log.error({ event: 'breached_list_unavailable', detail: `${detail} ${wayOut}` }, message)
  }
  if (mailed.status === 'rejected') {
    const { reason, fix } = explainMailError(mailed.reason)
    const message = 'no mail can be sent; codes and messages wait until that is put right'
    log.error({ event: 'mail_unavailable', detail: `The mail server ${reason}. ${fix}` }, message)
  }
  if (texted.status === 'fulfilled' && texted.value?.ok === false) {
    const { code, reason, fix } = texted.value.error
    const detail = `The provider of text messages ${reason}. ${fix}`
    const message = 'no text messages can be sent; codes wait until that is put right'
    log.error({ event: 'sms_unavailable', code, detail }, message)
  }
}

const wayOut = 'Run "latchkey-server doctor" for the way out.'
