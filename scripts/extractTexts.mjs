import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

import ts from "typescript";

import { root, runMain } from "./node.mjs";
import { wordsOfCore } from "./wordsOfCore.mjs";

/**
 * Finds the English texts of the editor and its pages that are translated: what `vscode.l10n.t` and the pages' `t` are called with. The
 * compiler says which texts an argument can be; where it knows `string` only, the table is looked up that the argument comes from.
 *
 *     node scripts/extractTexts.mjs       all English texts, as JSON
 *     node scripts/extractTexts.mjs de    those that l10n/bundle.l10n.de.json lacks
 *
 * @typedef {{ texts: Map<string, string>, faults: string[] }} Extraction `texts`: each English text with a file that says it.
 *   `faults`: what could not be followed, a sentence each.
 */

/** @returns {Extraction} */
export function extractTexts() {
  const program = openProgram();
  const checker = program.getTypeChecker();
  /** @type {Map<string, string>} */
  const texts = new Map();
  /** @type {string[]} */
  const faults = [];
  /** @type {Set<string>} */
  const known = new Set();

  /** @param {ts.Expression} argument @param {string} path */
  const take = (argument, path) => {
    const key = `${path}: ${argument.getText()}`;
    const found = literalsOf(checker, argument) ?? tableWords(checker, argument) ?? lookUp(program, wordsOfCore[key]);
    if (wordsOfCore[key] !== undefined) {
      known.add(key);
    }
    if (found === null || found.length === 0) {
      faults.push(`${key} is no text, and no table of texts that can be followed; see scripts/wordsOfCore.mjs.`);
    }
    for (const text of found ?? []) {
      texts.set(text, path);
    }
  };

  for (const file of program.getSourceFiles()) {
    const path = pathOf(file);
    if (!/^(?:src\/editor|src\/[a-zA-Z]+\.ts|webview-ui)/.test(path) || path === "webview-ui/shared/l10n.ts") {
      continue;
    }
    walk(file, (node) => {
      if (isTranslating(node.parent) && node.parent.expression === node) {
        const argument = /** @type {ts.CallExpression} */ (node.parent).arguments[0];
        if (argument !== undefined) {
          take(argument, path);
        }
      } else if (ts.isIdentifier(node) && node.text === "t" && ts.isCallExpression(node.parent) && isOurs(checker, node)) {
        // The function itself is handed on; what it is called with there only wordsOfCore knows.
        take(node, path);
      }
    });
  }
  faults.push(
    ...Object.keys(wordsOfCore)
      .filter((key) => !known.has(key))
      .map((key) => `scripts/wordsOfCore.mjs names ${key}, which no source says.`),
  );
  return { texts: new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1))), faults };
}

/** The editor and all pages as one program: only the arguments of some calls are checked, so that types of the browser are not needed. */
function openProgram() {
  const { config } = ts.readConfigFile(join(root, "tsconfig.base.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const files = ["src/editor", "webview-ui"].flatMap((folder) => ts.sys.readDirectory(join(root, folder), [".ts"]));
  return ts.createProgram([...files, join(root, "src/extension.ts"), join(root, "src/container.ts")], {
    ...options,
    ...{ lib: ["lib.es2023.d.ts"], types: [], noEmit: true, experimentalDecorators: true, useDefineForClassFields: false },
  });
}

/** @param {ts.Node} node @returns {node is ts.CallExpression} */
function isTranslating(node) {
  return ts.isCallExpression(node) && /^(?:t|(?:vscode\.)?l10n\.t)$/.test(node.expression.getText());
}

/** @param {ts.TypeChecker} checker @param {ts.Identifier} name */
function isOurs(checker, name) {
  const symbol = checker.getSymbolAtLocation(name);
  const declaration = symbol?.declarations?.[0];
  return declaration !== undefined && ts.isImportSpecifier(declaration);
}

/** The texts that an expression can be; null where the compiler does not know them. @param {ts.TypeChecker} checker @param {ts.Expression} expression */
function literalsOf(checker, expression) {
  const type = checker.getTypeAtLocation(expression);
  const types = type.isUnion() ? type.types : [type];
  return types.every((one) => one.isStringLiteral()) ? types.map((one) => /** @type {ts.StringLiteralType} */ (one).value) : null;
}

/**
 * The words of the table that an expression comes from, e.g. all `label`s of STATES for `STATES[state].label`; null where there is none.
 *
 * @param {ts.TypeChecker} checker @param {ts.Node} node @param {string} [property] of the entries @returns {string[] | null}
 */
function tableWords(checker, node, property) {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node)) {
    return tableWords(checker, node.expression, property);
  }
  if (ts.isConditionalExpression(node)) {
    return either(tableWords(checker, node.whenTrue, property), tableWords(checker, node.whenFalse, property));
  }
  if (ts.isBinaryExpression(node)) {
    return either(tableWords(checker, node.left, property), tableWords(checker, node.right, property));
  }
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) {
    return wordsIn(node, property);
  }
  if (ts.isElementAccessExpression(node)) {
    return tableWords(checker, node.expression, property);
  }
  if (ts.isPropertyAccessExpression(node)) {
    return tableWords(checker, node.expression, node.name.text);
  }
  if (!ts.isIdentifier(node)) {
    return null;
  }
  const symbol = checker.getSymbolAtLocation(node);
  const named = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = named?.valueDeclaration;
  if (declaration === undefined) {
    return null;
  }
  if (ts.isBindingElement(declaration) && ts.isVariableDeclaration(declaration.parent.parent)) {
    const { initializer } = declaration.parent.parent;
    const name = (declaration.propertyName ?? declaration.name).getText();
    return initializer === undefined ? null : tableWords(checker, initializer, name);
  }
  const isValue = ts.isVariableDeclaration(declaration) || ts.isParameter(declaration);
  return isValue && declaration.initializer !== undefined ? tableWords(checker, declaration.initializer, property) : null;
}

