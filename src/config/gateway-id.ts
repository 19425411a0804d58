import { randomBytes } from 'node:crypto';

/** The variable in which the primary hands its id to its workers. It is no setting. */
export const gatewayIdVariable = 'LEGACY_COMPUTE_GATEWAY_ID';

const given = process.env[gatewayIdVariable];

/**
 * The random id of this gateway, by which it recognises its own requests in Via. All workers have that of their primary; host
 * and process ids would not do, because two containers may have the same.
 */
export const gatewayId = given !== undefined && /^[\da-f]{12}$/.test(given) ? given : randomBytes(6).toString('hex');
