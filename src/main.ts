#!/usr/bin/env node
// The edge of the daemon: refuses a Node that cannot run it in one sentence, before anything newer is loaded, then hands over.
const oldest = 26;
const running = Number(process.versions.node.split('.')[0]);

if (running < oldest) {
  process.stderr.write(
    `enode2mqtt needs Node ${oldest} or newer, and this is Node ${process.versions.node}: run it with "npm start", which brings its own, or install Node ${oldest}.\n`,
  );
  process.exitCode = 2;
} else {
  // From the first moment on: loading takes long enough to be asked to end meanwhile.
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());
  const { runDaemon } = await import('./cli/daemon.ts');
  await runDaemon(process.argv.slice(2), process.env, ending.signal);
}
