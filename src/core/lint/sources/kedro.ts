import type { ConfigNode } from "../../config/yaml/configNode";
import { hasTopKey, isYaml, nodeAt, textAt } from "./yamlDocuments";
import { MOST_PARTS, yamlPart } from "./yamlPart";
import { yamlSource } from "./yamlSource";

/**
 * Kinds of data whose classes take `metadata`, which Kedro itself ignores. It is handed to the class, so that one of somebody's own may
 * refuse it, as those of langchain and one of pandas do.
 */
const TAKES_METADATA =
  /^(?:kedro_datasets\.)?(?:api|biosequence|dask|databricks|email|geopandas|holoviews|huggingface|ibis|json|matlab|matplotlib|networkx|openxml|pandas|partitions|pickle|pillow|plotly|polars|redis|snowflake|spark|svmlight|tensorflow|text|tracking|video|yaml)\.(?!DeltaTableDataset$)\w+$|^(?:kedro\.io\.)?(?:MemoryDataset|CachedDataset)$/;

/** The catalog of data of a Kedro project. */
export const kedro = yamlSource({
  tool: "kedro",
  label: "Kedro catalog",
  isPipeline: false,
  matches: (path) => isYaml(path) && /(?:^|\/)conf\/(?:[^/]+\/)*catalog[^/]*(?:\/[^/]+)*$/.test(path),
  detect: (_, text) => /^[ \t]+["']?type["']?[ \t]*:/m.test(text) && !hasTopKey(text, "apiVersion"),
  productFolder: (path) => path.replace(/(?:^|\/)conf\/[^]*$/, ""),
  content([document]) {
    const root = document?.root;
    if (document === undefined || root?.kind !== "map") {
      return {};
    }
    // A name with an underscore before it is a template that others take over.
    const datasets = root.entries
      .filter(({ key, value }) => !key.startsWith("_") && nodeAt(value, "type") !== undefined)
      .slice(0, MOST_PARTS);
    return {
      parts: datasets.map(({ key, keyRange, value }) => {
        const metadata = { kind: "block", path: [key, "metadata"] } as const;
        return yamlPart(document, {
          what: "dataset",
          name: key,
          range: keyRange,
          places: [metadata, { kind: "purpose", path: [key, "metadata", "description"] }],
          home: takesMetadata(value) ? [metadata] : [],
          template: /\$\{[^}]*\}/,
        });
      }),
    };
  },
});

function takesMetadata(dataset: ConfigNode): boolean {
  return nodeAt(dataset, "metadata") !== undefined || TAKES_METADATA.test(textAt(dataset, "type") ?? "");
}
