import { createSimulator } from "mobile-money/simulator";
import { describe, expect, test } from "vitest";
import { createPlay, mtnMomo } from "../raw-calls.js";

const id = "5a8a1f0c-2d8a-4c55-9c61-0f1a2b3c4d5e";
const createUser = (
  simulator = createPlay().simulator,
  reference = id,
  body: unknown = { providerCallbackHost: "shop.test" },
) => mtnMomo(simulator, "/v1_0/apiuser", { method: "POST", headers: { "x-reference-id": reference }, body });

describe("sandbox provisioning", () => {
  test("a user is made, described, given a key and can log in", async () => {
    const { simulator } = createPlay();
    const created = await createUser(simulator);
    expect([created.status, await created.text(), created.headers.get("content-type")]).toEqual([
      201,
      "",
      null,
    ]);

    const described = await mtnMomo(simulator, `/v1_0/apiuser/${id}`);
    expect(await described.json()).toEqual({
      providerCallbackHost: "shop.test",
      targetEnvironment: "sandbox",
    });

    const keyed = await mtnMomo(simulator, `/v1_0/apiuser/${id}/apikey`, { method: "POST" });
    const { apiKey } = (await keyed.json()) as { apiKey: string };
    expect(keyed.status).toBe(201);
    expect(apiKey).toMatch(/^[0-9a-f]{32}$/);

    const authorization = `Basic ${btoa(`${id}:${apiKey}`)}`;
    const login = await mtnMomo(simulator, "/collection/token/", {
      method: "POST",
      headers: { authorization },
    });
    expect(login.status).toBe(200);
  });

  test("a new key ends the former one", async () => {
    const { simulator } = createPlay();
    await createUser(simulator);
    const keyOf = async () =>
      (await (await mtnMomo(simulator, `/v1_0/apiuser/${id}/apikey`, { method: "POST" })).json()) as {
        apiKey: string;
      };
    const { apiKey: former } = await keyOf();
    await keyOf();
    const authorization = `Basic ${btoa(`${id}:${former}`)}`;
    const login = await mtnMomo(simulator, "/collection/token/", {
      method: "POST",
      headers: { authorization },
    });
    expect(login.status).toBe(500);
  });

  test("the same id twice is 409", async () => {
    const { simulator } = createPlay();
    await createUser(simulator);
    const again = await createUser(simulator);
    expect([again.status, await again.json()]).toEqual([
      409,
      { message: "Duplicated reference id. Creation of resource failed.", code: "RESOURCE_ALREADY_EXIST" },
    ]);
  });

  test.each([
    ["an id that is no UUID", "abc", { providerCallbackHost: "shop.test" }],
    [
      "an id of another version",
      "5a8a1f0c-2d8a-1c55-9c61-0f1a2b3c4d5e",
      { providerCallbackHost: "shop.test" },
    ],
    ["no host", id, {}],
    ["a null host", id, { providerCallbackHost: null }],
    ["no JSON", id, "{"],
  ])("%s is 400 with an empty body", async (_, reference, body) => {
    const answer = await createUser(createPlay().simulator, reference, body);
    expect([answer.status, await answer.text()]).toEqual([400, ""]);
  });

  test.each([
    ["GET", `/v1_0/apiuser/${id}`, 404],
    ["POST", `/v1_0/apiuser/${id}/apikey`, 404],
    ["GET", "/v1_0/apiuser/abc", 400],
    ["POST", "/v1_0/apiuser/abc/apikey", 400],
  ])("%s %s of no user is %i", async (method, path, status) => {
    expect((await mtnMomo(createPlay().simulator, path, { method })).status).toBe(status);
  });

  test("a wrong key is refused before anything else", async () => {
    const answer = await mtnMomo(createPlay().simulator, "/v1_0/apiuser/abc", {
      headers: { "ocp-apim-subscription-key": "0".repeat(32) },
    });
    expect(answer.status).toBe(401);
  });

  test("a market has no such calls", async () => {
    const simulator = createSimulator({ mtnMomo: { environment: "mtnuganda" } });
    expect((await createUser(simulator)).status).toBe(404);
  });
});
