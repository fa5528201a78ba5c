import { describe, expect, test } from 'vitest';
import { pathSegments, serverUrl } from '../../../templates/runtime/params/server-url.ts';

describe('a value in a host', () => {
  const at = (tenant: string | undefined): string => serverUrl`https://${tenant}.example.com/v1`;

  test.each(['acme', 'acme-1', 'a_b', 'eu.acme', 'xn--bcher-kva', '127'])('may be %j', (tenant) => {
    expect(at(tenant)).toBe(`https://${tenant}.example.com/v1`);
  });

  test.each([
    'evil.example/',
    'evil.example\\',
    'evil.example?',
    'evil.example#',
    'user@evil.example',
    'evil.example:443/',
    ':443/',
    '[::1]/',
    '..',
    '.evil',
    'a..b',
    'a b',
    'a\n',
    '\t',
    'a%2Fb',
    '１２７',
    'bücher',
    'a\u00ADb',
    'evil。example',
  ])('cannot be %j', (tenant) => {
    expect(() => at(tenant)).toThrow(TypeError);
  });

  test('must be there', () => {
    expect(() => at(undefined)).toThrow('baseUrl: a value after "https://" does not fit');
  });

  test('that is the whole host may bring its port', () => {
    expect(serverUrl`https://${'localhost:8080'}/v1`).toBe('https://localhost:8080/v1');
    expect(() => at('localhost:8080')).toThrow(TypeError);
  });
});

describe('a port', () => {
  test.each(['443', '8080'])('may be %j', (port) => {
    expect(serverUrl`https://a.example:${port}/v1`).toBe(`https://a.example:${port}/v1`);
  });

  test.each(['', '443/', '80@evil.example', '٤٤٣', '-1', '443\n'])('cannot be %j', (port) => {
    expect(() => serverUrl`https://a.example:${port}/v1`).toThrow(TypeError);
  });
});

describe('a value in a path', () => {
  const at = (version: string): string => serverUrl`https://a.example/${version}/x`;

  test.each([
    ['v1', 'v1'],
    ['a/b', 'a%2Fb'],
    ['a?b#c', 'a%3Fb%23c'],
    ['a%2Fb', 'a%252Fb'],
    ['é', '%C3%A9'],
    ['', ''],
  ])('is encoded: %j', (version, sent) => {
    expect(at(version)).toBe(`https://a.example/${sent}/x`);
  });

  test.each(['.', '..'])('cannot be %j', (version) => {
    expect(() => at(version)).toThrow(TypeError);
  });

  test('of several segments keeps its slashes, and stays below', () => {
    expect(serverUrl`https://a.example/${pathSegments('api/v 1')}`).toBe(
      'https://a.example/api/v%201',
    );
    expect(() => serverUrl`https://a.example/${pathSegments('api/../..')}`).toThrow(TypeError);
  });
});

test('a scheme is http or https', () => {
  const at = (scheme: string): string => serverUrl`${scheme}://a.example`;
  expect(at('https')).toBe('https://a.example');
  expect(() => at('javascript')).toThrow(TypeError);
  expect(() => at('https://evil.example/?')).toThrow(TypeError);
});

test('a value that is the whole of a server is an http(s) URL without user, query or fragment', () => {
  const at = (server: string): string => serverUrl`${server}/v1`;
  expect(at('https://a.example:8080/base')).toBe('https://a.example:8080/base/v1');
  for (const bad of ['a.example', 'https://u@a.example', 'https://a.example?', 'file:///a'])
    expect(() => at(bad)).toThrow(TypeError);
});
