/** Who may import whom: the table of docs/architecture.md. Type-only imports count as well. */

/** Folders below src/adapters are not listed here: `$1` stands for the one that the importing file lies in. */
const adapter = "^src/adapters/([^/]+)/";

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    forbid("no-cycle", "Files that need each other are one idea, or a third is missing.", {}, { circular: true }),
    forbid("no-unresolved", "An import leads nowhere.", {}, { couldNotResolve: true, pathNot: "^vscode$" }),
    forbid("nothing-imports-test", "Code never depends on tests.", { pathNot: "^test/" }, { path: "^test/" }),
    forbid(
      "protocol-imports-nothing",
      "src/protocol is the contract between host, worker and web page.",
      { path: "^src/protocol/" },
      { pathNot: "^src/protocol/" },
    ),
    forbid(
      "core-is-pure",
      "src/core decides; it may import itself, protocol types and pure libraries.",
      { path: "^src/core/" },
      { pathNot: "^(src/core/|src/protocol/|node_modules/(yaml|valibot|ignore|ml-matrix|papaparse|@types/papaparse|@lezer/[^/]+)/)" },
    ),
    forbid(
      "core-takes-only-types-of-protocol",
      "src/core makes view models and sends nothing.",
      { path: "^src/core/" },
      { path: "^src/protocol/", dependencyTypesNot: ["type-only"] },
    ),
    forbid(
      "adapter-alone",
      "An adapter knows core, protocol, adapters/node and its own client library, never another adapter.",
      { path: adapter },
      { path: "^src/adapters/", pathNot: "^src/adapters/($1|node)/" },
    ),
    forbid(
      "adapter-below-the-rest",
      "An adapter knows no editor, no command line and no composition root.",
      { path: adapter },
      { path: "^(src/(editor|cli)/|src/compose/|src/[^/]+$|webview-ui/|vscode$|node_modules/(@types/)?vscode/)" },
    ),
    forbid(
      "editor-knows-no-adapter",
      "The editor shows; adapters come through container.ts.",
      { path: "^src/editor/" },
      { path: "^(src/adapters/|src/cli/|src/compose/|src/[^/]+$|webview-ui/)" },
    ),
    forbid(
      "only-the-editor-knows-vscode",
      "What needs VS Code lies in src/editor or is a composition root.",
      { path: "^(src|webview-ui)/", pathNot: "^src/(editor/|compose/|(extension|container)\\.ts$)" },
      { path: "^(vscode$|node_modules/(@types/)?vscode/)" },
    ),
    forbid(
      "cli-knows-no-editor",
      "The command line runs without an editor.",
      { path: "^src/cli/" },
      { path: "^(src/editor/|src/compose/|src/[^/]+$|webview-ui/)" },
    ),
    forbid(
      "web-page-knows-protocol-only",
      "The host computes, the page draws: webview-ui imports itself, protocol and browser libraries.",
      { path: "^webview-ui/" },
      { path: "^(src/(?!protocol/)|vscode$)" },
    ),
    forbid("web-page-has-no-node", "A web page runs in a browser.", { path: "^webview-ui/" }, { dependencyTypes: ["core"] }),
    forbid(
      "toolkit-behind-controls",
      "Only shared/controls.ts knows the toolkit, so that it can be replaced.",
      { path: "^webview-ui/", pathNot: "^webview-ui/shared/controls\\.ts$" },
      { path: "^node_modules/@vscode/webview-ui-toolkit/" },
    ),
    forbid("no-orphan", "A file that nothing reaches.", { orphan: true, path: "^(src|webview-ui)/", pathNot: "\\.d\\.ts$" }, {}),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // The import of the package `esbuild` would be taken for the build script of that name.
    exclude: { path: "^(test/fixtures/|esbuild\\.mjs$)" },
    tsPreCompilationDeps: true, // Sees imports that only types use.
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
