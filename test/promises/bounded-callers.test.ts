import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { between } from '../support/forwarding.ts';
import { actionPath, plainRebuild, projectId, serverDocument } from '../support/rebuild-call.ts';
import { inTime, until } from '../support/in-time.ts';
import { dial, head, trickle } from './dialled.ts';

const streamedPath = `/v2/${projectId}/os-unknown`;
const roads = { translated: actionPath, streamed: streamedPath } as const;
/** XML that nothing describes is refused before it is streamed. */
const typeFor = (path: string): string => (path === streamedPath ? 'application/json' : 'application/xml');
/** Far more than the kernel buffers for a connection without a reader. */
const large = Buffer.alloc(24_000_000, ' ');

/** Make a request with a header field of a number of characters. */
const asking = (length: number): string =>
  `GET ${streamedPath} HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\nX-A: ${'a'.repeat(length)}\r\n\r\n`;

describe('a caller that is slow to send ends within the limits', { concurrency: true }, () => {
  // Holds headersTimeout and connectionsCheckingInterval of caller-server.ts.
  test('a caller that sends its headers byte by byte is ended by the limit for headers', async () => {
    await between(
      (_, response) => response.end(),
      async (gateway, cloud) => {
        const caller = await dial(gateway.url);
        caller.socket.write(`GET ${streamedPath} HTTP/1.1\r\nX-A: `);
        trickle(caller.socket, 'a');
        assert.match(await inTime(caller.ended), /^HTTP\/1\.1 408 /);
        assert.equal(cloud.received.length, 0);
      },
      { GATEWAY_REQUEST_HEADERS_TIMEOUT_MS: '300' },
    );
  });

  // Holds headersTimeout: a connection on which nothing was ever sent counts, too.
  test('a caller that connects and says nothing is ended by the limit for headers', async () => {
    await between(
      (_, response) => response.end(),
      async (gateway) => {
        const caller = await dial(gateway.url);
        await inTime(caller.ended);
      },
      { GATEWAY_REQUEST_HEADERS_TIMEOUT_MS: '300' },
    );
  });

  for (const [road, path] of Object.entries(roads)) {
    // Holds requestTimeout of caller-server.ts.
    test(`on the ${road} road, a body that comes byte by byte is ended by the limit for requests`, async () => {
      await between(
        (request) => request.resume(),
        async (gateway) => {
          const caller = await dial(gateway.url);
          caller.socket.write(head(path, 100_000, typeFor(path)));
          trickle(caller.socket, ' ');
          await inTime(caller.ended);
          await gateway.logged('exchange', 1);
        },
        { GATEWAY_REQUEST_TIMEOUT_MS: '1500' },
      );
    });

    // Holds deadline.ts while a body is read.
    test(`on the ${road} road, a body that comes byte by byte is ended by the limit for exchanges`, async () => {
      await between(
        (request) => request.resume(),
        async (gateway) => {
          const caller = await dial(gateway.url);
          caller.socket.write(head(path, 100_000, typeFor(path)));
          trickle(caller.socket, ' ');
          assert.match(await inTime(caller.ended), /^HTTP\/1\.1 504 /);
        },
        { GATEWAY_EXCHANGES_TIMEOUT_MS: '300' },
      );
    });

    // Holds the end of an exchange by the end of its connection.
    test(`on the ${road} road, a caller that goes away without a word in the middle of a body is forgotten`, async () => {
      await between(
        (request) => request.resume(),
        async (gateway) => {
          const caller = await dial(gateway.url);
          caller.socket.write(`${head(path, 1000, typeFor(path))}half`);
          caller.socket.end();
          await gateway.logged('exchange', 1);
        },
      );
    });
  }

  for (const [road, path] of Object.entries(roads)) {
    // Holds half-close.ts: a caller that closes late has gone, and all that was done for it ends.
    test(`on the ${road} road, a caller that closes its connection late has gone, for the cloud, too`, async () => {
      const ended = Promise.withResolvers<void>();
      await between(
        (request) => request.resume().socket.once('close', () => ended.resolve()),
        async (gateway, cloud) => {
          const caller = await dial(gateway.url);
          caller.socket.write(head(path, plainRebuild.xml.length, typeFor(path)) + plainRebuild.xml);
          await until(() => cloud.received.length > 0, 'the cloud is not asked');
          caller.socket.end();
          await inTime(caller.ended);
          await inTime(ended.promise, 'the connection to the cloud stays open');
          await gateway.logged('exchange', 1);
        },
        { GATEWAY_CONNECTIONS_HALF_CLOSE_MS: '0' },
      );
    });
  }

  // Holds maxHeaderSize of caller-server.ts: node's own limit is the default of the setting.
  test('headers over the limit of the setting are 431, and the cloud hears nothing', async () => {
    await between(
      (_, response) => response.end('x'),
      async (gateway, cloud) => {
        const [over, below] = await Promise.all([dial(gateway.url), dial(gateway.url)]);
        over.socket.write(asking(3000));
        assert.match(await inTime(over.ended), /^HTTP\/1\.1 431 /);
        assert.equal(cloud.received.length, 0);
        below.socket.write(asking(1500));
        assert.match(await inTime(below.ended), /^HTTP\/1\.1 200 /);
      },
      { GATEWAY_REQUEST_MAX_HEADER_BYTES: '2048' },
    );
  });

  // Holds keepAliveTimeout of caller-server.ts.
  test('an idle connection is closed after its time', async () => {
    await between(
      (_, response) => response.end('x'),
      async (gateway) => {
        const caller = await dial(gateway.url);
        caller.socket.write(`GET ${streamedPath} HTTP/1.1\r\nHost: gateway\r\n\r\n`);
        await inTime(caller.ended);
      },
      { GATEWAY_CONNECTIONS_KEEP_ALIVE_MS: '200' },
    );
  });
});

