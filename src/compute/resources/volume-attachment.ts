import { attribute, record, string } from '../../schema/words.ts';

/** A volume attached to a server, in answers about the volume and about the attachment. */
export const volumeAttachment = record({
  device: attribute(string()),
  serverId: attribute(string()),
  id: attribute(string()),
  volumeId: attribute(string()),
});
