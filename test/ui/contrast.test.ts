import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../src/ui/styles/tokens.css', import.meta.url), 'utf8')
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)')

/** The colours of a theme; dark says only what differs. */
function coloursIn(...parts: string[]): Map<string, string> {
  const found = parts.flatMap((part) => [...part.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)])
  return new Map(found.map(([, name = '', colour = '']) => [name, colour]))
}

const themes = { light: coloursIn(light), dark: coloursIn(light, dark) }

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

const texts: [text: string, on: string[]][] = [
  ['ink', ['paper', 'surface', 'accent-tint', 'info-tint', 'warning-tint', 'error-tint']],
  ['ink-soft', ['paper', 'surface', 'accent-tint', 'error-tint']],
  ['accent', ['paper', 'surface', 'accent-tint']],
  ['on-accent', ['accent', 'accent-hover']],
  ['on-aside', ['aside', 'aside-deep']],
  ['on-aside-soft', ['aside', 'aside-deep']],
  ['error', ['paper', 'surface', 'error-tint']],
  ['warning', ['paper', 'surface']],
  ['aside-deep', ['aside-brass', 'on-aside-soft']],
]
const edges: [edge: string, on: string[]][] = [
  ['line-strong', ['paper', 'surface']],
  ['accent', ['paper', 'surface']],
  ['success', ['paper', 'surface']],
  ['brass', ['paper', 'surface']],
  ['info', ['info-tint']],
  ['warning', ['warning-tint']],
]

describe.each(Object.entries(themes))('the %s colours', (_, colours) => {
  const against = (pairs: [string, string[]][], least: number) =>
    pairs
      .flatMap(([front, backs]) => backs.map((back) => [front, back] as const))
      .filter(([front, back]) => {
        return contrast(colours.get(front) ?? '', colours.get(back) ?? '') < least
      })

  it('keep every text at 4.5:1 or more (WCAG 2.2, 1.4.3)', () => {
    expect(against(texts, 4.5)).toEqual([])
  })

  it('keep every edge and mark at 3:1 or more (WCAG 2.2, 1.4.11)', () => {
    expect(against(edges, 3)).toEqual([])
  })
})
