import { pageOfTenants, readTenants } from '../../../identity/answer/tenants-of.ts';
import { cloudIdentityFault } from '../../../identity/faults/cloud-faults.ts';
import { tenantsDocument } from '../../../identity/messages/tenants.ts';
import { projectsRequest } from '../../../identity/request/v3-requests.ts';
import type { IdentityContext } from '../exchange/context.ts';
import { fieldOf, type IdentityExchange } from '../exchange/identity-exchange.ts';
import { queryOf } from '../exchange/query.ts';
import { sendIdentity } from '../exchange/send-identity.ts';

/** List the tenants of the caller: GET /v2.0/tenants. v3 knows no pages here, so the gateway makes them. @throws {Fault} */
export async function listTenants(asked: IdentityExchange, { ask, settings }: IdentityContext): Promise<void> {
  const answer = await ask(projectsRequest(fieldOf(asked, 'x-auth-token')), asked.exchange);
  if (answer.status !== 200) throw cloudIdentityFault(answer, { call: asked.found.route.call });
  const tenants = readTenants(answer, settings.domains.project);
  const page = { limit: queryOf(asked, 'limit'), marker: queryOf(asked, 'marker') };
  sendIdentity(asked, 200, tenantsDocument, pageOfTenants(tenants, page));
}
