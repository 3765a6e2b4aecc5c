import { describe, expect, test } from 'vitest';
import { isPublicAddress, parseAllowedAddress } from '../../../crawler/fetch/addresses.ts';

describe('isPublicAddress', () => {
  test.each([
    ['192.0.78.24', 'an ordinary IPv4 address'],
    ['2606:2800:220:1::1', 'an ordinary IPv6 address'],
    ['::ffff:192.0.78.24', 'the same IPv4 address inside IPv6'],
    ['64:ff9b::c000:4e18', 'a public IPv4 address behind NAT64'],
  ])('%s is public: %s', (address) => expect(isPublicAddress(address)).toBe(true));

  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.1.2', 'loopback'],
    ['0.0.0.0', 'this host'],
    ['10.1.2.3', 'private'],
    ['172.31.0.1', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['100.100.100.200', 'metadata of one provider'],
    ['169.254.169.254', 'metadata of most providers'],
    ['168.63.129.16', 'host agent of one provider'],
    ['192.0.0.192', 'metadata of one provider'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['198.51.100.7', 'documentation'],
    ['198.18.0.1', 'benchmarking'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::127.0.0.1', 'IPv4-compatible'],
    ['::ffff:127.0.0.1', 'loopback inside IPv6'],
    ['::ffff:7f00:1', 'loopback inside IPv6'],
    ['::ffff:0:127.0.0.1', 'translated loopback'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with a zone'],
    ['fec0::1', 'site-local'],
    ['fd00:ec2::254', 'metadata of one provider'],
    ['ff02::1', 'multicast'],
    ['2002:7f00:1::', '6to4 around loopback'],
    ['2002:a00:1::', '6to4 around a private address'],
    ['64:ff9b::7f00:1', 'NAT64 around loopback'],
    ['64:ff9b::a9fe:a9fe', 'NAT64 around metadata'],
    ['64:ff9b:1::a00:1', 'local NAT64'],
    ['2001::1', 'Teredo'],
    ['2001:db8::1', 'documentation'],
    ['100::1', 'discard'],
    ['not an address', 'nonsense'],
  ])('%s is not: %s', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('parseAllowedAddress', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1', undefined],
    ['127.0.0.1:8080', '127.0.0.1', 8080],
    ['[::1]:80', '::1', 80],
    ['[::1]', '::1', undefined],
    ['::1', '::1', undefined],
    ['0:0:0:0:0:0:0:1', '::1', undefined],
    ['::ffff:127.0.0.1', '127.0.0.1', undefined],
  ])('%s', (text, address, port) => expect(parseAllowedAddress(text)).toEqual({ address, port }));

  test.each(['localhost', 'localhost:80', '', '127.0.0.1:99999', '10.0.0.0/8', '2130706433'])(
    '"%s" is refused',
    (text) => expect(() => parseAllowedAddress(text)).toThrow(RangeError),
  );
});
