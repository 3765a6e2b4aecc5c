// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { outsideLink } from '../../../extension/views/outside-link.ts';

test('leads to websites, in a tab of its own, and does not say from where', () => {
  const link = outsideLink('https://watch.example/x', ['words']);
  expect(link.outerHTML).toBe('<a href="https://watch.example/x" target="_blank" rel="noopener noreferrer">words</a>');
});

test.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'chrome://settings',
  '/en/about',
  '',
])('“%s” is no link', (address) => {
  expect(outsideLink(address, ['<b>words</b>']).outerHTML).toBe('<span>&lt;b&gt;words&lt;/b&gt;</span>');
});
