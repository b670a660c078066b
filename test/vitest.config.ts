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
    testTimeout: 20_000,
  },
});
