/**
 * SECURITY: a phone says where messages for it go, so that address is a stranger's. Only hosts on the
 * list are posted to, over HTTPS, on the usual port unless the list names another one: nothing inside
 * the organisation's own network can be reached that way.
 *
 * @param services - `host`, `host:port`, or `*.domain` for every host below a domain
 */
export function isAllowedService(endpoint: string, services: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, hostname, port, username, password } = new URL(endpoint)
  if (protocol !== 'https:' || username !== '' || password !== '') return false
  return services.some((service) => {
    const [host = '', onPort = ''] = service.toLowerCase().split(':')
    if (port !== onPort) return false
    return host.startsWith('*.')
      ? hostname.endsWith(host.slice(1)) && hostname.length > host.length - 1
      : hostname === host
  })
}
