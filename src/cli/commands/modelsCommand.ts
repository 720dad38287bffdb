import type { ModelVersion, RegisteredModel } from "../../core/tracking/registeredModel";
import type { Store } from "../../core/tracking/store";
import { type Command, COMMON_OPTIONS, STORE_OPTION } from "../command";
import { EXIT } from "../exitCode";
import { jsonObject } from "../jsonNumber";
import { collect, pagesOf } from "../pages";
import { timeText } from "../timeText";

interface ModelWithVersions {
  readonly model: RegisteredModel;
  readonly versions: readonly ModelVersion[];
}

/** `mlops models`: all registered models and their versions. */
export const modelsCommand: Command = {
  name: "models",
  summary: "List registered models with all their versions and aliases.",
  description: "Lists registered models by name, each with its versions, newest first.",
  options: [STORE_OPTION, ...COMMON_OPTIONS],
  examples: ["mlops models --store mlflow.db", "mlops models --store http://127.0.0.1:5000 --json"],
  async run({ host, output, openStore }) {
    const store = await openStore();
    const models = pagesOf((request) => store.searchRegisteredModels(request, host.signal), host.signal);
    const withVersions = addVersions(models, store, host.signal);
    if (output.isJson) {
      await output.jsonList("models", withVersions, toModelJson);
      return EXIT.fine;
    }
    let count = 0;
    const rows = (async function* () {
      for await (const page of withVersions) {
        count += page.length;
        yield page.flatMap(toRows);
      }
    })();
    await output.table(rows, () => [
      { title: "MODEL", shrinkTo: 12, cell: ([model]) => model.name },
      { title: "VERSION", align: "right", cell: ([, version]) => version?.version ?? "" },
      { title: "ALIASES", shrinkTo: 10, cell: ([, version]) => version?.aliases.join(", ") ?? "" },
      { title: "STAGE", cell: ([, version]) => (version === undefined || version.stage === "None" ? "" : version.stage) },
      { title: "STATUS", cell: ([, version]) => version?.status ?? "no versions" },
      { title: "CREATED (UTC)", cell: ([model, version]) => timeText((version ?? model).creationTime) },
      { title: "RUN ID", cell: ([, version]) => version?.runId ?? "" },
    ]);
    await output.note(count === 0 ? "No registered models." : `${count} model${count === 1 ? "" : "s"}.`);
    return EXIT.fine;
  },
};

async function* addVersions(
  models: AsyncIterable<readonly RegisteredModel[]>,
  store: Store,
  signal: AbortSignal,
): AsyncGenerator<readonly ModelWithVersions[]> {
  for await (const page of models) {
    const complete: ModelWithVersions[] = [];
    for (const model of page) {
      complete.push({
        model,
        versions: await collect(pagesOf((request) => store.searchModelVersions(model.name, request, signal), signal)),
      });
    }
    yield complete;
  }
}

function toRows({ model, versions }: ModelWithVersions): (readonly [RegisteredModel, ModelVersion | undefined])[] {
  return versions.length === 0 ? [[model, undefined]] : versions.map((version) => [model, version]);
}

/** A promise to people's scripts: fields may be added, never changed. */
function toModelJson({ model, versions }: ModelWithVersions): object {
  return {
    name: model.name,
    description: model.description,
    tags: jsonObject(model.tags, (value) => value),
    aliases: jsonObject(model.aliases, (version) => version),
    versions: versions.map((version) => ({
      version: version.version,
      stage: version.stage,
      status: version.status,
      run_id: version.runId,
      description: version.description,
      tags: jsonObject(version.tags, (value) => value),
      aliases: version.aliases,
    })),
  };
}
