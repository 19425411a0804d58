import assert from 'node:assert/strict';
import { connect, createServer, Socket, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { connectionOf } from '../../../src/http/exchange/connection.ts';

/** Connect to a server that listens on `host`, and return the peer of the accepted socket. */
async function peerOn(host: string, to: string): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const caller = connect(port, to);
  const socket = await accepted;
  const { peer } = connectionOf(socket);
  assert.equal(connectionOf(socket), connectionOf(socket));
  caller.destroy();
  socket.destroy();
  server.close();
  return peer;
}

test('the peer of a connection is the address of its client, an IPv4 one also where the port listens on IPv6', async () => {
  assert.equal(await peerOn('127.0.0.1', '127.0.0.1'), '127.0.0.1');
  assert.equal(await peerOn('::', '127.0.0.1'), '127.0.0.1');
  assert.equal(await peerOn('::1', '::1'), '::1');
});

test('the peer of a connection without an address is empty', () => {
  assert.equal(connectionOf(new Socket()).peer, '');
});
