import { describe, expect, it } from 'vitest'
import { missingOf } from '../../scripts/setup/debian-packages.ts'

describe('missingOf', () => {
  it('names everything that is not installed, once', () => {
    expect(missingOf(['display', 'display', 'postgres'], new Set())).toEqual([
      'xvfb',
      'xauth',
      'x11-utils',
      'postgresql',
    ])
  })

  it('accepts the newer name of a package', () => {
    const installed = new Set(['libgtk-3-0t64', 'libasound2'])
    const missing = missingOf(['electron'], installed).flat()
    expect(missing).not.toContain('libgtk-3-0')
    expect(missing).not.toContain('libasound2')
    expect(missing).toContain('libcups2')
  })
})
