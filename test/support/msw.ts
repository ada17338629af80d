import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll } from "vitest";

/** The network of every test: nothing answers unless the test says so, and an unexpected request fails it. */
export const network = setupServer();

beforeAll(() => network.listen({ onUnhandledRequest: "error" }));
afterEach(() => network.resetHandlers());
afterAll(() => network.close());
