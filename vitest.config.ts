import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Tests import the package by its public names; here those names are the sources. */
const alias = [
  { find: /^mobile-money$/, replacement: `${root}src/index.ts` },
  { find: /^mobile-money\/(.+)$/, replacement: `${root}src/$1/index.ts` },
];

/** Projects that install into a temporary folder: slow, one file after the other. */
const installing = { environment: "node", fileParallelism: false, testTimeout: 60_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    passWithNoTests: false,
    maxWorkers: "100%", // by default one core stays idle, which is half of a small machine
    projects: [
      {
        resolve: { alias },
        test: {
          name: "node",
          environment: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/sockets/**", "test/package/**", "test/runtimes/**"],
          setupFiles: ["test/support/msw.ts"],
          typecheck: { enabled: true, include: ["test/**/*.test-d.ts"], tsconfig: "./tsconfig.node.json" },
        },
      },
      {
        resolve: { alias },
        test: { name: "sockets", environment: "node", include: ["test/sockets/**/*.test.ts"] },
      },
      {
        resolve: { alias },
        test: {
          name: "edge",
          environment: "edge-runtime",
          include: ["test/{core,mtn-momo,mpesa,fees}/**/*.test.ts"],
          setupFiles: ["test/support/msw.ts"],
        },
      },
      { test: { name: "package", include: ["test/package/**/*.test.ts"], ...installing } },
      {
        test: {
          name: "runtimes",
          include: ["test/runtimes/**/*.test.ts"],
          globalSetup: ["test/runtimes/matrix.ts"],
          ...installing,
        },
      },
    ],
    coverage: { provider: "v8", include: ["src/**/*.ts"], reporter: ["text-summary", "json-summary"] },
  },
});
