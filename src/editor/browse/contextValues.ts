import type { BrowseNode } from "../../core/browse/node";

/**
 * A node's `contextValue` for menus: `mlops.<kind>` and traits, each after a dot, as the `when` clauses of package.json
 * test them: `named` and `id` can be copied, `link` has a link, `web` a page in MLflow, `commit` a commit, `server` is a
 * server, `nested` is a run with a parent, `starred` or `plain` for favourites.
 */
export function contextValue(
  node: BrowseNode,
  traits: {
    readonly web: boolean;
    readonly commit: boolean;
    readonly server: boolean;
    readonly nested: boolean;
    readonly starred: boolean;
  },
): string {
  const star = traits.starred ? ".starred" : ".plain";
  const web = traits.web ? ".web" : "";
  const commit = traits.commit ? ".commit" : "";
  switch (node.kind) {
    case "run":
      return `mlops.run.named.id.link${star}${web}${commit}${traits.nested ? ".nested" : ""}`;
    case "experiment":
      return `mlops.experiment.named.id${star}${web}`;
    case "model":
      return `mlops.model.named${star}${web}`;
    case "version":
      return `mlops.version.named.id${web}${commit}`;
    case "fact":
      return `mlops.fact.named${node.fact === "commit" ? ".commit" : ""}`;
    case "artifact":
      return "mlops.artifact.named";
    case "store":
      return `mlops.store.named.id${traits.server ? ".server" : ""}`;
    case "error":
      return `mlops.error${traits.server ? ".server" : ""}`;
    case "folder":
    case "artifacts":
    case "more":
    case "empty":
    case "favourites":
      return `mlops.${node.kind}`;
  }
}
