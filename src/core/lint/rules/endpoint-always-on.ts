import type { ConfigChange } from "../fix";
import type { LintRule } from "../lintRule";
import { isGiven } from "../isGiven";

/** Kinds of targets that run a server which is paid for by the hour. */
const SERVERS: readonly (string | undefined)[] = ["mlflow_serve", "ray_serve"];

export const endpointAlwaysOn: LintRule = {
  meta: {
    code: "COST04",
    name: "endpoint-always-on",
    challenge: "cost",
    severity: { development: "off", staging: "warning", production: "warning" },
    summary: "A served model stops when idle and has a largest number of copies.",
    why: "A server costs the same whether anybody asks it or not, and copies that are added under load stay unless something takes them away. Two numbers put an end to both.",
    article: null,
    suppressible: true,
    noFix: null,
    appliesTo: "product",
  },
  check({ product }) {
    const server = Object.entries(product.deploy?.targets ?? {}).find(([, target]) => SERVERS.includes(target?.type));
    if (server === undefined) {
      return [];
    }
    const lacks: readonly { readonly words: string; readonly change: ConfigChange }[] = [
      ...(isGiven(product.cost?.idle_shutdown)
        ? []
        : [{ words: "no idle shutdown", change: { kind: "set", path: ["cost", "idle_shutdown"], value: "30m" } } as const]),
      ...(product.cost?.max_replicas !== undefined
        ? []
        : [{ words: "no largest number of copies", change: { kind: "set", path: ["cost", "max_replicas"], value: 3 } } as const]),
    ];
    const first = lacks[0];
    return first === undefined
      ? []
      : [
          {
            message: `This endpoint (${server[0]}) is paid for when idle: ${lacks.map(({ words }) => words).join(" and ")}.`,
            at: first.change.path,
            fixes: [{ title: "Stop when idle, and limit the copies", safe: false, changes: lacks.map(({ change }) => change) }],
          },
        ];
  },
};
