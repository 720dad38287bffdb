import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import { configs as lit } from "eslint-plugin-lit";
import globals from "globals";
import tseslint from "typescript-eslint";

/**
 * Forbids imports by pattern, with a message that says where the code belongs.
 * @param {string[][]} patterns @returns {Record<string, ["error", object]>}
 */
const forbidImports = (...patterns) => ({
  "@typescript-eslint/no-restricted-imports": ["error", { patterns: patterns.map(([regex, message]) => ({ regex, message })) }],
});

const noTest = ["/test/", "Nothing outside test/ imports from it."];
const noEditor = ["^vscode$|/editor/", "Only src/editor knows VS Code; hand in what is needed."];
const noAdapters = ["/adapters/", "Adapters are chosen in container.ts; depend on a port of src/core."];

export default defineConfig(
  globalIgnores(["**/node_modules/", "dist/", "dist-test/", "out/", "coverage/", "test/fixtures/", "examples/", ".venvs/"]),
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.mts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          "./tsconfig.json",
          "./src/*/tsconfig.json",
          "./webview-ui/tsconfig.json",
          "./test/tsconfig.json",
          "./bench/tsconfig.json",
        ],
      },
    },
    rules: {
      "max-lines": ["error", { max: 400 }],
      "no-console": "error",
      // `== null` is the shortest way to say "null or undefined"; an empty method is how a part says that it has nothing to do.
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/no-empty-function": "off",
      // Names from a store hold control characters, and we look for them.
      "no-control-regex": "off",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Export by name, so that a name is the same everywhere." },
      ],
      "no-restricted-exports": [
        "error",
        { restrictDefaultExports: { direct: false, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } },
      ],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // The compiler's noPropertyAccessFromIndexSignature asks for the opposite where a name is not declared.
      "@typescript-eslint/dot-notation": "off",
      // A number in a template is plain text; objects and undefined are the mistakes to find.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // A port may be asynchronous where one implementation has nothing to wait for.
      "@typescript-eslint/require-await": "off",
      // Type parameters that appear once still name a contract (an rpc method's result).
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // Errors and records cross bundles, each with its own copy of a class, so they are told apart by name and not by constructor.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      // Spreading a string gives code points, which is what text that is cut or compared needs.
      "@typescript-eslint/no-misused-spread": ["error", { allow: [{ from: "lib", name: "string" }] }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ["src/protocol/**/*.ts"],
    rules: forbidImports(["^[^.]|\\.\\./", "src/protocol is the contract between sides and imports nothing."]),
  },
  {
    files: ["src/core/**/*.ts"],
    rules: {
      ...forbidImports(noTest, noEditor, noAdapters, ["^node:", "src/core is pure: hand in what the outside world says."]),
      "no-restricted-globals": [
        "error",
        { name: "setTimeout", message: "src/core has no clock." },
        { name: "setInterval", message: "src/core has no clock." },
      ],
    },
  },
  { files: ["src/adapters/**/*.ts"], rules: forbidImports(noTest, noEditor) },
  { files: ["src/editor/**/*.ts"], rules: forbidImports(noTest, noAdapters) },
  { files: ["src/cli/**/*.ts"], rules: forbidImports(noTest, noEditor) },
  {
    files: ["webview-ui/**/*.ts"],
    extends: [lit["flat/recommended"]],
    languageOptions: { globals: globals.browser },
    rules: forbidImports(noTest, noEditor, [
      "/core/|/adapters/|^node:",
      "A web page knows src/protocol only: the host computes, the page draws.",
    ]),
  },
  {
    files: ["webview-ui/**/*.ts"],
    ignores: ["webview-ui/shared/controls.ts"],
    rules: forbidImports(
      noTest,
      noEditor,
      ["/core/|/adapters/|^node:", "A web page knows src/protocol only: the host computes, the page draws."],
      ["^@vscode/webview-ui-toolkit", "Only shared/controls.ts knows the toolkit, so that it can be replaced."],
    ),
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "max-lines": ["error", { max: 500 }],
      "no-console": "off",
      // Tests index into what they have just counted.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: globals.node },
    rules: { "max-lines": ["error", { max: 400 }], "no-console": "error" },
  },
  // What is handed to the browser to run there stands in these scripts too.
  { files: ["test/harness/**/*.mjs"], languageOptions: { globals: globals.browser } },
  // Tools read their settings from a default export, and a bundler's text import has one.
  { files: ["*.config.mts", "eslint.config.mjs", "**/*.d.ts"], rules: { "no-restricted-syntax": "off", "no-restricted-exports": "off" } },
);
