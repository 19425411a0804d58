import { attribute, record, string } from '../../schema/words.ts';

/** A volume attached to a server, as answers about either show it. */
export const volumeAttachment = record({
  device: attribute(string()),
  serverId: attribute(string()),
  id: attribute(string()),
  volumeId: attribute(string()),
});
