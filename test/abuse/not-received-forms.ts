import { createHash } from 'node:crypto'

/** One way in which a secret may lie in a stream of bytes. */
export type Form = { readonly name: string; readonly bytes: Buffer }

/** Every form of a secret that this looks for: encodings, then what transports and logs make of them. */
export function formsOf(secret: string): Form[] {
  const forms: Form[] = []
  const add = (name: string, value: string | Buffer) =>
    forms.push({ name, bytes: Buffer.from(value as string) })
  const encodings = {
    'utf-8': Buffer.from(secret, 'utf8'),
    'utf-16le': Buffer.from(secret, 'utf16le'),
    'utf-16be': Buffer.from(secret, 'utf16le').swap16(),
    // As LDAP carries it, so that the alignments of base64 fit too.
    unicodePwd: Buffer.from(`"${secret}"`, 'utf16le'),
  }
  for (const [name, bytes] of Object.entries(encodings)) {
    add(name, bytes)
    add(`${name} in hex`, bytes.toString('hex'))
    add(`${name} in upper-case hex`, bytes.toString('hex').toUpperCase())
    add(`${name} with each byte escaped`, percent(bytes))
    for (const alignment of [0, 1, 2]) {
      add(`${name} in base64, alignment ${alignment}`, base64At(bytes, alignment, 'base64'))
      add(`${name} in base64url, alignment ${alignment}`, base64At(bytes, alignment, 'base64url'))
    }
    for (const hash of ['sha1', 'sha256']) addDigest(name, hash, bytes)
  }
  for (const [name, text] of Object.entries(textForms(secret))) add(name, text)
  return forms

  function addDigest(name: string, hash: string, bytes: Buffer): void {
    const digest = createHash(hash).update(bytes).digest()
    add(`${hash} of ${name}`, digest)
    add(`${hash} of ${name} in hex`, digest.toString('hex'))
    add(`${hash} of ${name} in upper-case hex`, digest.toString('hex').toUpperCase())
    add(`${hash} of ${name} in base64`, digest.toString('base64').replace(/=+$/, ''))
    add(`${hash} of ${name} in base64url`, digest.toString('base64url'))
  }
}

/** The names of the forms in which `secret` lies in `bytes`; empty when it is not there. */
export function findSecret(bytes: Buffer, secret: string): string[] {
  return formsOf(secret)
    .filter((form) => bytes.includes(form.bytes))
    .map(({ name }) => name)
}

function textForms(secret: string): Record<string, string> {
  const json = JSON.stringify(secret).slice(1, -1)
  const escaped = secret.replace(/[^\x20-\x7e]|["\\]/g, unicodeEscape)
  const percented = encodeURIComponent(secret)
  return {
    JSON: json,
    'JSON in JSON': JSON.stringify(json).slice(1, -1),
    'JSON with escapes': escaped,
    'JSON with upper-case escapes': escaped.replace(/\\u[0-9a-f]{4}/g, upperCaseEscape),
    'percent-encoded': percented,
    'percent-encoded in lower case': percented.replace(/%../g, (code) => code.toLowerCase()),
    'form-encoded': new URLSearchParams({ p: secret }).toString().slice('p='.length),
    HTML: secret.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
    'quoted-printable': quotedPrintable(secret),
  }
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function upperCaseEscape(code: string): string {
  return `\\u${code.slice(2).toUpperCase()}`
}

function percent(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase().replace(/../g, '%$&')
}

function quotedPrintable(secret: string): string {
  return Buffer.from(secret, 'utf8')
    .toString('latin1')
    .replace(
      /[^\x20-\x7e]|=/g,
      (byte) => `=${Buffer.from(byte, 'latin1').toString('hex').toUpperCase()}`,
    )
}

/** The part of the base64 text that is the same whatever stands before and after the secret. */
function base64At(bytes: Buffer, alignment: number, encoding: 'base64' | 'base64url'): string {
  const shifted = Buffer.concat([Buffer.alloc(alignment), bytes])
  const whole = shifted.subarray(0, shifted.length - (shifted.length % 3))
  // The first group holds bytes of the stranger before us.
  return whole.toString(encoding).slice(alignment === 0 ? 0 : 4)
}