/** @param {string[] | null} one @param {string[] | null} other */
function either(one, other) {
  return one === null ? other : other === null ? one : [...one, ...other];
}

/** All texts of a table, those of one property if it is named. @param {ts.Node} table @param {string} [property] @returns {string[]} */
function wordsIn(table, property) {
  /** @type {string[]} */
  const found = [];
  walk(table, (node) => {
    const { parent } = node;
    if (
      ts.isStringLiteral(node) &&
      (ts.isArrayLiteralExpression(parent) || (ts.isPropertyAssignment(parent) && parent.initializer === node))
    ) {
      const name = ts.isPropertyAssignment(parent) ? parent.name.getText() : undefined;
      if (property === undefined || name === property || name === undefined) {
        found.push(node.text);
      }
    }
  });
  return found;
}

/** What the places of scripts/wordsOfCore.mjs hold. @param {ts.Program} program @param {readonly string[] | undefined} places */
function lookUp(program, places) {
  return places === undefined ? null : places.flatMap((place) => wordsAt(program, place));
}

/** @param {ts.Program} program @param {string} place @returns {string[]} */
function wordsAt(program, place) {
  const [path = "", name] = place.split("#");
  if (name === undefined) {
    return [place];
  }
  const file =
    program.getSourceFile(join(root, path)) ??
    ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, true);
  /** @type {string[]} */
  const found = [];
  walk(file, (node) => {
    const call = /^(\w+)\((\d)\)$/.exec(name);
    if (call !== null && ts.isCallExpression(node) && node.expression.getText(file) === call[1]) {
      const label = node.arguments[Number(call[2])];
      found.push(...(label !== undefined && ts.isStringLiteral(label) ? [label.text] : []));
    } else if (name.startsWith(".") && ts.isPropertyAssignment(node) && `.${node.name.getText(file)}` === name) {
      found.push(...(ts.isStringLiteral(node.initializer) ? [node.initializer.text] : []));
    } else if (name.startsWith("=") && ts.isBinaryExpression(node) && node.left.getText(file).endsWith(`.${name.slice(1)}`)) {
      found.push(...(ts.isStringLiteral(node.right) ? [node.right.text] : []));
    } else if (ts.isTypeAliasDeclaration(node) && `type ${node.name.text}` === name) {
      walk(node, (member) => void (ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) && found.push(member.literal.text)));
    } else if (ts.isVariableDeclaration(node) && node.name.getText(file) === name && node.initializer !== undefined) {
      found.push(...(ts.isStringLiteral(node.initializer) ? [node.initializer.text] : wordsIn(node.initializer)));
    }
  });
  return found;
}

/** @param {ts.Node} node @param {(node: ts.Node) => void} look */
function walk(node, look) {
  ts.forEachChild(node, (child) => {
    look(child);
    walk(child, look);
  });
}

/** @param {ts.SourceFile} file */
function pathOf(file) {
  return relative(root, file.fileName).split(sep).join("/");
}

if (process.argv[1] === import.meta.filename) {
  await runMain(async () => {
    const language = process.argv[2];
    const { texts, faults } = extractTexts();
    const translated = language === undefined ? {} : JSON.parse(readFileSync(join(root, "l10n", `bundle.l10n.${language}.json`), "utf8"));
    const lacking = [...texts.keys()].filter((text) => !Object.hasOwn(translated, text));
    process.stdout.write(`${JSON.stringify(Object.fromEntries(lacking.map((text) => [text, text])), null, 2)}\n`);
    const left = Object.keys(translated).filter((text) => !texts.has(text));
    for (const line of [...faults, ...left.map((text) => `No source says any more: ${JSON.stringify(text)}`)]) {
      process.stderr.write(`${line}\n`);
    }
  });
}
