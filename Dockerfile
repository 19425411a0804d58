# Run it as it is meant to be: docker run --read-only --cap-drop=ALL --security-opt=no-new-privileges --init.
# It writes no file, starts no process and binds no port below 1024. What this file cannot do: pin node:24-slim by its
# digest where builds must be the same, and bind the admin port apart (GATEWAY_ADMIN_HOST), for the probes' network only.

# The build has the compiler; the image that runs has neither it nor any other dev dependency.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
RUN npm ci
COPY src src
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
WORKDIR /app
# A container is reached from outside of itself; a sidecar sets GATEWAY_HOST=127.0.0.1.
ENV NODE_ENV=production GATEWAY_HOST=0.0.0.0 GATEWAY_ADMIN_HOST=0.0.0.0 GATEWAY_LOG_FORMAT=json
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY config config
COPY console console
# By number: Kubernetes cannot tell that a name is not root.
USER 1000
EXPOSE 8774 9774
# It reads the settings as the gateway does, the file too, and asks no proxy.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["node", "dist/main.js", "--health"]
# Without the flag SIGUSR1 opens a debugger, which sees every secret.
# Room for young objects, in MB: less memory at a thousand connections than by default (docs/speed.md).
# One thread beside that of the requests: more of them collect garbage and compile at the expense of the requests that wait.
CMD ["node", "--disable-sigusr1", "--max-semi-space-size=16", "--v8-pool-size=1", "dist/main.js"]
