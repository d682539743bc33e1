import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const DAY_MS = 24 * 60 * 60 * 1000

/** What a certificate says. `names` are DNS names and IP addresses, and become its SAN. */
export type CertificateRequest = {
  commonName: string
  names: string[]
  notBefore?: Date
  notAfter?: Date
}

/** A key and the certificate for it, as PEM files (the key with mode 600) and as text. */
export type Certificate = { keyFile: string; certFile: string; keyPem: string; certPem: string }

export type CertificateAuthority = {
  caFile: string
  caPem: string
  /** Issues a server certificate; `notAfter` may lie in the past, for tests of expiry. */
  issue: (request: CertificateRequest) => Promise<Certificate>
}

/**
 * Makes a throw-away certificate authority for the lab with the openssl command line (EC P-256).
 *
 * @param directory where the keys and certificates are kept; made when missing
 * @param commonName the authority's own name
 */
export async function createCertificateAuthority(
  directory: string,
  commonName = 'Latchkey lab authority',
): Promise<CertificateAuthority> {
  const folder = resolve(directory)
  await mkdir(folder, { recursive: true })
  const caKey = join(folder, 'ca.key')
  const caFile = join(folder, 'ca.pem')
  await createKey(caKey)
  await openssl([
    ...['req', '-x509', '-new', '-key', caKey, '-out', caFile, '-subj', subject(commonName)],
    ...['-days', '365', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  ])
  return openCertificateAuthority(folder)
}

/** The authority that `createCertificateAuthority` made in this directory, for another process. */
export async function openCertificateAuthority(directory: string): Promise<CertificateAuthority> {
  const folder = resolve(directory)
  const caFile = join(folder, 'ca.pem')
  return {
    caFile,
    caPem: await readFile(caFile, 'utf8'),
    issue: (request) => issue(folder, join(folder, 'ca.key'), caFile, request),
  }
}

async function issue(
  folder: string,
  caKey: string,
  caFile: string,
  request: CertificateRequest,
): Promise<Certificate> {
  const own = await mkdtemp(join(folder, 'issued-'))
  const file = (name: string) => join(own, name)
  await createKey(file('key.pem'))
  await writeFile(file('index.txt'), '')
  await writeFile(file('ca.cnf'), configuration(own, request.names))
  const asked = ['-key', file('key.pem'), '-out', file('request.pem')]
  await openssl(['req', '-new', ...asked, '-subj', subject(request.commonName)])
  // `openssl ca` and not `openssl x509`: only it takes both dates in OpenSSL 3.0.
  await openssl([
    ...['ca', '-batch', '-notext', '-config', file('ca.cnf'), '-cert', caFile, '-keyfile', caKey],
    ...['-in', file('request.pem'), '-out', file('cert.pem')],
    ...['-startdate', stamp(request.notBefore ?? new Date(Date.now() - DAY_MS))],
    ...['-enddate', stamp(request.notAfter ?? new Date(Date.now() + 90 * DAY_MS))],
  ])
  const [keyPem, certPem] = await Promise.all([
    readFile(file('key.pem'), 'utf8'),
    readFile(file('cert.pem'), 'utf8'),
  ])
  return { keyFile: file('key.pem'), certFile: file('cert.pem'), keyPem, certPem }
}

function configuration(folder: string, names: string[]): string {
  const alternatives = names.map((name) => `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`)
  return `[ca]
default_ca = lab
[lab]
database = ${join(folder, 'index.txt')}
new_certs_dir = ${folder}
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
x509_extensions = server
[any]
commonName = supplied
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = ${alternatives.join(',')}
`
}

async function createKey(file: string): Promise<void> {
  await openssl([
    'genpkey',
    '-algorithm',
    'EC',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-out',
    file,
  ])
}

async function openssl(args: string[]): Promise<void> {
  await run('openssl', args, { timeout: 20_000 })
}

/** GeneralizedTime, as RFC 5280 §4.1.2.5.2 writes it: 20261123091500Z. */
function stamp(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`
}

function subject(commonName: string): string {
  return `/CN=${commonName.replaceAll('/', '\\/')}`
}
