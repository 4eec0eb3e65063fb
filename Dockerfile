# Two images from one file: `server` (the reference server) and `bench` (the harness with k6 inside).
# k6 is AGPL-3.0: it is built from its own module and runs as a separate program.

# Exact versions; a digest takes their place where one is given (docker-compose.yml says how).
ARG NODE_IMAGE=node:20.20.0-bookworm-slim
ARG GO_IMAGE=golang:1.25.0-bookworm

FROM ${GO_IMAGE} AS k6
WORKDIR /src
COPY harness/load/k6/build/go.mod harness/load/k6/build/go.sum ./
RUN GOTOOLCHAIN=local CGO_ENABLED=0 go build -mod=readonly -trimpath -ldflags '-s -w' -o /k6 go.k6.io/k6/v2

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts scripts
COPY datasets datasets
COPY servers servers
COPY harness harness
COPY tests tests
RUN npx tsc -p . && npm prune --omit=dev

FROM ${NODE_IMAGE} AS server
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist/servers dist/servers
COPY package.json ./
COPY servers servers
RUN mkdir -p /cache && chown node:node /cache
USER node
EXPOSE 8080
ENTRYPOINT ["node", "dist/servers/reference/main.js"]
CMD ["--host", "0.0.0.0", "--port", "8080", "--cache-dir", "/cache"]

FROM ${NODE_IMAGE} AS bench
ENV NODE_ENV=production MGEO_BENCH_CACHE=/cache
WORKDIR /app
COPY --from=k6 /k6 /usr/local/bin/k6
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist/harness dist/harness
COPY --from=build /app/dist/servers dist/servers
COPY package.json ./
COPY harness/load/k6/build harness/load/k6/build
COPY servers servers
COPY scenarios scenarios
COPY datasets datasets
RUN mkdir -p /cache reports && chown -R node:node /cache reports
USER node
ENTRYPOINT ["node", "--max-semi-space-size=4", "dist/harness/cli/main.js"]
CMD ["run", "quick"]
