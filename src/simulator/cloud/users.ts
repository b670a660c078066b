// Users (2.1): they come to be by their first link; deleting drops accounts, assets, data.
import { userHere } from './find.ts';
import type { Links } from './links.ts';
import { pageOf } from './paging.ts';
import { Problem } from './problem.ts';
import { type CloudApp, iso } from './state.ts';
import { oneOf } from './validate.ts';

const VENDOR_TYPES = ['vehicle', 'charger', 'hvac', 'inverter', 'battery', 'meter'] as const;

export function userRoutes(app: CloudApp, links: Links): void {
  app.get('/users', (c) =>
    c.json(
      pageOf(c.req.query(), c.get('client').users, (user) => ({
        id: user.id,
        createdAt: iso(user.createdAt),
        scopes: ['all'],
      })),
    ),
  );

  app.get('/users/:userId', (c) => {
    const user = userHere(c);
    const linkedVendors = [...user.accounts.values()].flatMap((link) =>
      [...link.scopes.keys()].map((vendorType) => ({ vendor: link.vendor, vendorType, isValid: link.valid })),
    );
    return c.json({ id: user.id, linkedVendors });
  });

  app.delete('/users/:userId', (c) => {
    const user = userHere(c);
    links.deleteUser(user);
    return c.body(null, 204);
  });

  // No events follow this one (2.1), and what was read stays.
  app.delete('/users/:userId/authorization', (c) => {
    const user = userHere(c);
    for (const link of user.accounts.values()) links.freeze(link, user, true);
    return c.body(null, 204);
  });

  app.delete('/users/:userId/vendors/:vendor', (c) => {
    if (!links.unlink(userHere(c), c.req.param('vendor'))) throw notLinked(c.req.param('vendor'));
    return c.body(null, 204);
  });

  app.delete('/users/:userId/vendors/:vendor/:vendorType', (c) => {
    const type = oneOf(VENDOR_TYPES)(c.req.param('vendorType'), 'vendorType');
    const kind = type === 'vehicle' || type === 'charger' ? type : undefined;
    const user = userHere(c);
    if (!kind || !links.unlink(user, c.req.param('vendor'), kind)) throw notLinked(c.req.param('vendor'));
    return c.body(null, 204);
  });
}

const notLinked = (vendor: string): Problem =>
  new Problem(404, `The user has no account of ${vendor}.`, 'Vendor not found');
