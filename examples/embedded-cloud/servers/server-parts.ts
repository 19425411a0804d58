import type { Call } from '../call/call.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { findServer } from './find-server.ts';

/** Respond to GET /servers/{id}/os-volume_attachments. */
export function answerVolumeAttachments(call: Call): Answer {
  const { id: serverId, volumes } = findServer(call);
  const volumeAttachments = volumes.map((id, index) => ({
    id,
    volumeId: id,
    serverId,
    device: `/dev/vd${String.fromCodePoint('a'.charCodeAt(0) + index)}`,
  }));
  return jsonAnswer(200, { volumeAttachments });
}

/** Respond to GET /servers/{id}/os-server-password; no image of this cloud has ever set one. */
export function answerServerPassword(call: Call): Answer {
  findServer(call);
  return jsonAnswer(200, { password: '' });
}
