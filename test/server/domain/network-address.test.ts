import { describe, expect, it } from 'vitest'
import { networkOf } from '../../../src/server/domain/network-address.ts'

describe('two addresses are not the same network', () => {
  it('when they are of different IPv4 hosts, however they are written', () => {
    expect(networkOf('192.0.2.1')).toBe('192.0.2.1')
    expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1')
    expect(networkOf('::FFFF:c000:0202')).toBe('192.0.2.2')
    expect(networkOf('0:0:0:0:0:ffff:192.0.2.3')).toBe('192.0.2.3')
  })

  it('when they differ within the first 64 bits', () => {
    expect(networkOf('2001:db8:0:1::1')).not.toBe(networkOf('2001:db8:0:2::1'))
    expect(networkOf('::1')).not.toBe(networkOf('::ffff:0.0.0.1'))
  })

  it('and what is no address stands for itself', () => {
    for (const odd of ['', 'unknown', 'a:b', '1:2:3:4:5:6:7:8:9', '[::1]:80']) {
      expect(networkOf(odd)).toBe(odd)
    }
  })
})

describe('all addresses of a /64 are one', () => {
  it('in every spelling', () => {
    const spellings = [
      '2001:db8:0:7::1',
      '2001:0DB8:0000:0007:ffff:ffff:ffff:ffff',
      '2001:db8:0:7:0:0:192.0.2.1',
      '2001:db8::7:1:2:3:4',
    ]
    for (const spelling of spellings) expect(networkOf(spelling)).toBe('2001:db8:0:7::/64')
    expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
  })
})
