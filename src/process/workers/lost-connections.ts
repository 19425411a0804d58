import cluster, { type Worker } from 'node:cluster';

/** A message of node's cluster to a worker; those with a connection wait for an answer. */
interface Handing {
  readonly cmd?: string;
  readonly act?: string;
  readonly seq?: number;
}

/** A connection on its way to a worker. */
interface Closable {
  close(): void;
}

/**
 * Node's cluster forgets the connection that it was handing to a worker which ends before it takes it: its caller waits for
 * ever (test/process/workers-lost.test.ts). This answers in the worker's stead that it did not take it, so that another
 * worker gets it; where there is none, it closes it.
 */
export function rescueConnections(worker: Worker): void {
  const { process: child } = worker;
  const handed = new Map<number, Closable>();
  const send = child.send.bind(child);
  // The parameters are those of send, whichever of its forms it is called in.
  child.send = ((...parameters: Parameters<typeof send>) => {
    const [message, handle] = parameters;
    // What is sent to a worker is a message of the cluster's, or an order of ours; only the former comes with a handle.
    const { cmd, act, seq } = message as Handing;
    const isConnection = cmd === 'NODE_CLUSTER' && act === 'newconn' && seq !== undefined;
    // Its handles have such a method.
    if (isConnection && handle !== undefined) handed.set(seq, handle as unknown as Closable);
    return send(...parameters);
  }) as typeof child.send;
  child.on('internalMessage', ({ ack }: { readonly ack?: number }) => {
    if (ack !== undefined) handed.delete(ack);
  });
  let isDisconnected = false;
  child.once('disconnect', () => (isDisconnected = true));
  child.once('close', () => {
    // Node does not say so while it waits to hear that a connection arrived, and the cluster would go on to use it.
    if (!isDisconnected) child.emit('disconnect');
    const hasOthers = Object.values(cluster.workers ?? {}).some((other) => other !== worker && other?.isConnected());
    for (const [ack, connection] of handed) {
      if (hasOthers) child.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: false });
      else connection.close();
    }
  });
}
