/** What the directory knows of somebody's addresses. */
type Named = {
  readonly sAMAccountName: string
  readonly userPrincipalName: string | null
  readonly mail: string | null
  /** Those of SMTP alone, without that prefix. */
  readonly proxyAddresses: readonly string[]
}

/** Addresses that open with the very password that is lost, as far as the directory knows them. */
export function mailboxesOf(
  { mail, proxyAddresses, userPrincipalName, sAMAccountName }: Named,
  domain: string,
): string[] {
  const names = [mail, ...proxyAddresses, userPrincipalName, `${sAMAccountName}@${domain}`]
  const addresses = names.filter((name) => name !== null).map((name) => name.toLowerCase())
  return [...new Set(addresses)]
}
