import type { Certificate } from '../certificates.ts'

export type SambaConfiguration = {
  directory: string
  address: string
  hostName: string
  realm: string
  netbiosName: string
  certificate: Certificate
  caFile: string
}

/** The whole smb.conf of a lab domain controller; every path is inside its own folder. */
export function sambaConfiguration(options: SambaConfiguration): string {
  const { directory, address, certificate } = options
  return `[global]
	netbios name = ${options.hostName.toUpperCase()}
	realm = ${options.realm}
	workgroup = ${options.netbiosName}
	server role = active directory domain controller
	server services = ldap, cldap, rpc
	# The /8 matters: Samba takes an address that no interface carries only with a wider mask.
	interfaces = ${address}/8
	bind interfaces only = yes
	tls enabled = yes
	tls keyfile = ${certificate.keyFile}
	tls certfile = ${certificate.certFile}
	tls cafile = ${options.caFile}
	log file = ${directory}/samba.log
	logging = file
	private dir = ${directory}/private
	state directory = ${directory}/state
	cache directory = ${directory}/cache
	lock directory = ${directory}
	pid directory = ${directory}
	ncalrpc dir = ${directory}/ncalrpc
	winbindd socket directory = ${directory}/winbindd
	ntp signd socket directory = ${directory}/ntp_signd
	binddns dir = ${directory}/bind-dns
[sysvol]
	path = ${directory}/state/sysvol
	read only = No
[netlogon]
	path = ${directory}/state/sysvol/${options.realm.toLowerCase()}/scripts
	read only = No
`
}
