const ATTRIBUTES = { tenant: { acme: '30%', others: '70%' }, endpoint: { checkout: '20%', browse: '80%' } }
/** A source of requests by two customers to two endpoints. */
export const users = (more: object = {}) => ({
  title: 'Users',
  to: 'web',
  rate: '100/s',
  noise: 0,
  retries: 0,
  timeout: '10s',
  attributes: ATTRIBUTES,
  ...more,
})
/** A service with that source, in the shape of YAML. */
export const shop = (web: object = {}, traffic: object = {}, more: object = {}) => ({
  components: { web: { kind: 'service', title: 'Web', concurrency: 200, ...web }, ...more },
  traffic: { users: users(), ...traffic },
})
