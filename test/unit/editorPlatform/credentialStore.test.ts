import { describe, expect, it } from "vitest";

import { CredentialStore } from "../../../src/editor/platform/credentialStore";

/** The key store of the system, as VS Code gives it. */
function keyStore(): { readonly secrets: ConstructorParameters<typeof CredentialStore>[0]; readonly held: Map<string, string> } {
  const held = new Map<string, string>();
  return {
    held,
    secrets: {
      get: (key) => Promise.resolve(held.get(key)),
      store: (key, value) => Promise.resolve(void held.set(key, value)),
      delete: (key) => Promise.resolve(void held.delete(key)),
      onDidChange: () => ({ dispose: () => undefined }),
    },
  };
}

describe("logins of servers", () => {
  it("are kept by address, and nowhere but in the key store", async () => {
    const { secrets, held } = keyStore();
    const store = new CredentialStore(secrets);
    await store.set("http://a", { kind: "bearer", token: "hunter2" });
    await store.set("http://b", { kind: "basic", username: "ana", password: "hunter3" });
    expect(await new CredentialStore(secrets).get("http://a")).toEqual({ kind: "bearer", token: "hunter2" });
    expect(await store.get("http://b")).toEqual({ kind: "basic", username: "ana", password: "hunter3" });
    expect(await store.get("http://a/")).toBeUndefined();
    await store.set("http://a", undefined);
    expect(await store.get("http://a")).toBeUndefined();
    expect([...held.keys()]).toEqual(["mlops.server:http://b"]);
  });

  it.each(["hunter2", '{"kind":"bearer"', "null", '"hunter2"', '{"kind":"bearer","token":7}', '{"kind":"basic","username":"ana"}', "[]"])(
    "are none where the entry is damaged, and no error tells a part of it (%s)",
    async (text) => {
      const { secrets, held } = keyStore();
      held.set("mlops.server:http://a", text);
      expect(await new CredentialStore(secrets).get("http://a")).toBeUndefined();
    },
  );
});
