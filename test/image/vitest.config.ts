// The suite of the container (`npm run test:image`): builds the image by the Dockerfile and runs it.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: { include: ['test/image/**/*.test.ts'], fileParallelism: false, testTimeout: 300_000, hookTimeout: 1_200_000 },
});
