// node scripts/bootstrap.mjs scripts/pictures.ts: copies the pictures that README shows from where
// the tests leave them. They are made smaller by hand afterwards; CONTRIBUTING says how.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const screens = join(root, 'test-results/screens')
const pictures = join(root, 'docs/pictures')

/** Name in `docs/pictures`, and the picture that a test has made. */
const chosen: Readonly<Record<string, string>> = {
  'account.png': '01-who-are-you.png',
  'methods.png': '02-methods.png',
  'proof.png': '03-authenticator-app.png',
  'password.png': '06-new-password-typed.png',
  'done.png': '07-done.png',
  'enrolment.png': 'portal/light-en/home-nothing.png',
}

const missing = Object.values(chosen).filter((name) => !existsSync(join(screens, name)))
if (missing.length > 0) {
  console.error(`Run "npm test" first: ${missing.join(', ')} is not in ${screens}.`)
  process.exitCode = 1
} else {
  mkdirSync(pictures, { recursive: true })
  for (const [name, source] of Object.entries(chosen)) {
    copyFileSync(join(screens, source), join(pictures, name))
  }
  console.log(`Copied ${Object.keys(chosen).length} pictures to ${pictures}.`)
}
