/** One of the accounts that a security key or this computer knows for the backend. */
export type KnownAccount = { readonly credentialId: string; readonly name?: string }

/**
 * Which of them is meant. Nobody has to be asked: who wants to get back in was typed before. A wrong
 * choice proves nothing, so the first is as good as none where no name fits.
 *
 * @param typed - the account as typed: a name, `DOMAIN\name`, `name@domain`
 * @returns the credential; null when there is none
 */
export function chooseAccount(accounts: readonly KnownAccount[], typed: string): string | null {
  const wanted = bareName(typed)
  const named = accounts.find(({ name = '' }) => wanted !== '' && bareName(name) === wanted)
  return (named ?? accounts[0])?.credentialId ?? null
}

function bareName(account: string): string {
  const name = account.trim().toLowerCase()
  return (name.split('\\').at(-1) ?? '').split('@')[0] ?? ''
}
