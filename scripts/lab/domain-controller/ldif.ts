export type LdifValue = string | number | Buffer
export type LdifAttributes = Record<string, LdifValue | LdifValue[] | undefined>

/** One LDIF record (RFC 2849) that adds an entry. Every value goes in base64, so nothing needs escaping. */
export function addRecord(dn: string, attributes: LdifAttributes): string {
  const lines = [line('dn', dn), 'changetype: add']
  for (const [name, values] of Object.entries(attributes)) {
    lines.push(...list(values).map((value) => line(name, value)))
  }
  return `${lines.join('\n')}\n\n`
}

/** One LDIF record that replaces attributes of an entry; an empty list removes the attribute. */
export function replaceRecord(dn: string, attributes: LdifAttributes): string {
  return changeRecord(dn, 'replace', attributes)
}

/** One LDIF record that adds values (group members, for one) to an entry. */
export function addValuesRecord(dn: string, attributes: LdifAttributes): string {
  return changeRecord(dn, 'add', attributes)
}

/** A password as `unicodePwd` wants it: in quotes, UTF-16LE (MS-ADTS 3.1.1.3.1.5). */
export function unicodePassword(password: string): Buffer {
  return Buffer.from(`"${password}"`, 'utf16le')
}

/** A value inside a distinguished name, escaped as RFC 4514 §2.4 says. */
export function escapeName(value: string): string {
  return value
    .replaceAll(/[\\,+"<>;=#]/g, (character) => `\\${character}`)
    .replace(/^ /, '\\ ')
    .replace(/ $/, '\\ ')
}

function changeRecord(dn: string, change: 'add' | 'replace', attributes: LdifAttributes): string {
  const lines = [line('dn', dn), 'changetype: modify']
  for (const [name, values] of Object.entries(attributes)) {
    lines.push(`${change}: ${name}`, ...list(values).map((value) => line(name, value)), '-')
  }
  return `${lines.join('\n')}\n\n`
}

function list(values: LdifValue | LdifValue[] | undefined): LdifValue[] {
  return values === undefined ? [] : Array.isArray(values) ? values : [values]
}

function line(name: string, value: LdifValue): string {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value), 'utf8')
  return `${name}:: ${bytes.toString('base64')}`
}
