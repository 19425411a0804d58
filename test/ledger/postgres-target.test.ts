import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTarget, type PostgresTarget } from '../../src/ledger/postgres/target.ts';
import { LedgerStoreError } from '../../src/ledger/store-error.ts';

const password = 'pa:ss/w?rd#1@%';
const encoded = encodeURIComponent(password);

const plain = (text: string): Omit<PostgresTarget, 'tls'> & { tls: boolean } => ({
  ...readTarget(text),
  tls: readTarget(text).tls !== false,
});

test('a URL names host, port, user, password and database, in the words of libpq', () => {
  const applicationName = 'legacy-compute-gateway';
  assert.deepEqual(plain(`postgres://gateway:${encoded}@db.example.com:6432/ledger`), {
    host: 'db.example.com',
    port: 6432,
    user: 'gateway',
    password,
    database: 'ledger',
    applicationName,
    tls: true,
  });
  assert.deepEqual(plain('postgresql://gateway@[2001:db8::1]/my%20ledger?application_name=east'), {
    host: '2001:db8::1',
    port: 5432,
    user: 'gateway',
    password: undefined,
    database: 'my ledger',
    applicationName: 'east',
    tls: true,
  });
  for (const folder of [
    'postgres://gateway@%2Frun%2Fpostgresql/ledger',
    'postgres://gateway@localhost/ledger?host=/run/postgresql',
  ])
    assert.deepEqual(plain(folder), {
      host: '/run/postgresql',
      port: 5432,
      user: 'gateway',
      password: undefined,
      database: 'ledger',
      applicationName,
      tls: false,
    });
});

const isVerified = (host: string): boolean => plain(`postgres://u@${host}/d`).tls;

test('without sslmode the certificate is verified, except on the own machine', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]', '%2Frun'])
    assert.equal(isVerified(host), false, host);
  for (const host of ['db', '10.0.0.1', '[fe80::1]', 'localhost.example.com', '127.example.com'])
    assert.equal(isVerified(host), true, host);
  assert.deepEqual(readTarget('postgres://u@db/d').tls, {});
  assert.deepEqual(readTarget('postgres://u@db/d?sslmode=require').tls, { rejectUnauthorized: false });
  assert.equal(readTarget('postgres://u@db/d?sslmode=disable').tls, false);
});

const wrong: readonly (readonly [text: string, why: RegExp])[] = [
  ['', /is no URL/],
  ['db.example.com/ledger', /is no URL/],
  ['mysql://u:secret@h/d', /is no URL/],
  ['postgres://u:secret@h:port/d', /is no URL/],
  ['postgres://h/d', /lacks a host, a user or a database/],
  ['postgres://u:secret@h', /lacks a host, a user or a database/],
  ['postgres://u:secret@/d', /is no URL|lacks a host/],
  ['postgres://u:secret@h1,h2/d', /several hosts/],
  ['postgres://u:secret@h/d?host=h1,h2', /is no URL|several hosts|two hosts/],
  ['postgres://u:secret@h/d?sslmode=prefer', /another sslmode/],
  ['postgres://u:secret@h/d?sslmode=allow', /another sslmode/],
  ['postgres://u:secret@h/d?sslmode=', /another sslmode/],
  ['postgres://u:secret@h/d?sslmode=verify-ca', /verify-ca without sslrootcert/],
  ['postgres://u:secret@h/d?sslrootcert=/no/such/secret', /sslrootcert that cannot be read \(ENOENT\)/],
  ['postgres://u:secret@h/d?ssl=true', /unknown parameter; known are host, sslmode/],
  ['postgres://u:secret@h/d?password=secret', /unknown parameter/],
  ['postgres://u:secret@h/d%zz', /%/],
  // A password that is not encoded: its rest is another part of the URL.
  ['postgres://u:12/secret@h/d', /not encoded|is no URL/],
  ['postgres://u:12?secret@h/d', /not encoded|unknown parameter|lacks/],
  ['postgres://u:12#secret@h/d', /not encoded/],
  ['postgres://u:a%secret@h/d', /%/],
];

test('a URL that cannot be used is refused for good, and no part of it is repeated', () => {
  for (const [text, why] of wrong) {
    assert.throws(
      () => readTarget(text),
      (error: unknown) => {
        assert.ok(error instanceof LedgerStoreError, text);
        assert.deepEqual([error.code, error.isLasting], ['EINVAL', true]);
        assert.match(error.message, why, text);
        assert.doesNotMatch(`${error.message} ${error.stack?.split('\n')[0]} ${JSON.stringify(error)}`, /secret/, text);
        return true;
      },
      text,
    );
  }
});
