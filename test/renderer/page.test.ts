import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const page = readFileSync(new URL('../../src/renderer/index.html', import.meta.url), 'utf8')

it('has nothing inline, which the content security policy would refuse', () => {
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i)
  expect(page.match(/<script[^>]*>/g)).toEqual(['<script type="module" src="./main.tsx">'])
})

it('loads nothing from anywhere else', () => {
  expect(page).not.toMatch(/https?:|src="\/\//)
})
