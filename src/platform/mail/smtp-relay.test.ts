import { expect, test } from 'vitest';
import { readSmtpUrl } from './smtp-relay.ts';

test.each([
  [
    'smtps://pli:secret@relay.tilleuls.example:4465',
    { host: 'relay.tilleuls.example', port: 4465, tls: 'from-start', credentials: { user: 'pli', pass: 'secret' } },
  ],
  ['smtps://relay.tilleuls.example', { host: 'relay.tilleuls.example', port: 465, tls: 'from-start', credentials: undefined }],
  ['smtp://relay.tilleuls.example', { host: 'relay.tilleuls.example', port: 587, tls: 'required', credentials: undefined }],
  ['smtp://10.0.0.25:25', { host: '10.0.0.25', port: 25, tls: 'required', credentials: undefined }],
  ['smtp://127.0.0.1:25', { host: '127.0.0.1', port: 25, tls: 'none', credentials: undefined }],
  ['smtp://[::1]:25', { host: '::1', port: 25, tls: 'none', credentials: undefined }],
  ['smtp://localhost', { host: 'localhost', port: 587, tls: 'none', credentials: undefined }],
  [
    'smtp://pli%40tilleuls.example:a%2Fb%3Ac@relay',
    { host: 'relay', port: 587, tls: 'required', credentials: { user: 'pli@tilleuls.example', pass: 'a/b:c' } },
  ],
])('%s: in clear only within this machine', (url, relay) => {
  expect(readSmtpUrl(url)).toEqual(relay);
});

test.each([
  'relay.tilleuls.example:25',
  'http://relay',
  'smtp://',
  'smtp://relay/path',
  'smtp://relay?tls=no',
  'smtp://relay:0',
  'smtp://relay:99999',
  'smtp://pli@relay',
  'smtp://:secret@relay',
  'smtp://pli:%0d%0aQUIT@relay',
  'smtp://pli:%zz@relay',
  'smtp://re lay',
  'smtp://-relay',
])('%s is not taken', (url) => {
  expect(readSmtpUrl(url)).toBeUndefined();
});
