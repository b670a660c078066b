import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/home-assistant/**',
      'test/broker/**',
      'test/image/**',
      'test/page/**',
      'test/faults/**',
      'test/sandbox/**',
    ],
    coverage: { provider: 'v8', include: ['src/domain/**'], reporter: ['text-summary'] },
    // Nothing here mocks a module or changes the process, so files may share a worker.
    isolate: false,
    // All cores: vitest leaves one to its own process, which has next to nothing to do.
    maxWorkers: '100%',
    // Simulated days make much short-lived garbage.
    execArgv: ['--max-semi-space-size=64'],
    testTimeout: 20_000,
  },
});