describe('a caller that does not read its answer is ended by the limit for exchanges', { concurrency: true }, () => {
  const document = serverDocument.replace('"n"', JSON.stringify('n'.repeat(14_000_000)));
  const answers = {
    translated: ['application/json', Buffer.from(document), `/v2/${projectId}/servers/1`],
    streamed: ['application/octet-stream', large, streamedPath],
  } as const;
  for (const [road, [type, body, path]] of Object.entries(answers)) {
    // Holds deadline.ts after the head has been sent: without it the exchange lasts as long as the caller likes.
    test(`on the ${road} road`, async () => {
      await between(
        (_, response) => response.writeHead(200, { 'Content-Type': type }).end(body),
        async (gateway) => {
          const caller = await dial(gateway.url, false);
          caller.socket.write(`GET ${path} HTTP/1.1\r\nHost: gateway\r\n\r\n`);
          await gateway.logged('exchange', 1);
          const line = gateway.log.find(({ event }) => event === 'exchange');
          assert.equal(line?.fields['aborted'], true);
          caller.socket.destroy();
        },
        { GATEWAY_EXCHANGES_TIMEOUT_MS: '8000' },
      );
    });
  }
});

describe('connections are limited', () => {
  // Holds maxConnections of caller-server.ts.
  test('those over the limit are closed at once, and when one ends there is room for another', async () => {
    await between(
      (_, response) => response.end('x'),
      async (gateway, cloud) => {
        const kept = await Promise.all([dial(gateway.url), dial(gateway.url), dial(gateway.url)]);
        const ask = `GET ${streamedPath} HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n`;
        const refused = await dial(gateway.url);
        refused.socket.write(ask);
        assert.equal(await inTime(refused.ended), '');
        assert.equal(cloud.received.length, 0);
        const [first] = kept;
        first?.socket.write(ask);
        assert.match((await inTime(first?.ended ?? Promise.resolve(''))) ?? '', /^HTTP\/1\.1 200 /);
        const next = await dial(gateway.url);
        next.socket.write(ask);
        assert.match(await inTime(next.ended), /^HTTP\/1\.1 200 /);
        for (const { socket } of kept) socket.destroy();
      },
      { GATEWAY_CONNECTIONS_MAX: '3' },
    );
  });
});
