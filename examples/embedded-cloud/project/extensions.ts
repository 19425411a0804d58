import { type Call, notFound, parameter } from '../call/call.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { EXTENSIONS } from './extension-list.ts';

/** Respond to GET /extensions. */
export function answerExtensions(): Answer {
  return jsonAnswer(200, { extensions: EXTENSIONS.map(extensionDocument) });
}

/** Respond to GET /extensions/{alias}. */
export function answerExtension(call: Call): Answer {
  const wanted = parameter(call, 'alias');
  const extension = EXTENSIONS.find(([alias]) => alias === wanted);
  if (extension === undefined) throw notFound();
  return jsonAnswer(200, { extension: extensionDocument(extension) });
}

function extensionDocument([alias, name, description]: (typeof EXTENSIONS)[number]): unknown {
  const namespace = 'http://docs.openstack.org/compute/ext/fake_xml';
  return { alias, description, links: [], name, namespace, updated: '2014-12-03T00:00:00Z' };
}
