# The container of the app (add-on), and of anyone who runs enode2mqtt under Docker or Podman: `docker build -t enode2mqtt .`
# Any base with Node 26 or newer and npm will do (`--build-arg BASE=…`): nothing is installed by a distribution's package manager.
ARG BASE=node:26-alpine

FROM ${BASE} AS program
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build-page.ts ./scripts/
COPY src ./src
# not `npm run build`: npm would put the Node of the optional packages first on the path, and that one needs glibc
RUN node node_modules/typescript/bin/tsc -p tsconfig.build.json && node scripts/build-page.ts

FROM ${BASE} AS libraries
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM ${BASE}
# given by the Supervisor when it builds on the device
ARG BUILD_VERSION=0.1.0
ARG BUILD_ARCH=amd64
LABEL io.hass.type="app" \
      io.hass.version="${BUILD_VERSION}" \
      io.hass.arch="${BUILD_ARCH}" \
      org.opencontainers.image.title="enode2mqtt" \
      org.opencontainers.image.description="EVs and home chargers behind the Enode cloud as first-class citizens of a smart home" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${BUILD_VERSION}"
# glibc, where the base has it, would keep what V8's compilers gave back: 10 MB after some hours (decision 023). musl reads none of it.
ENV NODE_ENV=production MALLOC_MMAP_THRESHOLD_=30000 MALLOC_TRIM_THRESHOLD_=65536
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=libraries /build/node_modules ./node_modules
COPY --from=program /build/dist ./dist

# Healthy means "the process works", never "the cloud or the broker answers": else an outage becomes a restart loop.
# Nobody listening on 8099 counts as healthy too: while it waits for Home Assistant's broker the page is not open yet, and a daemon
# that ended takes its container with it. No answer, or a bad one, from a listener is what a stuck daemon looks like.
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8099/health',{signal:AbortSignal.timeout(5000)}).then((r)=>process.exit(r.ok?0:1),(e)=>process.exit(e.cause?.code==='ECONNREFUSED'?0:1))"]

# Exec form: SIGTERM reaches the daemon. Small new-space: a busy daemon would else grow to memory that looks like a leak.
# Options: /data/options.json (Home Assistant writes it), or ENODE2MQTT_<OPTION> in the environment; state in /data.
ENTRYPOINT ["node", "--max-semi-space-size=1", "dist/main.js"]
