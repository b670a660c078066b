// undici's package root loads its fetch, cache and mocks as well, some 10 MB that nobody here uses (docs/decisions/016): the agent alone
// is asked for by its file. No part of undici's public promises: the version is exact, test/enode/network.test.ts uses it for real.
declare module 'undici/lib/dispatcher/agent.js' {
  import type { Agent } from 'undici';

  const agent: typeof Agent;
  export = agent;
}
