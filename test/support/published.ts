import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Resolves with the next word on a channel in which node or undici tell of what they do in this process. */
export function published(channel: string): Promise<void> {
  return new Promise((resolve) => {
    const hear = (): void => {
      unsubscribe(channel, hear);
      resolve();
    };
    subscribe(channel, hear);
  });
}
