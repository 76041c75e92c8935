# One image for both services; the command chooses: dist/apps/api/src/main.js or dist/apps/worker/src/main.js.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json nest-cli.json .swcrc ./
COPY apps apps
COPY libs libs
COPY scripts scripts
RUN npx nest build --all && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends git ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production PLINTH_HOME=/var/lib/plinth HOST=0.0.0.0 WORKER_HOST=0.0.0.0
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY docs/schema/schema.html docs/schema/schema.html
COPY libs/database/schema-snapshot.jsonl libs/database/schema-snapshot.jsonl
RUN mkdir --parents /var/lib/plinth && chown node:node /var/lib/plinth
USER node
EXPOSE 3000 3001
CMD ["node", "dist/apps/api/src/main.js"]
