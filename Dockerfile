# One image, two programs: the worker (workflows and activities) and the server (Slack bot, Connect pages, HTTP API).
# Temporal's SDK has binaries for glibc only, so a Debian image and not Alpine.

FROM node:22.23.2-bookworm-slim AS packages
# For sqlite3, where it has no ready-made binary and is compiled here.
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 make g++ ca-certificates \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# tsx runs the TypeScript files as they are and is a production dependency. The sandboxes are not here, and so npm leaves
# out what only they need.
RUN JOBS=max npm ci --omit=dev

FROM node:22.23.2-bookworm-slim
# The Temporal client is written in Rust and trusts the certificates of the system, not those of Node.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir /data && chown node:node /data
ENV NODE_ENV=production
# Threads do not each keep freed memory of their own.
ENV MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY . .
# The worker takes the workflows as one file.
RUN node --import tsx scripts/bundle-workflows.ts
# Nothing in /app is written: it runs with a read-only root and a folder for temporary files (docs/operations.md).
USER node
EXPOSE 3000
# Node itself and not npm, so that SIGTERM reaches the program. The worker: node --max-old-space-size=320 --import tsx worker.ts
CMD ["node", "--import", "tsx", "server.ts"]
