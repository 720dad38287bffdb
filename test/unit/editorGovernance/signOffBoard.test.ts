import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openRepositories } from "../../../src/adapters/git/repositories";
import { openWorkspaceFiles } from "../../../src/adapters/node/workspaceFiles";
import { openSignOffs } from "../../../src/core/governance/openSignOffs";
import { SignOffBoard } from "../../../src/editor/governance/signOffBoard";
import { contextOf, groupNodes, rootNodes, type SignOffItemNode } from "../../../src/editor/governance/signOffNode";
import type { SignOffFolder } from "../../../src/editor/governance/signOffServices";
import { withOpenTexts } from "../../../src/editor/lint/withOpenTexts";
import { PRODUCT, SignOffRepository } from "../../builders/signOffRepository";

const FILE = ".mlops/signoffs/2026-11-20-launch-mia.yaml";
let repository: SignOffRepository;
let board: SignOffBoard;
let open: Map<string, string>;
let me: string;
/** How often the repository was asked anew. */
let asked: number;
const errors: unknown[] = [];

function folder(): SignOffFolder {
  const repositories = openRepositories(repository.path);
  const files = withOpenTexts(
    openWorkspaceFiles(repository.path, async () => null),
    (path) => open.get(path),
  );
  const signOffs = openSignOffs({ files, decisions: (place, signal) => repositories.decisions(place, signal) });
  return {
    ...{ root: repository.path, files },
    register: (config, today, signal) => signOffs.register(config, today, signal),
    me: () => Promise.resolve(me),
    usual: async (email, signal) => {
      const history = await repositories.decisions("", signal);
      return history.known ? history.value.canonical(email, null, signal) : email;
    },
    forget: () => undefined,
    forgetFacts: () => {
      asked++;
      repositories.forget();
    },
    dispose: () => undefined,
  };
}

function changed(): Promise<void> {
  return new Promise((resolve) => {
    const listening = board.onDidChange(() => {
      listening.dispose();
      resolve();
    });
  });
}

function lines(): readonly string[] {
  return (["open", "stale", "expiring", "given", "past"] as const).flatMap((group) =>
    groupNodes(board.all, group).map(({ needed, standing, isMine }) =>
      [group, needed?.subject ?? "-", standing?.state ?? "none", isMine ? "mine" : ""].filter(Boolean).join(" "),
    ),
  );
}

beforeEach(() => {
  repository = new SignOffRepository();
  repository.write("mlops.yaml", PRODUCT);
  repository.commitAs("ana@example.org", { day: "2026-11-10" });
  open = new Map();
  me = "mia@example.org";
  asked = 0;
  errors.length = 0;
  const opened = folder();
  board = new SignOffBoard(
    () => [opened],
    () => new Date("2026-11-24T12:00:00Z"),
    (error) => errors.push(error),
  );
});
afterEach(() => {
  board.dispose();
  repository.dispose();
  expect(errors).toEqual([]);
});

describe("the board of sign-offs", () => {
  it("shows what waits for whoever works here, until that person has decided and committed it", async () => {
    await board.ready();
    expect(lines()).toEqual(["open launch none mine"]);
    repository.write(FILE, "subject: launch\ndecision:\n");
    await board.refresh();
    expect(lines()).toEqual(["open launch draft mine"]);
    repository.write(FILE, repository.signOff(PRODUCT));
    await board.refresh();
    expect(lines()).toEqual(["open launch uncommitted mine"]);
    repository.commitAs("mia@example.org");
    board.folder(repository.path)?.forgetFacts();
    await board.refresh();
    expect(lines()).toEqual(["given launch given"]);
    expect(rootNodes(board.all, board.problems)).toEqual([{ kind: "signOffGroup", group: "given", count: 1 }]);
  });

  it("leaves what others are asked for to them, by whatever address they are known", async () => {
    me = "leo@example.org";
    await board.ready();
    expect(lines()).toEqual(["open launch none"]);
    me = "mia@example.org";
    repository.write(".mailmap", "Mia <mia@example.org> <mia@home.example>\n");
    repository.write("mlops.yaml", PRODUCT.replace("requirements: mia@example.org", "requirements: mia@home.example"));
    repository.commitAs("ana@example.org");
    board.folder(repository.path)?.forgetFacts();
    await board.refresh();
    expect(lines()).toEqual(["open launch none mine"]);
  });

  it("turns a sign-off stale as soon as typing into what it covers rests, without asking git, and back when that is undone", async () => {
    repository.write(FILE, repository.signOff(PRODUCT));
    repository.commitAs("mia@example.org");
    await board.ready();
    expect(lines()).toEqual(["given launch given"]);
    const typed = (text: string): Promise<void> => {
      open.set("mlops.yaml", text);
      const judged = changed();
      board.typedIn(repository.path, "mlops.yaml");
      return judged;
    };
    await typed(PRODUCT.replace("Predict which", "Guess which"));
    expect(lines()).toEqual(["stale launch stale mine"]);
    await typed(`# only a note\n${PRODUCT}`);
    expect(lines()).toEqual(["given launch given"]);
    expect(asked).toBe(0);
  });

  it("judges a product once for all that is typed in a row", async () => {
    await board.ready();
    let times = 0;
    board.onDidChange(() => times++);
    const judged = changed();
    for (const letter of "abcdef") {
      open.set("mlops.yaml", `${PRODUCT}# ${letter}\n`);
      board.typedIn(repository.path, "mlops.yaml");
    }
    await judged;
    expect(times).toBe(1);
  });

  it("knows which lines can be asked for and which can be signed", async () => {
    repository.write(".mlops/signoffs/r.yaml", "subject: risk\ndecision:\n");
    await board.ready();
    const [launch, risk] = groupNodes(board.all, "open") as [SignOffItemNode, SignOffItemNode];
    expect([contextOf(launch), contextOf(risk)]).toEqual(["mlops.signOff.askable", "mlops.signOff.signable"]);
  });
});
