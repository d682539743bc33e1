import { useEffect, useState } from 'react'
import type { MethodKind } from '../../contract/method-kinds.ts'

/** The screens that have an address of their own, so that the browser's Back works. */
export const places = [
  'home',
  'lost',
  'authenticator',
  'passkey',
  'security-key',
  'phone',
  'mail',
  'number',
  'recovery-codes',
] as const
export type Place = (typeof places)[number]

/** Where each kind of method is set up. What is not listed is not for employees to set up here. */
export const placesToAdd: Partial<Record<MethodKind, Place>> = {
  passkey: 'passkey',
  securityKey: 'security-key',
  push: 'phone',
  totp: 'authenticator',
  sms: 'number',
  email: 'mail',
  recoveryCode: 'recovery-codes',
}

function currentPlace(): Place {
  const name = window.location.hash.slice(1)
  return places.find((place) => place === name) ?? 'home'
}

/** Which screen is shown, and how to go to another one. */
export function usePlace(): [Place, (next: Place) => void] {
  const [place, setPlace] = useState(currentPlace)
  useEffect(() => {
    const follow = () => setPlace(currentPlace())
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  const go = (next: Place) => {
    if (next === currentPlace()) return
    window.location.hash = next === 'home' ? '' : next
  }
  return [place, go]
}
