import cluster, { type Worker } from 'node:cluster';

/** A message of node's cluster to a worker. The handover of a connection must be acknowledged with its `seq`. */
interface ClusterMessage {
  readonly cmd?: string;
  readonly act?: string;
  readonly seq?: number;
}

/** A connection that is being handed to a worker. */
interface Connection {
  close(): void;
}

/**
 * Reassign the connections whose handover to a worker was pending when it died. Node's cluster forgets them, and their
 * clients would wait for ever (test/process/workers-lost.test.ts). This sends the refusal that the dead worker could not send,
 * so that cluster hands the connection to another worker. Without another worker, the connection is closed.
 */
export function reassignLostConnections(worker: Worker): void {
  const pending = trackPending(worker);
  const { process: child } = worker;
  let isDisconnected = false;
  child.once('disconnect', () => (isDisconnected = true));
  child.once('close', () => {
    // While a handover is pending node does not emit 'disconnect', and cluster would continue to use the dead worker.
    if (!isDisconnected) child.emit('disconnect');
    const hasOthers = Object.values(cluster.workers ?? {}).some((other) => other !== worker && other?.isConnected());
    for (const [ack, connection] of pending) {
      if (hasOthers) child.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: false });
      else connection.close();
    }
  });
}

/** Track the connections that were sent to a worker and are not acknowledged, by the number of the message. */
function trackPending({ process: child }: Worker): ReadonlyMap<number, Connection> {
  const pending = new Map<number, Connection>();
  const send = child.send.bind(child);
  // The parameters are those of send, in any of its overloads.
  child.send = ((...parameters: Parameters<typeof send>) => {
    const [message, handle] = parameters;
    // Only messages of cluster and our own are sent to a worker; only those of cluster come with a handle.
    const { cmd, act, seq } = message as ClusterMessage;
    const isConnection = cmd === 'NODE_CLUSTER' && act === 'newconn' && seq !== undefined;
    // The handles of cluster are TCP or pipe handles of node, which can be closed.
    if (isConnection && handle !== undefined) pending.set(seq, handle as unknown as Connection);
    return send(...parameters);
  }) as typeof child.send;
  child.on('internalMessage', ({ ack }: { readonly ack?: number }) => {
    if (ack !== undefined) pending.delete(ack);
  });
  return pending;
}
