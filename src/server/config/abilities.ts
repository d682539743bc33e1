import { methodKinds } from '../../contract/method-kinds.ts'
import type { Abilities } from '../domain/policy/check.ts'
import type { ConfigFile } from './schema.ts'

/** What a server can check, so that no policy asks for what nobody could prove. */
export function abilitiesFrom({ server, sms }: Pick<ConfigFile, 'server' | 'sms'>): Abilities {
  const methods = methodKinds.filter((kind) => kind !== 'sms' || sms !== undefined)
  return { methods, knowsDevices: false, trustedProxies: server.trustedProxies }
}
