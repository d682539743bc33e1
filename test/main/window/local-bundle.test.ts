import { sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findBundleFile } from '../../../src/main/window/local-bundle.ts'

const folder = '/opt/latchkey/out/renderer'
const origin = 'https://reset.example.com'
const find = (url: string) => findBundleFile(folder, origin, url)

describe('nothing answers', () => {
  test.each([
    `${origin}/`,
    `${origin}/app`,
    `${origin}/application/index.html`,
    `${origin}/api/v1/recoveries`,
    `${origin}.attacker.example/app/index.html`,
    `${origin}:444/app/index.html`,
    'http://reset.example.com/app/index.html',
    'https://other.example.com/app/index.html',
    `${origin}/app/../main/main.js`,
    `${origin}/app/..%2fmain%2fmain.js`,
    `${origin}/app/%2e%2e/main/main.js`,
    `${origin}/app/..\\main\\main.js`,
    `${origin}/app//etc/passwd.json`,
    `${origin}/app/C:/secret.json`,
    `${origin}/app/assets/`,
    `${origin}/app/.hidden.json`,
    `${origin}/app/index.html%00.js`,
    `${origin}/app/index.php`,
    `${origin}/app/assets`,
    `${origin}/app/a.constructor`,
    'file:///etc/passwd',
    '',
  ])('to %s', (url) => {
    expect(find(url)).toBe(null)
  })
})

test('the page and its parts are found, with their types', () => {
  const page = { path: `${folder}/index.html`, contentType: 'text/html; charset=utf-8' }
  expect(find(`${origin}/app/`)).toEqual(page)
  expect(find(`${origin}/app/index.html?x=../..#y`)).toEqual(page)
  expect(find(`${origin}/app/assets/index-BJgMjAl7.js`)).toEqual({
    path: `${folder}/assets/index-BJgMjAl7.js`,
    contentType: 'text/javascript; charset=utf-8',
  })
})

test('whatever is asked, the answer lies inside the folder', () => {
  const pieces = fc.constantFrom(
    '..',
    '.',
    '/',
    '\\',
    '%2e',
    '%2f',
    '%5c',
    'a',
    '\0',
    'é',
    '.js',
    ':',
  )
  const paths = fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join(''))
  fc.assert(
    fc.property(paths, (path) => {
      const found = find(`${origin}/app/${path}`)
      if (found === null) return
      expect(found.path.startsWith(folder + sep)).toBe(true)
      expect(found.path).not.toContain('..')
    }),
    { numRuns: 2_000 },
  )
})
