import { expect, test } from 'vitest';
import { readDatabaseUrl } from './database-url.ts';

const several = (url: string) => {
  const read = readDatabaseUrl(url);
  return read.kind === 'several' ? [read.servers.map(({ host, port }) => `${host} ${port}`), read.firstUrl] : read;
};

test('several servers, with or without a port, in the place of the host or as libpq’s parameters', () => {
  expect(several('postgres://pli:a%40b@db1:5432,db2:5433/pli?target_session_attrs=read-write')).toEqual([
    ['db1 5432', 'db2 5433'],
    'postgres://pli:a%40b@db1:5432/pli',
  ]);
  expect(several('postgresql://pli@db1,db2:6000/pli?sslmode=verify-full')).toEqual([
    ['db1 5432', 'db2 6000'],
    'postgresql://pli@db1:5432/pli?sslmode=verify-full',
  ]);
  expect(several('postgres://pli@[2001:db8::1]:5433,10.0.0.2/pli')).toEqual([['2001:db8::1 5433', '10.0.0.2 5432'], 'postgres://pli@[2001:db8::1]:5433/pli']);
  expect(several('postgres://pli@/pli?host=db1,db2&port=6000')).toEqual([['db1 6000', 'db2 6000'], 'postgres://pli@db1:6000/pli']);
  expect(several('postgres://pli@/pli?host=db1,db2&port=6000,6001')).toEqual([['db1 6000', 'db2 6001'], 'postgres://pli@db1:6000/pli']);
});

test.each([
  'postgres://pli:secret@db.internal/pli',
  'postgres://pli@db/pli?target_session_attrs=primary',
  'postgres://pli:x@localhost:5432/pli?host=%2Fvar%2Frun%2Fa%2Cb',
])('%s names one server, which the driver reads itself', (url) => {
  expect(readDatabaseUrl(url)).toEqual({ kind: 'one' });
});

test.each([
  ['mysql://db/pli', 'form'],
  ['postgres://db1, db2/pli', 'form'],
  ['postgres://pli@db1:port,db2/pli', 'form'],
  ['postgres://pli@db1:70000,db2/pli', 'form'],
  ['postgres://pli@db1,,db2/pli', 'form'],
  ['postgres://pli@/pli?host=db1,db2,db3&port=1,2', 'form'],
  ['postgres://pli@a,b,c,d,e,f,g,h,i/pli', 'form'],
  ['postgres://pli@db1,db2/pli?target_session_attrs=any', 'attributes'],
  ['postgres://pli@db1/pli?target_session_attrs=standby', 'attributes'],
])('%s is not one: %s', (url, fault) => {
  expect(readDatabaseUrl(url)).toEqual({ kind: 'wrong', fault });
});
