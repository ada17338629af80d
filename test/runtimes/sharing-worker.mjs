/** A Worker as it must not be: requests await the token request that another one began. */
let token;

async function fetchToken() {
  const response = await fetch(`${UPSTREAM}/collection/token/`, { method: "POST" });
  return (await response.json()).access_token;
}

export default {
  async fetch() {
    token ??= fetchToken();
    const headers = { authorization: `Bearer ${await token}` };
    await fetch(`${UPSTREAM}/collection/v1_0/requesttopay`, { method: "POST", headers });
    return new Response("pending");
  },
};
