import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isAtLeast, lowestOf } from '../../scripts/setup/node-version.mjs'

describe('a Node is refused', () => {
  it.each([undefined, '18.20.4', '24.0.0', '24.6.9', '23.99.99', '2.8.0'])('%s', (version) => {
    expect(isAtLeast(version, '24.7')).toBe(false)
  })

  it('when only its last number is too small', () => {
    expect(isAtLeast('24.7.0', '24.7.1')).toBe(false)
  })
})

describe('a Node will do', () => {
  it.each(['24.7.0', '24.7.1', '24.10.0', '24.21.0', '25.0.0', '100.0.0'])('%s', (version) => {
    expect(isAtLeast(version, '24.7')).toBe(true)
  })

  it.each(['24', '24.7', '24.7.3'])('when it is what was asked for, %s', (lowest) => {
    expect(isAtLeast('24.7.3', lowest)).toBe(true)
  })
})

describe('what package.json asks for', () => {
  it.each(['', '24', '^24.7', '>=24 <26', '>=24.x'])('is refused when it reads "%s"', (range) => {
    expect(() => lowestOf(range)).toThrow('must read like ">=24.7"')
  })

  it('can be read as it stands', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(isAtLeast(process.versions.node, lowestOf(engines.node))).toBe(true)
  })
})
